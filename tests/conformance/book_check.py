#!/usr/bin/env python3
"""book_check.py CHECK ARGUMENT…: looks at a finished book; prints what is wrong and ends with 1.

    contents BOOK.pdf LANGUAGE       every line of the table of contents names the page where it starts
    text BOOK.pdf BOOK.epub          the PDF says every word of the e-book's portraits, in order
    pages BOOK.pdf BOOK.epub         the words that begin a page follow its break in the e-book
    contacts BOOK.pdf BOOK.epub GOLDEN…   names and links of golden files stand on contact pages
    codes BOOK.pdf BOOK.epub         square codes, read back, are links of the person's contact page
    labels BOOK.pdf                  front pages in roman, the body from 1"""
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

from pdf_reader import Pdf, run, squash

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
OPS = "{http://www.idpf.org/2007/ops}"
CONTENTS = {"fr": "Table des matières", "en": "Contents"}
problems = []


def wrong(what):
    problems.append(what)


class Epub:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.chapters = {}
        for name in self.zip.namelist():
            if name.endswith(".xhtml"):
                self.chapters[name.rsplit("/", 1)[-1][:-6]] = ElementTree.fromstring(self.zip.read(name))

    def in_order(self):
        """Chapters in the order of the spine."""
        package = next(name for name in self.zip.namelist() if name.endswith(".opf"))
        tree = ElementTree.fromstring(self.zip.read(package))
        items = {item.get("id"): item.get("href") for item in tree.iter(OPF + "item")}
        for reference in tree.iter(OPF + "itemref"):
            yield self.chapters[items[reference.get("idref")].rsplit("/", 1)[-1][:-6]]

    @staticmethod
    def heading(tree):
        for element in tree.iter():
            if element.tag in (XHTML + "h1", XHTML + "h2"):
                return " ".join("".join(element.itertext()).split())
        return ""

    @staticmethod
    def links(tree):
        return [element.get("href") for element in tree.iter(XHTML + "a")
                if re.match(r"https?:|mailto:", element.get("href") or "")]


def persons(epub):
    """(id, name, chapter, contact chapter or None) of every portrait."""
    for key, tree in epub.chapters.items():
        if any("qna" in (e.get(OPS + "type") or "").split() for e in tree.iter()):
            yield key, Epub.heading(tree), tree, epub.chapters.get(key + "-contact")


def check_contents(pdf, language):
    pages = pdf.after(CONTENTS[language[:2]])
    if not pages:
        return wrong(f"no bookmark {CONTENTS[language[:2]]}")
    toc = "\n".join(run("pdftotext", "-layout", "-f", str(p), "-l", str(p), pdf.path, "-") for p in pages)
    lines = [re.sub(r"[\s.…·]+", " ", line).strip() for line in toc.splitlines()]
    toc = " ".join(lines)
    seen = 0
    for _, title, page in pdf.outline:
        if page in pages or squash(title) == "":
            continue
        pattern = r"[\s.…·]*".join(re.escape(word) for word in title.split()) + r"[\s.…·]+([0-9]+|[ivxlc]+)\b"
        found = re.search(pattern, toc, re.I)
        if found is None:
            continue
        seen += 1
        if found.group(1) != pdf.labels[page - 1]:
            wrong(f"“{title}” starts on page {pdf.labels[page - 1]}, its line says {found.group(1)}")
    if seen < 3:
        wrong(f"only {seen} lines of the table of contents were found in: {toc[:300]}")
    return None


def words(element):
    """The element's own text, without what begins a page or belongs to a list within."""
    if element.get("role") != "doc-pagebreak":
        yield element.text or ""
        for child in element:
            if child.tag not in (XHTML + "ul", XHTML + "ol"):
                yield from words(child)
            yield child.tail or ""


def blocks(tree):
    for element in tree.iter():
        if element.tag in (XHTML + "p", XHTML + "h2", XHTML + "h3", XHTML + "li") \
                and element.find(XHTML + "p") is None:
            if not any("note" in (inner.get("role") or "") for inner in element.iter()):
                text = " ".join("".join(words(element)).split())
                if text:
                    yield text


def check_text(pdf, epub):
    """Every block of each portrait, one after the other. Notes stand elsewhere in print."""
    seen = 0
    for key, name, tree, _ in persons(epub):
        pages = pdf.after(name)
        if not pages:
            wrong(f"no bookmark for {name}")
            continue
        said, at = squash("".join(pdf.body(page) for page in pages)), 0
        for text in blocks(tree):
            found = said.find(squash(text), at)
            seen += 1
            if found < 0:
                wrong(f"{key}: not in the PDF, or not in order: {text[:120]}")
            else:
                at = found + len(squash(text))
    if seen < 10:
        wrong(f"only {seen} paragraphs were looked at")


def page_breaks(epub):
    """Label → squashed text that follows the page's break in the e-book."""
    texts, starts = "", {}
    for tree in epub.in_order():
        for element, text in walk(tree.find(XHTML + "body")):
            if element is not None:
                starts[element.get("id").removeprefix("page-")] = len(texts)
            texts += squash(text)
    return {label: texts[start:start + 400] for label, start in starts.items()}


def walk(element):
    """(page break or None, text) in document order."""
    if element.get("role") == "doc-pagebreak":
        yield element, ""
    else:
        yield None, element.text or ""
        for child in element:
            yield from walk(child)
            yield None, child.tail or ""


def check_pages(pdf, epub):
    """The first words of a printed page follow the break of its label in the e-book."""
    breaks, seen = page_breaks(epub), 0
    for number, label in enumerate(pdf.labels, 1):
        if label.startswith("C"):
            continue
        if label not in breaks:
            wrong(f"no page break {label} in the e-book")
            continue
        first = squash(pdf.body(number, order=["-raw"]))[:24]     # the index has columns
        if first and not breaks[label].startswith(first):
            wrong(f"page {label} begins “{first}”, in the e-book “{breaks[label][:24]}”")
        seen += bool(first)
    if seen < 10:
        wrong(f"only {seen} pages with words")
    if set(breaks) - set(pdf.labels):
        wrong(f"page breaks of no printed page: {sorted(set(breaks) - set(pdf.labels))}")


def accepted(contact):
    return {re.sub(r"/$", "", url) for url in [contact["url"], *contact.get("accept_urls", [])] if url}


def check_contacts(pdf, epub, golden):
    people = {key: (name, contact) for key, name, _, contact in persons(epub)}
    for path in golden:
        data = json.load(open(path, encoding="utf-8"))
        slug = data["slug"]
        if slug not in people or people[slug][1] is None:
            wrong(f"no contact page of {slug} in the e-book")
            continue
        name, tree = people[slug]
        said, links = squash("".join(tree.itertext())), {re.sub(r"/$", "", l) for l in Epub.links(tree)}
        if squash(data["person"]) not in said:
            wrong(f"{slug}: the contact page does not say {data['person']}")
        pages = list(pdf.after(data["person"]))
        printed = squash(" ".join(pdf.text(page) for page in pages))
        clicked = {re.sub(r"/$", "", link) for page in pages for link in pdf.links(page)}
        for contact in data["contacts"]:
            value = squash(re.sub(r"^(https?://)?(www\.)?", "", contact["value"]))
            if contact["url"] is None:
                if squash(contact["value"]) not in said or squash(contact["value"]) not in printed:
                    wrong(f"{slug}: the note “{contact['value']}” is missing")
                continue
            if not accepted(contact) & links:
                wrong(f"{slug}: the e-book has no link {contact['url']}, it has {sorted(links)}")
            if not accepted(contact) & clicked:
                wrong(f"{slug}: the PDF has no link {contact['url']}, it has {sorted(clicked)}")
            if value not in printed and squash(contact["url"].split("/", 3)[-1]) not in printed:
                wrong(f"{slug}: the PDF does not say {contact['value']}")


def read_codes(pdf, page):
    with tempfile.TemporaryDirectory() as folder:
        run("pdftoppm", "-r", "200", "-gray", "-f", str(page), "-l", str(page), "-png", "-singlefile",
            pdf.path, folder + "/page")
        said = subprocess.run(["zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable", folder + "/page.png"],
                              capture_output=True, check=False).stdout.decode()
    return said.split()


def check_codes(pdf, epub):
    for key, name, _, contact in persons(epub):
        if contact is None:
            continue
        wanted = {url for url in Epub.links(contact)}
        pages = list(pdf.after(name))
        codes = {code for page in pages[-2:] for code in read_codes(pdf, page)}
        if not codes and wanted:
            wrong(f"{key}: no square code could be read on pages {[pdf.labels[p - 1] for p in pages[-2:]]}")
        for code in codes - wanted:
            wrong(f"{key}: a code says {code}, which is no link of the contact page")


def check_labels(pdf):
    labels = [label for label in pdf.labels if not label.startswith("C")]
    if "1" not in labels:
        return wrong(f"no page 1 among {labels[:12]}")
    body = labels.index("1")
    front, rest = labels[:body], labels[body:]
    if not front or any(not re.fullmatch("[ivxlc]+", label) for label in front):
        wrong(f"front pages are {front}")
    if rest != [str(number + 1) for number in range(len(rest))]:
        wrong(f"pages of the body are {rest[:20]}")
    return None


CHECKS = {
    "contents": check_contents,
    "text": lambda pdf, epub: check_text(pdf, Epub(epub)),
    "pages": lambda pdf, epub: check_pages(pdf, Epub(epub)),
    "contacts": lambda pdf, epub, *golden: check_contacts(pdf, Epub(epub), golden),
    "codes": lambda pdf, epub: check_codes(pdf, Epub(epub)),
    "labels": check_labels,
}


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in CHECKS:
        sys.exit(__doc__)
    CHECKS[sys.argv[1]](Pdf(sys.argv[2]), *sys.argv[3:])
    print("\n".join(problems[:25]))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
