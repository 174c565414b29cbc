#!/usr/bin/env python3
"""book_check.py CHECK ARGUMENT…: looks at a finished book; prints what is wrong and ends with 1.

    contents BOOK.pdf LANGUAGE       every line of the table of contents names the page where it starts
    text BOOK.pdf BOOK.epub          the PDF says every word of the e-book's portraits, in order
    contacts BOOK.pdf BOOK.epub GOLDEN…   names and links of golden files stand on contact pages
    codes BOOK.pdf BOOK.epub         square codes, read back, are links of the person's contact page
    labels BOOK.pdf                  front pages in roman, the body from 1"""
import html
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

from pdf_reader import Pdf, run, squash

XHTML = "{http://www.w3.org/1999/xhtml}"
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

    def of_type(self, kind):
        """Chapters (id, tree) that hold a section of this epub:type."""
        for key, tree in self.chapters.items():
            for element in tree.iter():
                if kind in (element.get(OPS + "type") or "").split():
                    yield key, tree
                    break

    @staticmethod
    def body(tree):
        """All text below the body, page breaks and titles of the head left out."""
        body = tree.find(XHTML + "body")
        for parent in list(body.iter()):
            for child in list(parent):
                if child.get("role") == "doc-pagebreak":
                    child.text = ""
        return "".join(body.itertext())

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


def running_text(pdf, pages):
    """Squashed text of pages without their first and last line where these are heads or folios."""
    out = ""
    for page in pages:
        lines = [line for line in pdf.text(page).splitlines() if line.strip()]
        label = squash(pdf.labels[page - 1])
        lines = [line for line in lines if squash(line) != label]
        out += "\n".join(lines) + "\n"
    return out


def check_text(pdf, epub):
    """Words of each portrait, in order. Running heads and folios of the PDF may stand between."""
    seen = 0
    for key, name, tree, _ in persons(epub):
        pages = pdf.after(name)
        if not pages:
            wrong(f"no bookmark for {name}")
            continue
        said = squash(running_text(pdf, pages))
        for element in tree.iter():
            if element.tag not in (XHTML + "p", XHTML + "h2", XHTML + "h3", XHTML + "li"):
                continue
            if any((e.get("role") or "").startswith("doc-note") for e in element.iter()):
                continue
            wanted = squash("".join(Epub_text(element)))
            seen += 1
            if wanted and not in_order(wanted, said):
                wrong(f"{key}: not in the PDF: {' '.join(''.join(Epub_text(element)).split())[:90]}")
    if seen < 10:
        wrong(f"only {seen} paragraphs were looked at")


def Epub_text(element):
    if element.get("role") != "doc-pagebreak":
        yield element.text or ""
        for child in element:
            if child.tag not in (XHTML + "ul", XHTML + "ol"):
                yield from Epub_text(child)
            yield child.tail or ""


def in_order(wanted, said):
    """Is WANTED in SAID, but for one running head and folio in the middle of it?"""
    if wanted in said:
        return True
    start = said.find(wanted[:12])
    while start >= 0:
        end = start
        for length in range(len(wanted), 0, -1):
            if said.startswith(wanted[:length], start):
                rest = wanted[length:]
                after = said.find(rest, start + length, start + length + len(rest) + 160)
                end = after
                break
        if end > start:
            return True
        start = said.find(wanted[:12], start + 1)
    return False


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


def main():
    what, *arguments = sys.argv[1:]
    pdf = Pdf(arguments[0])
    if what == "contents":
        check_contents(pdf, arguments[1])
    elif what == "text":
        check_text(pdf, Epub(arguments[1]))
    elif what == "contacts":
        check_contacts(pdf, Epub(arguments[1]), arguments[2:])
    elif what == "codes":
        check_codes(pdf, Epub(arguments[1]))
    elif what == "labels":
        check_labels(pdf)
    else:
        sys.exit(__doc__)
    print("\n".join(html.unescape(problem) for problem in problems[:25]))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
