"""What PDF/UA-1 (ISO 14289-1) and PDF/A-2 (ISO 19005-2) ask of our files, as functions that yield
what is wrong: (rule, message). The rules are named after the clauses, UA or A before them.

usage: pdf_rules.py FILE…            a tagged file: PDF/UA-1 and PDF/A-2a
       pdf_rules.py --print FILE…    pages for a printer: PDF/A-2b, no links, boxes
       pdf_rules.py --sheet FILE…    anything else that is printed: PDF/A-2b
"""
import re
import struct
import sys
import unicodedata
import xml.etree.ElementTree as xml

import pdf_fonts
from pdf_file import File, bytes_of, operators, text_of, tokens

CHECKS = []


def check(kinds="tagged print sheet"):
    def add(function):
        CHECKS.append((function, kinds.split()))
        return function
    return add


# ---- The file ---------------------------------------------------------------------------------------

@check()
def header(f):
    if not re.match(rb"%PDF-1\.[4-7]\r?\n%[\x80-\xff]{4}", f.bytes):
        yield "A 6.1.2", "the header is not %PDF-1.n with a comment of four high bytes"
    if not isinstance(f.trailer.get("/ID"), list) or len(f.trailer["/ID"]) != 2:
        yield "A 6.1.3-1", "no file identifier"
    if "/Encrypt" in f.trailer:
        yield "A 6.1.3-2", "encrypted"
    if not re.search(rb"%%EOF\r?\n?$", f.bytes):
        yield "A 6.1.3-3", "data after the last end-of-file marker"


@check()
def streams(f):
    for found in re.finditer(rb">>\s*?stream(\r\n|\n)", f.bytes):
        length = re.search(rb"/Length (\d+)", f.bytes[f.bytes.rindex(b"obj", 0, found.start()):found.start()])
        end = found.end() + (int(length.group(1)) if length else 0)
        if not re.match(rb"(\r\n|\n|\r)endstream", f.bytes[end:end + 11]):
            yield "A 6.1.7.1-2", "no line end before endstream at byte %d" % end
            break
    for reference in f.streams:
        dictionary = f.objects[reference]
        filters = dictionary.get("/Filter", [])
        if "/LZWDecode" in (filters if isinstance(filters, list) else [filters]):
            yield "A 6.1.7.2-1", "LZW in %s" % reference
        if {"/F", "/FFilter", "/FDecodeParms"} & set(dictionary):
            yield "A 6.1.7.1-3", "a stream outside the file in %s" % reference


@check()
def objects_stand_apart(f):
    for start, end in zip(sorted(f.offsets), sorted(f.offsets)[1:] + [len(f.bytes)]):
        head = re.match(rb"(\d+) \d+ obj[\r\n]", f.bytes[start:start + 24])
        last = f.bytes.rfind(b"endobj", start, end)
        if f.bytes[start - 1:start] not in (b"\r", b"\n") or not head \
                or not re.fullmatch(rb"[\r\n]endobj[\r\n]", f.bytes[last - 1:last + 7]):
            yield "A 6.1.9-1", "the object at byte %d is not between line ends" % start
    if not f.offsets:
        yield "A 6.1.9-1", "no object at all"


def strings_of(thing):
    if isinstance(thing, str):
        yield thing
    for part in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else []:
        yield from strings_of(part)


@check()
def limits(f):
    if len(f.objects) > 8388607:
        yield "A 6.1.13-7", "too many objects"
    for reference, value in f.objects.items():
        for string in strings_of(value):
            if string.startswith("/") and len(string) > 128:
                yield "A 6.1.13-4", "a long name in %s" % reference
            if bytes_of(string) > 32767:
                yield "A 6.1.13-3", "a long string in %s" % reference


@check()
def forbidden(f):
    catalog = f.catalog
    for key in ("/AA", "/OpenAction", "/AcroForm", "/Collection", "/Requirements", "/OCProperties"):
        if key in catalog:
            yield "A 6.5.2", "%s in the catalog" % key
    for key in ("/EmbeddedFiles", "/JavaScript", "/AlternatePresentations"):
        if f.key(catalog, "/Names", key):
            yield "A 6.8", "%s among the names" % key
    for reference, value in f.objects.items():
        if isinstance(value, dict) and value.get("/S") in ("/JavaScript", "/Launch", "/Sound", "/Movie",
                                                           "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
                                                           "/Rendition", "/Trans", "/GoTo3DView"):
            yield "A 6.5.1", "action %s in %s" % (value["/S"], reference)


# ---- What the file says of itself ---------------------------------------------------------------------

NS = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
      "xmp": "http://ns.adobe.com/xap/1.0/", "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
      "pdf": "http://ns.adobe.com/pdf/1.3/", "pdfxid": "http://www.npes.org/pdfx/ns/id/",
      "pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
      "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
      "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#", "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#"}

PREDEFINED = {
    "dc": {"title", "creator", "description", "subject", "language", "publisher", "rights", "identifier", "date",
           "format", "type", "source", "relation", "coverage", "contributor"},
    "xmp": {"CreatorTool", "CreateDate", "ModifyDate", "MetadataDate", "Identifier", "Label", "Rating", "Nickname"},
    "xmpMM": {"DocumentID", "InstanceID", "VersionID", "RenditionClass"},
    "pdf": {"Keywords", "Producer", "PDFVersion"},
    "pdfaid": {"part", "conformance", "amd", "corr"},
    "pdfaExtension": {"schemas"},
}


# What values must look like: lists of a kind, dates, numbers.
LISTS = {"creator": "Seq", "subject": "Bag", "language": "Bag", "publisher": "Bag", "title": "Alt", "description": "Alt",
         "rights": "Alt", "schemas": "Bag"}
FORMS = {"CreateDate": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", "part": r"\d"}
FORMS["ModifyDate"] = FORMS["MetadataDate"] = FORMS["CreateDate"]


def is_formed(found):
    """Is a property a list of its kind without empty items, or a value of its form?"""
    name = found.tag.split("}")[1]
    if name not in LISTS:
        return len(found) == 0 and re.fullmatch(FORMS.get(name, r"(?s).+"), found.text or "") is not None
    items = found.findall("rdf:%s/rdf:li" % LISTS[name], NS)
    return len(items) > 0 and all(len(item) or (item.text or "").strip() for item in items)


def packet(f):
    """The description in the file's XMP; None when there is none that can be read."""
    try:
        return xml.fromstring(f.data(f.catalog.get("/Metadata"))).find(".//rdf:Description", NS)
    except xml.ParseError:
        return None


def value(description, name):
    """A property as text; of a list its items, joined by commas."""
    found = description.find(name, NS)
    if found is None:
        return None
    items = [item.text or "" for item in found.iter("{%s}li" % NS["rdf"])]
    return ", ".join(items) if items else found.text


def declared(description):
    """The properties that the packet's extension schemas describe, as {URI}name."""
    for schema in description.findall("pdfaExtension:schemas/rdf:Bag/rdf:li", NS):
        uri = schema.findtext("pdfaSchema:namespaceURI", namespaces=NS)
        if not schema.findtext("pdfaSchema:schema", namespaces=NS) or not schema.findtext("pdfaSchema:prefix", namespaces=NS):
            continue
        for item in schema.findall("pdfaSchema:property/rdf:Seq/rdf:li", NS):
            if all(item.findtext("pdfaProperty:" + part, namespaces=NS) for part in ("name", "valueType", "category", "description")):
                yield "{%s}%s" % (uri, item.findtext("pdfaProperty:name", namespaces=NS))


@check()
def metadata(f):
    stream = f.get(f.catalog.get("/Metadata"), {})
    if stream.get("/Type") != "/Metadata" or stream.get("/Subtype") != "/XML":
        yield "A 6.6.2.1-1", "no metadata stream"
        return
    description = packet(f)
    if description is None:
        yield "A 6.6.2.1-4", "the metadata is not XMP"
        return
    uris = {uri: prefix for prefix, uri in NS.items()}
    extended = set(declared(description))
    for found in description:
        uri, name = found.tag[1:].split("}")
        if name not in PREDEFINED.get(uris.get(uri), ()) and found.tag not in extended:
            yield "A 6.6.2.3.1-1", "the property %s is not described" % found.tag
        if not is_formed(found):
            yield "A 6.6.2.3.1-2", "the value of %s" % found.tag
    if value(description, "pdfaid:part") != "2":
        yield "A 6.6.4-1", "pdfaid:part is not 2"


@check("tagged")
def claims_of_a_tagged_file(f):
    description = packet(f)
    if description is None:
        return
    if value(description, "pdfaid:conformance") != "A":
        yield "A 6.6.4-3", "pdfaid:conformance is not A"
    if value(description, "pdfuaid:part") != "1":
        yield "UA 5-1", "pdfuaid:part is not 1"
    title = description.find("dc:title/rdf:Alt/rdf:li", NS)
    if title is None or not title.text or title.get("{http://www.w3.org/XML/1998/namespace}lang") != "x-default":
        yield "UA 7.1-9", "no dc:title"


@check("print sheet")
def claims_of_a_printed_file(f):
    description = packet(f)
    if description is not None and value(description, "pdfaid:conformance") != "B":
        yield "A 6.6.4-3", "pdfaid:conformance is not B"
    if description is not None and value(description, "pdfuaid:part"):
        yield "UA 5-1", "pdfuaid:part in a file without tags"


@check()
def information_agrees(f):
    information, description = f.key(f.trailer, "/Info", default={}), packet(f)
    if description is None:
        return
    for key, name in (("/Title", "dc:title"), ("/Author", "dc:creator"), ("/Subject", "dc:description"),
                      ("/Keywords", "pdf:Keywords"), ("/Creator", "xmp:CreatorTool"), ("/Producer", "pdf:Producer")):
        said = text_of(information[key]) if key in information else None
        if said != value(description, name):
            yield "A 6.6.3", "%s says %r, %s %r" % (key, said, name, value(description, name))
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        said = text_of(information.get(key, ""))
        figures = re.sub(r"\D", "", value(description, name) or "")
        if not re.fullmatch(r"D:\d{14}Z", said) or said[2:16] != figures:
            yield "A 6.6.3", "%s says %r, %s %r" % (key, said, name, value(description, name))


@check()
def intents(f):
    found = f.get(f.catalog.get("/OutputIntents"), [])
    profiles = {f.key(intent).get("/DestOutputProfile") for intent in found}
    if [f.key(intent, "/S") for intent in found].count("/GTS_PDFA1") != 1 or len(profiles) != 1:
        yield "A 6.2.3-2", "there must be one PDF/A output intent, and no other profile"
        return
    reference = profiles.pop()
    space = f.data(reference)[16:20]
    if f.data(reference)[36:40] != b"acsp" or {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}.get(space) != f.key(reference, "/N"):
        yield "A 6.2.3-1", "the profile is none, or /N is not its number of colours"
    elif f.data(reference)[12:16] not in (b"mntr", b"prtr") or f.data(reference)[8] > 4:
        yield "A 6.2.3-1", "the profile's class, or its version"
    for used in sorted(spaces_used(f)):
        if used == "/DeviceRGB" and space != b"RGB ":
            yield "A 6.2.4.3-2", "RGB is drawn, and the output intent is not RGB"
        if used == "/DeviceCMYK" and space != b"CMYK":
            yield "A 6.2.4.3-3", "CMYK is drawn, and the output intent is not CMYK"
        if used not in ("/DeviceRGB", "/DefaultRGB", "/DeviceGray", "/DeviceCMYK"):
            yield "A 6.2.4", "colour space %s" % used
    for default in defaults(f):
        if default[0] != "/ICCBased" or f.data(default[1])[16:20] != b"RGB " or f.key(default[1], "/N") != 3:
            yield "A 6.2.4.2", "what RGB stands for is no profile of RGB: %s" % default


COLOURS = {"rg": "/DeviceRGB", "RG": "/DeviceRGB", "g": "/DeviceGray", "G": "/DeviceGray", "k": "/DeviceCMYK",
           "K": "/DeviceCMYK"}


def contents(f):
    """(name, bytes, resources) of everything with operators: pages and forms."""
    for reference in f.pages():
        yield reference, f.content(reference), f.key(reference, "/Resources", default={})
    for reference in f.streams:
        if f.key(reference, "/Subtype") == "/Form":
            yield reference, f.data(reference), f.key(reference, "/Resources", default={})


def defaults(f):
    """What RGB stands for, wherever a page or a form says so."""
    found = (f.key(resources, "/ColorSpace", "/DefaultRGB") for _, _, resources in contents(f))
    return [space for space in found if space is not None]


def spaces_used(f):
    """The colour spaces of what is drawn; "/DefaultRGB" is RGB that stands for a space of the file."""
    used = set()
    for _, data, resources in contents(f):
        spaces = []
        for operator, operands in operators(data):
            if operator in COLOURS:
                spaces.append(COLOURS[operator])
            elif operator in ("cs", "CS"):
                spaces.append(operands[0])
        for drawn in f.key(resources, "/XObject", default={}).values():
            if f.key(drawn, "/Subtype") == "/Image":
                spaces.append(str(f.key(drawn, "/ColorSpace")))
        if f.key(resources, "/ColorSpace", "/DefaultRGB") is not None:
            spaces = [space.replace("/DeviceRGB", "/DefaultRGB") for space in spaces]
        used.update(spaces)
    return used


@check("tagged")
def catalog_of_a_tagged_file(f):
    catalog = f.catalog
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text_of(catalog.get("/Lang", ""))):
        yield "UA 7.2-1", "no document language"
    if f.key(catalog, "/MarkInfo", "/Marked") is not True:
        yield "A 6.7.2.2-1", "MarkInfo Marked is not true"
    if f.key(catalog, "/MarkInfo", "/Suspects"):
        yield "UA 7.1-4", "Suspects"
    if f.key(catalog, "/ViewerPreferences", "/DisplayDocTitle") is not True:
        yield "UA 7.1-10", "the title is not shown"
    if f.key(catalog, "/StructTreeRoot", "/Type") != "/StructTreeRoot":
        yield "UA 7.1-11", "no structure tree"
    labels = f.key(catalog, "/PageLabels", "/Nums", default=[])
    if labels[:1] != [0]:
        yield "page labels", "none for the first page"


# ---- Pages ----------------------------------------------------------------------------------------------

SHOWS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "EI"}


def marked_pieces(f, page):
    """(operator, operands, scopes) of a page; a scope is an MCID, "artifact" or None."""
    scopes = []
    for operator, operands in operators(f.content(page)):
        if operator == "BDC":
            properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
            scopes.append(int(properties["/MCID"]) if "/MCID" in properties
                          else "artifact" if operands[0] == "/Artifact" else ("text", properties.get("/ActualText")))
        elif operator == "BMC":
            scopes.append("artifact" if operands[0] == "/Artifact" else None)
        yield operator, operands, scopes
        if operator == "EMC":
            if scopes:
                scopes.pop()
            else:
                yield "unbalanced", [], scopes


@check("tagged")
def content_is_marked(f):
    for number, page in enumerate(f.pages(), 1):
        seen, unmarked = set(), 0
        for operator, operands, scopes in marked_pieces(f, page):
            ids = [scope for scope in scopes if isinstance(scope, int)]
            if operator in ("BDC", "BMC") and scopes[-1] == "artifact" and ids:
                yield "UA 7.1-1", "an artifact within tagged content on page %d" % number
            if operator == "BDC" and ids and "artifact" in scopes[:-1]:
                yield "UA 7.1-2", "tagged content within an artifact on page %d" % number
            if operator == "BDC" and isinstance(scopes[-1], int):
                if len(ids) > 1:
                    yield "A 6.7.3.1", "marks within each other on page %d" % number
                if ids[-1] in seen:
                    yield "A 6.7.3.1", "mark %d is twice on page %d" % (ids[-1], number)
                seen.add(ids[-1])
            if operator == "unbalanced":
                yield "A 6.7.3.1", "EMC without a beginning on page %d" % number
            unmarked += operator in SHOWS and not ids and "artifact" not in scopes
        if scopes_left(f, page):
            yield "A 6.7.3.1", "a mark is not closed on page %d" % number
        if unmarked:
            yield "UA 7.1-3", "%d pieces neither tagged nor artifacts on page %d" % (unmarked, number)


def scopes_left(f, page):
    count = 0
    for operator, _ in operators(f.content(page)):
        count += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
    return count


@check()
def states_balance(f):
    for name, data, _ in contents(f):
        depth = deepest = 0
        for operator, _ in operators(data):
            depth += {"q": 1, "Q": -1}.get(operator, 0)
            deepest = max(deepest, depth)
            if depth < 0:
                yield "content", "Q out of place in %s" % name
                break
        if depth > 0 or deepest > 28:
            yield "A 6.1.13-8", "%d states open, at most %d deep, in %s" % (depth, deepest, name)


# Operators and how many operands each takes (ISO 32000-1, annex A); "_": any number.
OPERATORS = {name: count for count, names in {
    0: "q Q h n f F f* S s B B* b b* W W* BT ET T* EMC", 1: "g G w J j M i ri gs cs CS Do Tc Tw Tz TL Tr Ts Tj TJ '"
       " BMC MP sh", 2: "d m l Td TD Tf BDC DP", 3: 'rg RG "', 4: "re k K v y", 6: "cm c Tm", "_": "sc SC scn SCN",
}.items() for name in names.split()}
TEXT_ONLY = set("Td TD Tm T* Tj TJ ' \"".split())
NOT_IN_TEXT = set("q Q cm m l c v y h re W W* n f F f* S s B B* b b* sh Do BT".split())


@check()
def operators_are_known(f):
    for name, data, _ in contents(f):
        for operator, operands in operators(data):
            if operator in ("BI", "ID", "EI"):
                yield "A 6.1.10-1", "an inline image in %s" % name
            elif OPERATORS.get(operator, "none") not in (len(operands), "_"):
                yield "A 6.2.2-1", "%s with %d operands in %s" % (operator, len(operands), name)


@check()
def operators_are_in_their_places(f):
    """Text is shown in text objects, all else outside; a mark does not cross their ends."""
    for name, data, _ in contents(f):
        scopes = []
        for operator, _ in operators(data):
            text = "BT" in scopes
            if text if operator in NOT_IN_TEXT else operator in TEXT_ONLY and not text:
                yield "content", "%s out of place in %s" % (operator, name)
            if operator in ("BT", "BMC", "BDC"):
                scopes.append(operator)
            elif operator in ("ET", "EMC") and (not scopes or (scopes.pop() == "BT") != (operator == "ET")):
                yield "content", "%s ends something else in %s" % (operator, name)
        if "BT" in scopes:
            yield "content", "a text object is not ended in %s" % name


@check()
def tokens_are_within_limits(f):
    for name, data, _ in contents(f):
        for kind, word in tokens(data):
            if kind == "hex" and len(re.sub(rb"\s", b"", word)) % 2:
                yield "A 6.1.6-1", "an odd number of hexadecimal digits in %s" % name
            if kind in ("hex", "literal") and len(word) // (1 + (kind == "hex")) > 32767:
                yield "A 6.1.13-3", "a long string in %s" % name
            if kind == "number" and (abs(float(word)) > 2147483647 if b"." not in word else abs(float(word)) > 3.403e38):
                yield "A 6.1.13-1", "the number %s in %s" % (word.decode(), name)
            if kind == "name" and len(word) > 128:
                yield "A 6.1.13-4", "a long name in %s" % name


@check()
def resources_are_there(f):
    uses = {"Tf": "/Font", "Do": "/XObject", "gs": "/ExtGState"}
    for name, data, resources in contents(f):
        for operator, operands in operators(data):
            if operator in uses and operands[0] not in f.key(resources, uses[operator], default={}):
                yield "A 6.2.2-2", "%s %s is no resource of %s" % (operator, operands[0], name)


@check()
def pages_are_plain(f):
    for number, page in enumerate(f.pages(), 1):
        dictionary = f.get(page)
        if "/Group" in dictionary:
            yield "A 6.2.10", "page %d has a transparency group" % number
        if "/AA" in dictionary or "/PresSteps" in dictionary:
            yield "A 6.5.2", "page %d acts" % number
        if not isinstance(f.get(dictionary.get("/Resources")), dict):
            yield "A 6.2.2-1", "page %d has no resources of its own" % number
        box = f.get(dictionary.get("/MediaBox"), [])
        if len(box) != 4 or not all(3 <= abs(a - b) <= 14400 for a, b in zip(box[:2], box[2:])):
            yield "A 6.1.13-11", "page %d has no good size" % number


@check("tagged")
def tab_order(f):
    for number, page in enumerate(f.pages(), 1):
        if f.key(page, "/Annots") and f.key(page, "/Tabs") != "/S":
            yield "UA 7.18.3-1", "the tab order of page %d" % number


@check("print")
def boxes(f):
    for number, page in enumerate(f.pages(), 1):
        media, bleed, trim = (f.key(page, key, default=[0] * 4) for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
        for inner, outer in ((bleed, media), (trim, bleed)):
            if not (outer[0] <= inner[0] < inner[2] <= outer[2] and outer[1] <= inner[1] < inner[3] <= outer[3]):
                yield "boxes", "page %d: %s is not within %s" % (number, inner, outer)
        if f.key(page, "/Annots"):
            yield "links", "page %d has links" % number
    if len(f.pages()) % 2:
        yield "pages", "an odd number of pages"


@check()
def pictures(f):
    for reference in f.streams:
        image = f.objects[reference]
        if image.get("/Subtype") != "/Image":
            continue
        if image.get("/Interpolate"):
            yield "A 6.2.8-3", "image %s is interpolated" % reference
        if "/Alternates" in image or "/OPI" in image:
            yield "A 6.2.8-1", "image %s has alternates" % reference
        if f.get(image.get("/SMask")) is not None:
            yield "A 6.2.10", "image %s is transparent" % reference
        if image.get("/BitsPerComponent") not in (1, 2, 4, 8, 16):
            yield "A 6.2.8-5", "bits of image %s" % reference
    for reference in f.streams:
        if f.objects[reference].get("/Subtype") == "/PS" or "/PS" in f.objects[reference]:
            yield "A 6.2.9-1", "PostScript in %s" % reference


@check()
def states(f):
    for name, _, resources in contents(f):
        for key, state in f.key(resources, "/ExtGState", default={}).items():
            state = f.get(state)
            if {"/TR", "/HTP"} & set(state) or state.get("/TR2", "/Default") != "/Default":
                yield "A 6.2.5-1", "transfer functions in %s of %s" % (key, name)
            if state.get("/BM", "/Normal") != "/Normal" or state.get("/SMask", "/None") != "/None" \
                    or state.get("/CA", 1) != 1 or state.get("/ca", 1) != 1:
                yield "A 6.2.10", "transparency in %s of %s" % (key, name)


# ---- Links ----------------------------------------------------------------------------------------------

def names_of(f):
    def walk(node):
        names = f.key(node, "/Names", default=[])
        for name, target in zip(names[::2], names[1::2]):
            yield text_of(name), target
        for kid in f.key(node, "/Kids", default=[]):
            yield from walk(kid)
    return dict(walk(f.key(f.catalog, "/Names", "/Dests")))


@check()
def names_are_in_order(f):
    for tree_ in (f.key(f.catalog, "/Names", "/Dests", "/Names"), f.key(f.catalog, "/StructTreeRoot", "/IDTree", "/Names")):
        names = [text_of(name).encode("latin-1", "replace") for name in (tree_ or [])[::2]]
        if names != sorted(set(names)):
            yield "names", "a tree of names is not in order"


@check("tagged")
def annotations(f):
    places, pages, owners = names_of(f), set(f.pages()), parents(f)
    for number, page in enumerate(f.pages(), 1):
        for reference in f.key(page, "/Annots", default=[]):
            annotation = f.get(reference)
            where = "the annotation %s on page %d" % (reference, number)
            if annotation.get("/Subtype") != "/Link":
                yield "A 6.3.1-1", "%s is no link" % where
            flags = annotation.get("/F", 0)
            if not flags & 4 or flags & 0x123:
                yield "A 6.3.2-1", "%s: flags %d" % (where, flags)
            if not text_of(annotation.get("/Contents", "")).strip():
                yield "UA 7.18.5-2", "%s has no contents" % where
            owner = owners.get(annotation.get("/StructParent"))
            kids = kids_of(f, owner) if isinstance(owner, str) else []
            if f.key(owner, "/S") != "/Link" or not any(isinstance(k, dict) and k.get("/Obj") == reference for k in kids):
                yield "UA 7.18.5-1", "%s is not in a Link" % where
            uri = text_of(f.key(annotation, "/A", "/URI", default=""))
            place = annotation.get("/Dest")
            if place is not None:
                target = places.get(text_of(place)) if isinstance(place, str) else place
                if not target or f.get(target)[0] not in pages:
                    yield "links", "%s leads nowhere" % where
            elif not uri or not uri.isascii() or re.search(r"\s", uri):
                yield "links", "%s: address %r" % (where, uri)


@check("tagged")
def bookmarks(f):
    root = f.key(f.catalog, "/Outlines")
    if root is None:
        return

    def walk(node, parent):
        count, item, before = 0, node.get("/First"), None
        while item is not None:
            entry = f.get(item)
            count += 1
            if not text_of(entry.get("/Title", "")) or f.get(entry.get("/Dest"))[0] not in pages:
                yield "bookmarks", "%s has no title or no place" % item
            if entry.get("/Parent") != parent or entry.get("/Prev") != before:
                yield "bookmarks", "%s is not linked" % item
            if "/First" in entry:
                yield from walk(entry, item)
            before, item = item, entry.get("/Next")
        if node.get("/Last") != before or abs(node.get("/Count", 0)) != count:
            yield "bookmarks", "the count under %s" % parent
        if node is root and node.get("/Count", 0) < 0:
            yield "bookmarks", "a negative count of all"
    pages = set(f.pages())
    yield from walk(root, f.catalog["/Outlines"])


# ---- Structure --------------------------------------------------------------------------------------------

GROUPING = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private".split()
BLOCK = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot".split()
INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP".split()
STANDARD = set(GROUPING + BLOCK + INLINE + "Figure Formula Form".split())

# A type: what its kids may be, what its parent may be; None: anything.
NESTING = {
    "TOC": ("TOC TOCI Caption", None), "TOCI": ("Lbl Reference NonStruct P TOC", "TOC"),
    "L": ("L LI Caption", None), "LI": ("Lbl LBody", "L"), "Lbl": (None, "LI TOCI Note P BibEntry Reference Link Span"),
    "LBody": (None, "LI"), "Table": ("TR THead TBody TFoot Caption", None), "TR": ("TH TD", "Table THead TBody TFoot"),
    "TH": (None, "TR"), "TD": (None, "TR"),
}


def numbers(f, node):
    flat = f.key(node, "/Nums", default=[])
    yield from zip(flat[::2], flat[1::2])
    for kid in f.key(node, "/Kids", default=[]):
        limits_, inner = f.key(kid, "/Limits", default=[None, None]), list(numbers(f, kid))
        if inner and [inner[0][0], inner[-1][0]] != limits_:
            yield -1, "limits"
        yield from inner


def parents(f):
    """The parent tree: {key: element, or list of elements by mark}."""
    return {key: f.get(owner) if isinstance(f.get(owner), list) else owner
            for key, owner in numbers(f, f.key(f.catalog, "/StructTreeRoot", "/ParentTree"))}


def kids_of(f, element):
    kids = f.key(element, "/K", default=[])
    return kids if isinstance(kids, list) else [kids]


def is_element(f, kid):
    return isinstance(kid, str) and isinstance(f.get(kid), dict) and "/S" in f.get(kid)


def tree(f):
    """(reference, element, parent's reference) in reading order."""
    root = f.catalog.get("/StructTreeRoot")
    stack = [(kid, root) for kid in reversed(kids_of(f, root))]
    while stack:
        reference, parent = stack.pop()
        yield reference, f.get(reference), parent
        stack += [(kid, reference) for kid in reversed(kids_of(f, reference)) if is_element(f, kid)]


def type_of(f, reference):
    return (f.key(reference, "/S", default="/") or "/")[1:]


@check("tagged")
def tree_is_sound(f):
    top = [kid for kid in kids_of(f, f.catalog.get("/StructTreeRoot"))]
    if [type_of(f, kid) for kid in top] != ["Document"]:
        yield "structure", "the root holds not one Document"
    seen = set()
    for reference, element, parent in tree(f):
        if reference in seen:
            yield "structure", "%s is in the tree twice" % reference
            return
        seen.add(reference)
        name = type_of(f, reference)
        if name not in STANDARD:
            yield "A 6.7.3.4-1", "the type %s is not a standard one" % name
        if element.get("/P") != parent:
            yield "A 6.7.3.3", "%s has another parent than it is a kid of" % reference
        if not kids_of(f, reference) and name not in ("TD", "TH"):
            yield "structure", "%s %s is empty" % (name, reference)


@check("tagged")
def nesting(f):
    for reference, _, parent in tree(f):
        name, above = type_of(f, reference), type_of(f, parent)
        allowed, within = NESTING.get(name, (None, None))
        if within is not None and above not in within.split():
            yield "UA 7.2", "%s in %s" % (name, above)
        for kid in kids_of(f, reference):
            if allowed is not None and not (is_element(f, kid) and type_of(f, kid) in allowed.split()):
                yield "UA 7.2", "%s holds %s" % (name, type_of(f, kid) if is_element(f, kid) else "content")
            if is_element(f, kid) and name in ("P", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Link", "Code") \
                    and type_of(f, kid) in GROUPING + BLOCK and type_of(f, kid) != "Lbl":
                yield "UA 7.2", "%s holds %s" % (name, type_of(f, kid))
        if name == "LI" and [type_of(f, kid) for kid in kids_of(f, reference)] not in (["LBody"], ["Lbl", "LBody"]):
            yield "UA 7.2", "LI holds %s" % [type_of(f, kid) for kid in kids_of(f, reference)]


@check("tagged")
def marks_and_parents_agree(f):
    owners, claimed = parents(f), {}
    if owners.pop(-1, None):
        yield "A 6.7.3.3", "limits of the parent tree"
    for reference, element, _ in tree(f):
        for kid in kids_of(f, reference):
            if isinstance(kid, int):
                claimed[(element.get("/Pg"), kid)] = reference
            elif isinstance(kid, dict) and "/MCID" in kid:
                claimed[(kid.get("/Pg", element.get("/Pg")), kid["/MCID"])] = reference
    for number, page in enumerate(f.pages(), 1):
        there = {scope for operator, _, scopes in marked_pieces(f, page) if operator == "BDC"
                 for scope in scopes[-1:] if isinstance(scope, int)}
        owned = owners.get(f.key(page, "/StructParents"))
        owned = owned if isinstance(owned, list) else []
        if there != set(range(len(owned))):
            yield "A 6.7.3.3", "page %d: %d marks, %d in the parent tree" % (number, len(there), len(owned))
        for mark in there:
            if claimed.pop((page, mark), None) != (owned[mark] if mark < len(owned) else None):
                yield "A 6.7.3.3", "mark %d of page %d: tree and parent tree differ" % (mark, number)
    if claimed:
        yield "A 6.7.3.3", "%d marks of the tree are on no page" % len(claimed)


@check("tagged")
def headings(f):
    last, count = 0, 0
    for reference, _, _ in tree(f):
        found = re.fullmatch(r"H([1-6])", type_of(f, reference))
        if not found:
            continue
        count += 1
        level = int(found.group(1))
        if level > last + 1:
            yield "UA 7.4.2-1", "H%d follows H%d" % (level, last)
        last = level
    if count == 0:
        yield "UA 7.4", "no heading at all"


def attributes(f, element, owner):
    found = f.get(element.get("/A"), [])
    for entry in found if isinstance(found, list) else [found]:
        if f.key(entry, "/O") == owner:
            return f.get(entry)
    return {}


@check("tagged")
def elements_say_what_they_must(f):
    ids = set()
    for reference, element, _ in tree(f):
        name = type_of(f, reference)
        if name == "Figure" and not text_of(element.get("/Alt", "")).strip():
            yield "UA 7.3-1", "the figure %s has no Alt" % reference
        if name == "Figure" and len(attributes(f, element, "/Layout").get("/BBox", [])) != 4:
            yield "UA 7.3", "the figure %s has no BBox" % reference
        if name == "TH" and attributes(f, element, "/Table").get("/Scope") not in ("/Column", "/Row", "/Both"):
            yield "UA 7.5-1", "the heading %s has no scope" % reference
        if name == "L" and "/ListNumbering" not in attributes(f, element, "/List"):
            yield "UA 7.6", "the list %s does not tell its numbering" % reference
        if name == "Note":
            if not text_of(element.get("/ID", "")):
                yield "UA 7.9-1", "the note %s has no ID" % reference
            elif text_of(element["/ID"]) in ids:
                yield "UA 7.9-2", "the ID of note %s is not its own" % reference
            ids.add(text_of(element.get("/ID", "")))
        if "/Lang" in element and not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text_of(element["/Lang"])):
            yield "UA 7.2-29", "the language of %s" % reference
        if name == "Link" and not any(isinstance(kid, dict) and "/Obj" in kid for kid in kids_of(f, reference)):
            yield "UA 7.18.5", "the Link %s has no annotation" % reference


@check("tagged")
def tables(f):
    for reference, _, _ in tree(f):
        if type_of(f, reference) == "Table":
            widths = {len(kids_of(f, row)) for row in kids_of(f, reference) if type_of(f, row) == "TR"}
            if len(widths) > 1:
                yield "UA 7.2-42", "rows of %s have %s cells" % (reference, sorted(widths))


# ---- Fonts and text ---------------------------------------------------------------------------------------

def unicode_map(data):
    """{code: text} of a ToUnicode map."""
    found = {}
    for kind, block in re.findall(rb"begin(bfchar|bfrange)(.*?)endbf", data, re.S):
        parts = [bytes.fromhex(p.decode()) for p in re.findall(rb"<([0-9A-Fa-f]*)>", block)]
        step = 2 if kind == b"bfchar" else 3
        for i in range(0, len(parts) - step + 1, step):
            first = int.from_bytes(parts[i], "big")
            last = int.from_bytes(parts[i + step - 2], "big") if step == 3 else first
            text = parts[i + step - 1].decode("utf-16-be", "replace")
            for code in range(first, last + 1):
                found[code] = text[:-1] + chr(ord(text[-1]) + code - first) if text else ""
    return found


def texts(f):
    """(font's reference, string of codes, is it within an ActualText) of everything shown."""
    for reference, data, resources in contents(f):
        font, kept, scopes = None, [], []
        for operator, operands in operators(data):
            if operator == "Tf":
                font = f.key(resources, "/Font", default={}).get(operands[0])
            elif operator == "q":
                kept.append(font)
            elif operator == "Q" and kept:
                font = kept.pop()
            elif operator in ("BDC", "BMC"):
                properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
                scopes.append("/ActualText" in properties)
            elif operator == "EMC" and scopes:
                scopes.pop()
            elif operator in ("Tj", "'", '"'):
                yield font, operands[-1], any(scopes)
            elif operator == "TJ":
                for part in operands[0]:
                    if isinstance(part, bytes):
                        yield font, part, any(scopes)


def used_codes(f):
    """{font's reference: {code: was it always within an ActualText}}"""
    used = {}
    for font, string, actual in texts(f):
        wide = f.key(font, "/Subtype") == "/Type0"
        step = 2 if wide else 1
        codes = used.setdefault(font, {})
        for i in range(0, len(string), step):
            code = int.from_bytes(string[i:i + step], "big")
            codes[code] = codes.get(code, True) and actual
    return used


def private_use(text):
    return any(0xE000 <= ord(c) <= 0xF8FF or 0xF0000 <= ord(c) for c in text)


@check()
def every_code_has_its_text(f):
    for font, codes in used_codes(f).items():
        known = unicode_map(f.data(f.key(font, default={}).get("/ToUnicode")))
        if not known:
            yield "A 6.2.11.7.2-1", "font %s has no ToUnicode" % font
            continue
        for code, actual in codes.items():
            text = known.get(code, "")
            if not text or set(text) & set("\0\ufeff\ufffe"):
                yield "A 6.2.11.7.2-2", "code %04x of %s has no text" % (code, font)
            elif private_use(text) and not actual:
                yield "A 6.2.11.7.3-1", "code %04x of %s is a private sign" % (code, font)
            elif "\ufffd" in text and not actual:
                yield "text", "code %04x of %s is an unknown sign" % (code, font)


@check("tagged")
def text_is_told_as_it_is_read(f):
    """What runs from right to left is shown as it is seen; an element must tell how it is read."""
    owners, maps = parents(f), {}
    for number, page in enumerate(f.pages(), 1):
        fonts_, font = f.key(page, "/Resources", "/Font", default={}), None
        for operator, operands, scopes in marked_pieces(f, page):
            marks = [scope for scope in scopes if isinstance(scope, int)]
            if operator == "Tf":
                font = fonts_.get(operands[0])
            if operator != "TJ" or not marks:
                continue
            if font not in maps:
                maps[font] = unicode_map(f.data(f.key(font, default={}).get("/ToUnicode")))
            step = 2 if f.key(font, "/Subtype") == "/Type0" else 1
            shown = "".join(maps[font].get(int.from_bytes(part[i:i + step], "big"), "") for part in operands[0]
                            if isinstance(part, bytes) for i in range(0, len(part), step))
            owner = owners.get(f.key(page, "/StructParents"))[marks[-1]]
            if any(unicodedata.bidirectional(c) in ("R", "AL") for c in shown) and not f.key(owner, "/ActualText"):
                yield "UA 7.1", "page %d says %r the wrong way round" % (number, shown[:20])


def composite_widths(f, font):
    widths, flat = {}, list(f.key(font, "/W", default=[]))
    while flat:
        first, second = flat.pop(0), f.get(flat.pop(0))
        if isinstance(second, list):
            widths.update({first + i: f.get(width) for i, width in enumerate(second)})
        else:
            widths.update(dict.fromkeys(range(first, second + 1), flat.pop(0)))
    return widths


def program(f, descriptor):
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            return key, f.data(descriptor[key]), f.key(descriptor[key], "/Subtype")
    return None, b"", None


def wrong_widths(codes, stated, glyphs, real):
    """Codes whose stated width is not the program's; those without a glyph come as None."""
    for code in codes:
        glyph = glyphs(code)
        if glyph is None or glyph == 0 or glyph >= len(real):
            yield code, None
        elif abs(stated(code) - real[glyph]) > 1:
            yield code, (stated(code), real[glyph])


def look_at_composite(f, font, codes):
    inner = f.get(f.key(font, "/DescendantFonts", default=[None])[0], {})
    descriptor = f.key(inner, "/FontDescriptor", default={})
    key, data, kind = program(f, descriptor)
    if f.key(font, "/Encoding") != "/Identity-H":
        yield "A 6.2.11.3.3-1", "the encoding of %s" % font
    if f.key(font, "/BaseFont") != inner.get("/BaseFont") or inner.get("/BaseFont") != descriptor.get("/FontName"):
        yield "A 6.2.11.2", "the names of %s differ" % font
    system = f.key(inner, "/CIDSystemInfo", default={})
    if (text_of(system.get("/Registry", "")), text_of(system.get("/Ordering", ""))) != ("Adobe", "Identity"):
        yield "A 6.2.11.3.1-1", "the character collection of %s" % font
    if "/CIDSet" in descriptor:
        yield "A 6.2.11.4.2-2", "%s tells a CIDSet, which must then be whole" % font
    if key is None:
        yield "A 6.2.11.4.1-1", "%s is not embedded" % font
        return
    widths, default = composite_widths(f, inner), inner.get("/DW", 1000)
    if inner.get("/Subtype") == "/CIDFontType2":
        if inner.get("/CIDToGIDMap") != "/Identity":
            yield "A 6.2.11.3.2-1", "%s has no CIDToGIDMap" % font
        real, glyph_of = pdf_fonts.truetype_widths(data), lambda code: code
    else:
        if kind != "/CIDFontType0C":
            yield "A 6.2.11.2", "the program of %s" % font
        real, ids, _, keyed, _ = pdf_fonts.cff(data)
        by_id = {cid: glyph for glyph, cid in enumerate(ids)} if keyed else {}
        glyph_of = by_id.get
    for code, found in wrong_widths(codes, lambda code: widths.get(code, default), glyph_of, real):
        yield ("A 6.2.11.4.1-2" if code else "A 6.2.11.8-1", "code %04x of %s is no glyph" % (code, font)) if found is None \
            else ("A 6.2.11.5-1", "the width of %04x in %s: %s" % (code, font, found))


def truetype_glyphs(data):
    """A function from WinAnsi code to glyph, by the program's (3,1) map; codes are names first, and two of
    these are there twice."""
    table = pdf_fonts.truetype_characters(data)
    if table is None or struct.unpack_from(">H", table)[0] != 4:
        return None
    half = struct.unpack_from(">H", table, 6)[0]

    def glyph_of(code):
        character = {0xA0: 0x20, 0xAD: 0x2D}.get(code) or ord(bytes([code]).decode("cp1252", "replace"))
        for at in range(0, half, 2):
            end, = struct.unpack_from(">H", table, 14 + at)
            start, delta, offset = (struct.unpack_from(">H", table, 16 + half * k + at)[0] for k in (1, 2, 3))
            if start <= character <= end:
                if offset == 0:
                    return (character + delta) & 0xFFFF
                return struct.unpack_from(">H", table, 16 + 3 * half + at + offset + 2 * (character - start))[0]
        return None
    return glyph_of


def look_at_simple(f, font, codes):
    dictionary = f.get(font)
    descriptor = f.key(font, "/FontDescriptor", default={})
    key, data, kind = program(f, descriptor)
    if dictionary.get("/BaseFont") != descriptor.get("/FontName"):
        yield "A 6.2.11.2", "the names of %s differ" % font
    if key is None:
        yield "A 6.2.11.4.1-1", "%s is not embedded" % font
        return
    if "/CharSet" in descriptor:
        yield "A 6.2.11.4.2-1", "%s tells a CharSet, which must then be whole" % font
    first, widths = dictionary.get("/FirstChar", 0), f.key(font, "/Widths", default=[])
    if len(widths) != dictionary.get("/LastChar", -1) - first + 1:
        yield "A 6.2.11.2-6", "the number of widths of %s" % font
    if dictionary.get("/Subtype") == "/TrueType":
        real, glyph_of = pdf_fonts.truetype_widths(data), truetype_glyphs(data)
        if descriptor.get("/Flags", 0) & 4 or dictionary.get("/Encoding") != "/WinAnsiEncoding" or glyph_of is None:
            yield "A 6.2.11.6-1", "the encoding of %s" % font
            return
    else:
        real, ids, strings, keyed, encoding = pdf_fonts.cff(data)
        if kind != "/Type1C" or keyed or encoding is None or dictionary.get("/Encoding") != "/WinAnsiEncoding":
            yield "A 6.2.11.2", "the program of %s" % font
            return
        for code in codes:
            if pdf_fonts.windows_glyph(code, ids, strings) != encoding.get(code):
                yield "A 6.2.11.4.1-2", "code %02x of %s is one glyph by name, another by the program" % (code, font)
        glyph_of = encoding.get
    for code in codes:
        if not 0 <= code - first < len(widths):
            yield "A 6.2.11.2", "code %02x of %s has no width" % (code, font)
    stated = {code: widths[code - first] for code in codes if 0 <= code - first < len(widths)}
    for code, found in wrong_widths(stated, stated.get, glyph_of, real):
        yield ("A 6.2.11.4.1-2", "code %02x of %s is no glyph" % (code, font)) if found is None \
            else ("A 6.2.11.5-1", "the width of %02x in %s: %s" % (code, font, found))


@check()
def subsets_have_names(f):
    """ISO 32000-1, 9.6.4: a tag of six letters, another for each subset of a font."""
    seen = set()
    for reference, font in f.objects.items():
        if isinstance(font, dict) and font.get("/Type") == "/FontDescriptor":
            name = font.get("/FontName", "")
            if not re.match(r"/[A-Z]{6}\+.", name) or name in seen:
                yield "subset", "%s is called %s" % (reference, name)
            seen.add(name)


@check()
def fonts(f):
    used = used_codes(f)
    if not used:
        yield "fonts", "no text at all"
    for font, codes in used.items():
        if f.key(font, "/Type") != "/Font" or f.key(font, "/Subtype") not in ("/Type0", "/Type1", "/TrueType"):
            yield "A 6.2.11.2", "%s is no font that we write" % font
        elif f.key(font, "/Subtype") == "/Type0":
            yield from look_at_composite(f, font, codes)
        else:
            yield from look_at_simple(f, font, codes)


def faults(f, kind):
    """[(rule, message)] of a file that is "tagged", for "print" or another "sheet"."""
    found = []
    for function, kinds in CHECKS:
        if kind in kinds:
            try:
                found += list(function(f))
            except Exception as trouble:        # what cannot even be read is a fault too
                found.append((function.__name__, "cannot be checked: %r" % trouble))
    return found


def main(arguments):
    kind = "tagged"
    if arguments[:1] in (["--print"], ["--sheet"]):
        kind, arguments = arguments[0][2:], arguments[1:]
    bad = False
    for path in arguments:
        for rule, message in faults(File(path), kind):
            print("%s: %s [%s]" % (path, message, rule))
            bad = True
    return 1 if bad or not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
