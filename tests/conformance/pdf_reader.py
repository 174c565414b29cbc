"""Reads a finished PDF for the tests, by qpdf's JSON and poppler's text: labels, bookmarks, links
and text of its pages. Pages count from 1."""
import json
import re
import subprocess
import unicodedata


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


def squash(text):
    """Letters and figures alone, in one case: what two renderings of a text have in common."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


def roman(number):
    out = ""
    for value, digits in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
                          (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + digits, number - value
    return out


class Pdf:
    def __init__(self, path):
        self.path = str(path)
        whole = json.loads(run("qpdf", "--json=2", "--json-stream-data=none", self.path))
        self.objects = whole["qpdf"][1]
        self.pages = [self.value(page["object"]) for page in whole["pages"]]
        self.count = len(self.pages)
        self.labels = self._labels(whole["pagelabels"])
        self.outline = list(self._outline(whole["outlines"], 1))
        self._texts = {}

    def resolve(self, thing):
        while isinstance(thing, str) and re.fullmatch(r"\d+ \d+ R", thing):
            thing = self.objects["obj:" + thing]["value"]
        return thing

    def value(self, reference):
        return self.resolve(reference)

    def _labels(self, ranges):
        labels, found = [], {entry["index"]: self.resolve(entry["label"]) for entry in ranges}
        current, first = {}, 0
        for index in range(self.count):
            if index in found:
                current, first = found[index], index
            number = current.get("/St", 1) + index - first
            style, prefix = current.get("/S"), current.get("/P", "u:")[2:]
            shown = {"/D": str(number), "/r": roman(number), "/R": roman(number).upper()}.get(style, "")
            labels.append(prefix + shown)
        return labels

    def _outline(self, entries, level):
        for entry in entries:
            yield level, entry["title"], entry["destpageposfrom1"]
            yield from self._outline(entry["kids"], level + 1)

    def links(self, page):
        """Addresses that the page's links lead to, outside the book."""
        found = []
        for reference in self.resolve(self.pages[page - 1].get("/Annots", [])):
            action = self.resolve(self.resolve(reference).get("/A", {}))
            uri = self.resolve(action.get("/URI", ""))
            if uri:
                found.append(uri.split(":", 1)[1])
        return found

    def text(self, page):
        if page not in self._texts:
            everything = run("pdftotext", "-enc", "UTF-8", self.path, "-").split("\f")
            self._texts = {number + 1: text for number, text in enumerate(everything)}
        return self._texts[page]

    def body(self, page, top=46, bottom=542, order=()):
        """Its text without running head and folio, which stand above TOP and below BOTTOM points."""
        return run("pdftotext", *order, "-enc", "UTF-8", "-f", str(page), "-l", str(page), "-x", "0", "-y", str(top),
                   "-W", "1000", "-H", str(bottom - top), self.path, "-")

    def after(self, title):
        """The pages of the bookmark TITLE: from its page to before the next bookmark of its level."""
        starts = [(level, name, page) for level, name, page in self.outline]
        for index, (level, name, page) in enumerate(starts):
            if squash(name) == squash(title):
                following = [p for l, _, p in starts[index + 1:] if l <= level and p > page]
                return range(page, following[0] if following else self.count + 1)
        return range(0)
