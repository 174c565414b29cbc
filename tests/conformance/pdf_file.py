"""A PDF as objects, by qpdf's JSON: values with their references, streams with their bytes; and a
lexer of content streams. Shared by the rules and by the test that breaks each of them."""
import base64
import functools
import json
import re
import subprocess

REFERENCE = re.compile(r"\d+ \d+ R")


class File:
    def __init__(self, path):
        self.path = str(path)
        said = subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", self.path],
            capture_output=True)
        if said.returncode not in (0, 3):
            raise SystemExit(said.stderr.decode("utf-8", "replace"))
        self.json = json.loads(said.stdout)["qpdf"][1]
        with open(self.path, "rb") as file:
            self.bytes = file.read()
        self.streams = {}
        self.objects = {}
        for name, entry in self.json.items():
            reference = name[4:] if name.startswith("obj:") else name
            if "stream" in entry:
                self.objects[reference] = entry["stream"]["dict"]
                self.streams[reference] = base64.b64decode(entry["stream"].get("data", ""))
            else:
                self.objects[reference] = entry["value"]
        self.trailer = self.objects.pop("trailer")
        self.offsets = [int(found) for found in re.findall(
            r"uncompressed; offset = (\d+)",
            subprocess.run(["qpdf", "--show-xref", self.path], capture_output=True, text=True).stdout)]

    def get(self, thing, default=None):
        """The value behind a reference, or the thing itself."""
        for _ in range(20):
            if not (isinstance(thing, str) and REFERENCE.fullmatch(thing)):
                break
            thing = self.objects.get(thing)
        return default if thing is None else thing

    def key(self, dictionary, *names, default=None):
        """Follows names through dictionaries."""
        thing = self.get(dictionary)
        for name in names:
            if not isinstance(thing, dict):
                return default
            thing = self.get(thing.get(name))
        return default if thing is None else thing

    def data(self, reference):
        return self.streams.get(reference, b"")

    @property
    def catalog(self):
        return self.key(self.trailer, "/Root")

    def pages(self):
        """References of the pages, in order."""
        found = []

        def walk(reference):
            node = self.get(reference)
            if self.key(node, "/Type") == "/Page":
                found.append(reference)
            for kid in self.key(node, "/Kids", default=[]):
                walk(kid)
        walk(self.catalog["/Pages"])
        return found

    def content(self, page):
        contents = self.get(page).get("/Contents")
        parts = [contents] if contents in self.streams else self.get(contents, [])
        return b"\n".join(self.data(part) for part in parts)


def text_of(value):
    """The text of a JSON string: "u:…" as it is, "b:…" as bytes."""
    if not isinstance(value, str):
        return ""
    if value.startswith("u:"):
        return value[2:]
    if value.startswith("b:"):
        raw = bytes.fromhex(value[2:])
        return raw[2:].decode("utf-16-be", "replace") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")
    return ""


def bytes_of(value):
    """How many bytes a JSON string has in the file: PDF's own encodings are ASCII here, or UTF-16."""
    if value.startswith("b:"):
        return len(value[2:]) // 2
    text = text_of(value)
    return len(text) if text.isascii() else 2 + len(text.encode("utf-16-be", "surrogatepass"))


TOKEN = re.compile(rb"""
    \s+ | %[^\r\n]* |
    (?P<hex><[0-9A-Fa-f\s]*>) |
    (?P<literal>\() |
    (?P<dict><<|>>) |
    (?P<array>[\[\]]) |
    (?P<name>/[^\s()<>\[\]{}/%]*) |
    (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)) |
    (?P<word>[^\s()<>\[\]{}/%]+)
""", re.X)

ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def literal(data, at):
    """The bytes of a literal string whose parenthesis stands at AT, and the place after it."""
    out, depth = bytearray(), 0
    while at < len(data):
        c = data[at:at + 1]
        at += 1
        if c == b"\\":
            octal = re.compile(rb"[0-7]{1,3}").match(data, at)
            if octal:
                out.append(int(octal.group(), 8) & 255)
                at = octal.end()
            else:
                out += ESCAPES.get(data[at:at + 1], data[at:at + 1].strip(b"\n"))
                at += 1
            continue
        if c == b"(":
            depth += 1
            if depth == 1:
                continue
        elif c == b")":
            depth -= 1
            if depth == 0:
                break
        out += c
    return bytes(out), at


def tokens(data):
    """(kind, bytes) of a content stream; of a literal string, the bytes it stands for."""
    at = 0
    while at < len(data):
        token = TOKEN.match(data, at)
        if not token:
            raise ValueError("content at %d: %r" % (at, data[at:at + 20]))
        at = token.end()
        word = token.group()
        if token.lastgroup == "literal":
            word, at = literal(data, token.start())
        yield token.lastgroup, word


@functools.lru_cache(maxsize=None)
def operators(data):
    """[(operator, operands)] of a content stream; strings are bytes, names and numbers are str,
    arrays are lists, dictionaries dict."""
    found, stack = [], [[]]
    for kind, word in tokens(data):
        if kind == "hex":
            digits = re.sub(rb"\s", b"", word[1:-1])
            stack[-1].append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif kind == "literal":
            stack[-1].append(word)
        elif word in (b"[", b"<<"):
            stack.append([])
        elif word in (b"]", b">>"):
            items = stack.pop()
            stack[-1].append(items if word == b"]" else dict(zip(items[::2], items[1::2])))
        elif kind in ("name", "number"):
            stack[-1].append(word.decode("latin-1"))
        elif kind == "word":
            if word in (b"true", b"false", b"null"):
                stack[-1].append(word.decode())
                continue
            found.append((word.decode("latin-1"), stack[-1]))
            stack = [[]]
    return found
