"""Takes out of a good file, one after the other, what the rules ask for, and sees that each time the
rule that is named says so: a test of pdf_rules.py.

usage: pdf_break.py FILE             a tagged file that has links, lists, figures and a table of contents
"""
import copy
import re
import sys

import pdf_fonts
import pdf_rules
from pdf_file import File

BREAKS = []


def breaks(rule):
    def add(function):
        BREAKS.append((rule, function))
        return function
    return add


# ---- Where things are ---------------------------------------------------------------------------------

def elements(f, kind):
    return [reference for reference, value in f.objects.items()
            if isinstance(value, dict) and value.get("/S") == "/" + kind and "/P" in value]


def link(f):
    return next(value for value in f.objects.values() if isinstance(value, dict) and value.get("/Subtype") == "/Link")


def page_with_links(f):
    return f.get(next(page for page in f.pages() if f.key(page, "/Annots")))


def on_page(f, old, new, flags=0):
    """Changes the first content that OLD (a pattern) is found in."""
    for page in f.pages():
        reference = f.get(page)["/Contents"]
        changed = re.sub(old, new, f.streams[reference], count=1, flags=flags)
        if changed != f.streams[reference]:
            f.streams[reference] = changed
            return
    raise SystemExit("nothing like %r on any page" % old)


def in_metadata(f, old, new=b""):
    reference = f.catalog["/Metadata"]
    changed = re.sub(old, new, f.streams[reference], count=1, flags=re.S)
    assert changed != f.streams[reference], old
    f.streams[reference] = changed


def fonts(f, subtype):
    return [reference for reference, value in f.objects.items()
            if isinstance(value, dict) and value.get("/Type") == "/Font" and value.get("/Subtype") == subtype]


# ---- The file ----------------------------------------------------------------------------------------------

@breaks("A 6.1.2")
def binary_comment(f):
    f.bytes = f.bytes.replace(f.bytes[9:14], b"%abcd", 1)


@breaks("A 6.1.3-1")
def identifier(f):
    del f.trailer["/ID"]


@breaks("A 6.1.7.1-2")
def line_end_before_endstream(f):
    f.bytes = f.bytes.replace(b"\nendstream", b" endstream", 1)


@breaks("A 6.1.9-1")
def line_end_before_endobj(f):
    f.bytes = f.bytes.replace(b"\nendobj", b" endobj", 1)


@breaks("A 6.1.9-1")
def line_end_before_an_object(f):
    at = sorted(f.offsets)[2]
    f.bytes = f.bytes[:at - 1] + b" " + f.bytes[at:]


@breaks("A 6.1.13-3")
def length_of_a_title(f):
    f.key(f.trailer, "/Info")["/Title"] = "u:" + "\u00e9" * 16384


@breaks("A 6.2.3-2")
def output_intent(f):
    del f.catalog["/OutputIntents"]


@breaks("A 6.2.3-1")
def profile(f):
    f.streams[f.key(f.catalog["/OutputIntents"][0])["/DestOutputProfile"]] = b"not a profile"


@breaks("A 6.2.4.3-2")
def intent_that_fits(f):
    reference = f.key(f.catalog["/OutputIntents"][0])["/DestOutputProfile"]
    f.streams[reference] = f.streams[reference].replace(b"RGB ", b"GRAY", 1)
    f.objects[reference]["/N"] = 1
    on_page(f, rb"^", b"1 0 0 rg\n")


@breaks("A 6.6.2.1-1")
def metadata(f):
    del f.catalog["/Metadata"]


@breaks("A 6.6.4-1")
def archival_part(f):
    in_metadata(f, rb"<pdfaid:part>.*?</pdfaid:part>")


@breaks("A 6.6.4-3")
def archival_level(f):
    in_metadata(f, rb"<pdfaid:conformance>A", b"<pdfaid:conformance>B")


@breaks("UA 5-1")
def accessible_part(f):
    in_metadata(f, rb"<pdfuaid:part>.*?</pdfuaid:part>")


@breaks("A 6.2.3-1")
def class_of_the_profile(f):
    reference = f.key(f.catalog["/OutputIntents"][0])["/DestOutputProfile"]
    f.streams[reference] = f.streams[reference].replace(b"mntr", b"scnr", 1)


@breaks("A 6.6.2.3.1-2")
def list_of_authors(f):
    in_metadata(f, rb"<dc:creator><rdf:Seq>(.*?)</rdf:Seq>", rb"<dc:creator><rdf:Bag>\1</rdf:Bag>")


@breaks("A 6.6.2.3.1-2")
def date_in_metadata(f):
    in_metadata(f, rb"T00:00:00Z</xmp:MetadataDate>", b"</xmp:MetadataDate>")


@breaks("A 6.6.2.3.1-2")
def empty_subject(f):
    in_metadata(f, rb"(<dc:subject><rdf:Bag><rdf:li>)[^<]*", rb"\1 ")


@breaks("A 6.6.2.3.1-1")
def extension_schema(f):
    in_metadata(f, rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>")


@breaks("UA 7.1-9")
def title_in_metadata(f):
    in_metadata(f, rb"<dc:title>.*?</dc:title>")


@breaks("A 6.6.3")
def agreement(f):
    f.key(f.trailer, "/Info")["/Title"] = "u:Another title"


@breaks("A 6.6.3")
def agreement_of_dates(f):
    f.key(f.trailer, "/Info")["/ModDate"] = "u:D:20200101000000Z"


@breaks("UA 7.2-1")
def language(f):
    del f.catalog["/Lang"]


@breaks("A 6.7.2.2-1")
def marked(f):
    del f.catalog["/MarkInfo"]


@breaks("UA 7.1-10")
def shown_title(f):
    del f.catalog["/ViewerPreferences"]


@breaks("UA 7.1-11")
def structure_tree(f):
    del f.catalog["/StructTreeRoot"]


# ---- Pages -----------------------------------------------------------------------------------------------

@breaks("UA 7.1-3")
def mark_of_content(f):
    on_page(f, rb"/P <</MCID 0>> BDC(.*?)EMC", rb"\1", re.S)


@breaks("UA 7.1-3")
def mark_of_an_artifact(f):
    on_page(f, rb"/Artifact BMC(.*?)EMC", rb"\1", re.S)


@breaks("A 6.7.3.3")
def mark_in_the_tree(f):
    on_page(f, rb"/P <</MCID 0>> BDC(.*?)EMC", rb"/Artifact BMC\1EMC", re.S)


@breaks("A 6.7.3.1")
def end_of_a_mark(f):
    on_page(f, rb"EMC\s*$|EMC(?=\s*Q\s*$)", b"")


@breaks("A 6.7.3.1")
def marks_of_their_own(f):
    on_page(f, rb"<</MCID 1>>", rb"<</MCID 0>>")


@breaks("A 6.1.13-8")
def restored_state(f):
    on_page(f, rb"^", b"q\n")


@breaks("A 6.2.2-2")
def resource(f):
    on_page(f, rb"/T\d+ (\d)", rb"/nothing \1")


@breaks("A 6.2.2-1")
def known_operators(f):
    on_page(f, rb"ET\n", b"ET\n1 xx\n")


@breaks("A 6.2.2-1")
def operands(f):
    on_page(f, rb" Ts\n| re\n", b" 1\\g<0>")


@breaks("A 6.1.10-1")
def no_inline_images(f):
    on_page(f, rb"ET\n", b"ET\nBI /W 1 /H 1 /IM true ID x EI\n")


@breaks("content")
def marks_outside_text(f):
    on_page(f, rb"ET\nEMC", b"EMC\nET")


@breaks("content")
def text_in_text_objects(f):
    on_page(f, rb"BT\n(.*?)ET\n", rb"\1", re.S)


@breaks("content")
def end_of_text(f):
    on_page(f, rb"ET\n(EMC\s*)$", rb"\1")


@breaks("content")
def paths_outside_text(f):
    on_page(f, rb"BT\n", b"BT\n0 0 1 1 re\nf\n")


@breaks("A 6.1.6-1")
def pairs_of_digits(f):
    on_page(f, rb"<(\w\w\w)\w>", rb"<\1>")


@breaks("A 6.1.13-1")
def numbers_within_limits(f):
    on_page(f, rb" Tm\n", b" Tm\n2147483648 Ts\n")


@breaks("A 6.1.13-3")
def strings_within_limits(f):
    on_page(f, rb"\[\(", b"[(" + b"e" * 32768)


@breaks("A 6.1.13-4")
def names_within_limits(f):
    on_page(f, rb"BT\n", b"BT\n/" + b"x" * 128 + b" MP\n")


@breaks("A 6.1.13-11")
def size_of_a_page(f):
    f.get(f.pages()[-1])["/MediaBox"] = [0, 0, 14401, 100]


@breaks("A 6.2.2-1")
def resources_of_a_page(f):
    del f.get(f.pages()[0])["/Resources"]


@breaks("UA 7.1-1")
def artifacts_outside_marks(f):
    on_page(f, rb"(/P <</MCID 0>> BDC\n)(.*?)EMC", rb"\1/Artifact BMC\n\2EMC\nEMC", re.S)


@breaks("UA 7.1-2")
def marks_outside_artifacts(f):
    on_page(f, rb"(/P <</MCID 0>> BDC\n.*?EMC)", rb"/Artifact BMC\n\1\nEMC", re.S)


@breaks("A 6.2.4.3-3")
def no_cmyk(f):
    on_page(f, rb"^", b"0 0 0 1 k\n")


@breaks("A 6.2.10")
def no_group(f):
    f.get(f.pages()[0])["/Group"] = {"/S": "/Transparency"}


@breaks("UA 7.18.3-1")
def order_of_tabs(f):
    del page_with_links(f)["/Tabs"]


@breaks("A 6.7.3.3")
def key_of_a_page(f):
    del f.get(f.pages()[-1])["/StructParents"]


@breaks("page labels")
def labels(f):
    del f.catalog["/PageLabels"]


# ---- Links -------------------------------------------------------------------------------------------------

@breaks("UA 7.18.5-2")
def contents_of_a_link(f):
    del link(f)["/Contents"]


@breaks("UA 7.18.5-1")
def parent_of_a_link(f):
    del link(f)["/StructParent"]


@breaks("A 6.3.2-1")
def print_flag(f):
    del link(f)["/F"]


@breaks("UA 7.18.5-1")
def object_in_the_link(f):
    element = f.get(elements(f, "Link")[0])
    element["/K"] = [kid for kid in element["/K"] if not isinstance(kid, dict)]


@breaks("links")
def destinations(f):
    f.catalog["/Names"] = {}


@breaks("names")
def order_of_names(f):
    names = f.key(f.catalog, "/Names", "/Dests", "/Names")
    names[:4] = names[2:4] + names[:2]


@breaks("bookmarks")
def positive_count(f):
    outline = f.key(f.catalog, "/Outlines")
    outline["/Count"] = -outline["/Count"]


# ---- Structure ---------------------------------------------------------------------------------------------

@breaks("UA 7.3-1")
def text_of_a_figure(f):
    del f.get(elements(f, "Figure")[0])["/Alt"]


@breaks("UA 7.3")
def box_of_a_figure(f):
    del f.get(elements(f, "Figure")[-1])["/A"]


@breaks("UA 7.4.2-1")
def level_of_headings(f):
    f.get(elements(f, "H2")[0])["/S"] = "/H4"


@breaks("UA 7.4")
def headings(f):
    for level in "123456":
        for reference in elements(f, "H" + level):
            f.get(reference)["/S"] = "/P"


@breaks("UA 7.2")
def items_of_a_list(f):
    f.get(elements(f, "LI")[0])["/S"] = "/P"


@breaks("UA 7.2")
def body_of_an_item(f):
    f.get(elements(f, "LBody")[0])["/S"] = "/P"


@breaks("UA 7.2")
def entries_of_contents(f):
    f.get(elements(f, "TOCI")[0])["/S"] = "/P"


@breaks("UA 7.6")
def numbering_of_a_list(f):
    del f.get(elements(f, "L")[0])["/A"]


@breaks("UA 7.9-1")
def name_of_a_note(f):
    element = f.get(elements(f, "P")[0])
    element["/S"] = "/Note"
    element.pop("/ID", None)


@breaks("UA 7.9-2")
def names_of_notes(f):
    for reference in elements(f, "P")[:2]:
        f.get(reference).update({"/S": "/Note", "/ID": "u:one"})


@breaks("UA 7.2-29")
def language_of_a_phrase(f):
    f.get(elements(f, "P")[0])["/Lang"] = "u:not a language"


@breaks("A 6.7.3.4-1")
def standard_type(f):
    f.get(elements(f, "P")[0])["/S"] = "/Verse"


@breaks("A 6.7.3.3")
def parent_of_an_element(f):
    paragraphs = elements(f, "P")
    f.get(paragraphs[0])["/P"] = paragraphs[1]


@breaks("A 6.7.3.3")
def parent_tree(f):
    node = f.key(f.catalog, "/StructTreeRoot", "/ParentTree")
    leaf = f.get(node["/Kids"][0])
    leaf["/Nums"] = leaf["/Nums"][2:]


# ---- Fonts -------------------------------------------------------------------------------------------------

@breaks("A 6.2.11.7.2-1")
def unicode_of_a_font(f):
    del f.get(fonts(f, "/Type0")[0])["/ToUnicode"]


@breaks("A 6.2.11.7.2-2")
def unicode_of_a_code(f):
    reference = f.get(fonts(f, "/Type1")[0])["/ToUnicode"]
    f.streams[reference] = f.streams[reference].replace(b"<65>", b"<01>", 1)


@breaks("A 6.2.11.7.3-1")
def public_signs(f):
    reference = f.get(fonts(f, "/Type1")[0])["/ToUnicode"]
    f.streams[reference] = f.streams[reference].replace(b"<65> <0065>", b"<65> <E065>", 1)


@breaks("text")
def known_signs(f):
    reference = f.get(fonts(f, "/Type1")[0])["/ToUnicode"]
    f.streams[reference] = f.streams[reference].replace(b"<65> <0065>", b"<65> <FFFD>", 1)


@breaks("A 6.2.11.2")
def font_of_a_text(f):
    on_page(f, rb"/T\d+ [\d.]+ Tf\n", b"")


@breaks("A 6.2.11.2")
def font_within_its_state(f):
    on_page(f, rb"(BT\n)([^BE]*?)(/T\d+ [\d.]+ Tf\n)", rb"q\n\3Q\n\1\2")


@breaks("A 6.2.11.2-6")
def number_of_widths(f):
    f.get(fonts(f, "/Type1")[0])["/LastChar"] += 1


@breaks("A 6.2.11.3.3-1")
def encoding_of_composite(f):
    f.get(fonts(f, "/Type0")[0])["/Encoding"] = "/Identity-V"


@breaks("A 6.2.11.3.1-1")
def collection_of_composite(f):
    f.key(f.get(fonts(f, "/CIDFontType0")[0])["/CIDSystemInfo"])["/Ordering"] = "u:Japan1"


@breaks("A 6.2.11.4.2-1")
def no_charset(f):
    f.key(f.get(fonts(f, "/Type1")[0])["/FontDescriptor"])["/CharSet"] = "u:/e"


@breaks("A 6.2.11.4.2-2")
def no_cidset(f):
    f.key(f.get(fonts(f, "/CIDFontType0")[0])["/FontDescriptor"])["/CIDSet"] = "1 0 R"


@breaks("A 6.2.11.4.1-2")
def glyphs_of_a_program(f):
    on_page(f, rb"<0001", b"<7fff")


@breaks("subset")
def tag_of_a_subset(f):
    font = f.get(fonts(f, "/Type1")[0])
    descriptor = f.key(font["/FontDescriptor"])
    font["/BaseFont"] = descriptor["/FontName"] = "/" + font["/BaseFont"].split("+")[1]


@breaks("subset")
def tags_of_subsets(f):
    first, second = (f.get(reference) for reference in fonts(f, "/Type1")[:2])
    for thing, key in ((second, "/BaseFont"), (f.key(second["/FontDescriptor"]), "/FontName")):
        thing[key] = first["/BaseFont"]


@breaks("A 6.2.11.8-1")
def glyphs_that_exist(f):
    on_page(f, rb"<0001", b"<0000")


@breaks("A 6.2.11.4.1-1")
def embedded_program(f):
    descriptor = f.key(f.get(fonts(f, "/Type1")[0])["/FontDescriptor"])
    del descriptor["/FontFile3"]


@breaks("A 6.2.11.5-1")
def widths(f):
    font = f.get(fonts(f, "/Type1")[0])
    font["/Widths"] = [width and width + 40 for width in f.get(font["/Widths"])]


@breaks("A 6.2.11.5-1")
def widths_of_composite(f):
    font = f.get(fonts(f, "/CIDFontType0")[0])
    font["/W"] = [0, [width + 40 for width in font["/W"][1]]]


@breaks("A 6.2.11.4.1-2")
def names_of_glyphs(f):
    """The first code shown is no longer what the charset of its program calls it."""
    font = f.get(fonts(f, "/Type1")[0])
    reference = f.key(font["/FontDescriptor"])["/FontFile3"]
    data = f.streams[reference]
    at = int(pdf_fonts.dictionary(pdf_fonts.index(data, pdf_fonts.index(data, data[2])[1])[0][0])[15][0])
    f.streams[reference] = data[:at + 1] + bytes(data[at + 3:at + 5] + data[at + 1:at + 3]) + data[at + 5:]


@breaks("A 6.2.11.2")
def name_of_a_font(f):
    f.get(fonts(f, "/Type1")[0])["/BaseFont"] = "/Helvetica"


def optional(f):
    """Breaks for what not every book has."""
    if fonts(f, "/CIDFontType2"):
        yield "A 6.2.11.3.2-1", lambda g: g.get(fonts(g, "/CIDFontType2")[0]).pop("/CIDToGIDMap")
    if elements(f, "Table"):
        yield "UA 7.5-1", lambda g: g.get(elements(g, "TH")[0]).pop("/A")
        yield "UA 7.2-42", lambda g: g.get(elements(g, "TR")[0])["/K"].pop()
    phrases = [reference for reference in elements(f, "Span") if "/ActualText" in f.objects[reference]]
    if phrases:
        yield "UA 7.1", lambda g: g.get(phrases[-1]).pop("/ActualText")
    images = [reference for reference in f.streams if f.key(reference, "/Subtype") == "/Image"]
    if images:
        yield "A 6.2.8-3", lambda g: g.objects[images[0]].update({"/Interpolate": True})
        yield "A 6.2.8-1", lambda g: g.objects[images[0]].update({"/Alternates": []})
        yield "A 6.2.8-5", lambda g: g.objects[images[0]].update({"/BitsPerComponent": 12})
        yield "A 6.2.10", lambda g: g.objects[images[0]].update({"/SMask": images[0]})


def main(path):
    good = File(path)
    found = pdf_rules.faults(good, "tagged")
    if found:
        print("it is not good to begin with: %s" % found[:5])
        return 1
    bad = 0
    cases = BREAKS + list(optional(good))
    for rule, function in cases:
        broken = copy.deepcopy(good)
        function(broken)
        if rule not in {name for name, _ in pdf_rules.faults(broken, "tagged")}:
            print("%s: %s is taken out, and nothing is said" % (rule, function.__name__))
            bad += 1
    print("%d things taken out, %d not missed" % (len(cases), bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
