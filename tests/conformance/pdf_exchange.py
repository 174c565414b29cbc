"""What PDF/X-4 (ISO 15930-7) asks of pages for a press, beyond what PDF/A-2 does (pdf_rules.py): what
it says of itself, the press's profile, boxes, colours, and that nothing acts. Then takes each of
these out, and sees that it is missed.

usage: pdf_exchange.py FILE…
"""
import copy
import sys

import pdf_rules
from pdf_break import in_metadata
from pdf_file import File


def claims(f):
    description = pdf_rules.packet(f)
    information = f.key(f.trailer, "/Info", default={})
    if not f.bytes.startswith(b"%PDF-1.6"):
        yield "version", "it is not of PDF 1.6"
    if description is None:
        yield "metadata", "there is no XMP"
        return
    said = {name: pdf_rules.value(description, name) for name in (
        "pdfxid:GTS_PDFXVersion", "pdf:Trapped", "dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate",
        "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass")}
    for name, text in said.items():
        if not text:
            yield name, "it is not told"
    if said["pdfxid:GTS_PDFXVersion"] != "PDF/X-4":
        yield "pdfxid:GTS_PDFXVersion", "%r" % said["pdfxid:GTS_PDFXVersion"]
    if information.get("/Trapped") not in ("/True", "/False") or information["/Trapped"][1:] != said["pdf:Trapped"]:
        yield "trapped", "%r, but %r" % (information.get("/Trapped"), said["pdf:Trapped"])
    if "/Encrypt" in f.trailer or len(f.trailer.get("/ID", [])) != 2:
        yield "identifier", "it has none, or is encrypted"


def intent(f):
    found = [f.key(item) for item in f.get(f.catalog.get("/OutputIntents"), [])
             if f.key(item, "/S") == "/GTS_PDFX"]
    if len(found) != 1:
        yield "intent", "there are %d" % len(found)
        return
    profile = found[0].get("/DestOutputProfile")
    data = f.data(profile)
    if data[36:40] != b"acsp" or data[12:16] != b"prtr":
        yield "profile", "it is not of class prtr"
    if {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(data[16:20]) != f.key(profile, "/N"):
        yield "profile", "/N is not its number of colours"
    if not found[0].get("/OutputConditionIdentifier"):
        yield "condition", "it has no name"
    if "/RegistryName" not in found[0] and not found[0].get("/Info"):
        yield "condition", "it is in no registry, and not described"


def boxes(f):
    for number, page in enumerate(f.pages(), 1):
        media, bleed, trim = (f.key(page, key) for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
        if trim is None or f.key(page, "/ArtBox") is not None:
            yield "boxes", "page %d: no box of what is trimmed, or two" % number
            continue
        for inner, outer in ((bleed or trim, media), (trim, bleed or media)):
            if not (outer[0] <= inner[0] < inner[2] <= outer[2] and outer[1] <= inner[1] < inner[3] <= outer[3]):
                yield "boxes", "page %d: %s is not within %s" % (number, inner, outer)
        if f.key(page, "/Annots"):
            yield "annotations", "page %d" % number


def colours(f):
    space = next((f.data(f.key(item).get("/DestOutputProfile"))[16:20]
                  for item in f.get(f.catalog.get("/OutputIntents"), [])), b"")
    for used in pdf_rules.spaces_used(f):
        if used == "/DeviceRGB" and space != b"RGB " or used == "/DeviceCMYK" and space != b"CMYK":
            yield "colours", "%s under a press of %s" % (used, space.decode())


def nothing_acts(f):
    for reference, thing in f.objects.items():
        if isinstance(thing, dict):
            for key in {"/AA", "/OpenAction", "/JavaScript", "/JS", "/AcroForm", "/Alternates", "/TR"} & set(thing):
                yield "actions", "%s in %s" % (key, reference)


def faults(f):
    return [fault for rule in (claims, intent, boxes, colours, nothing_acts) for fault in rule(f)]


# ---- Each taken out --------------------------------------------------------------------------------------

def change_profile(f, at, new):
    profile = f.key(f.key(f.catalog, "/OutputIntents")[1])["/DestOutputProfile"]
    data = f.streams[profile]
    f.streams[profile] = data[:at] + new + data[at + len(new):]


def page(f):
    return f.get(f.pages()[0])


def without_default(f):
    for number in f.pages():
        f.key(number, "/Resources").pop("/ColorSpace", None)


def properties():
    for name in ("pdfxid:GTS_PDFXVersion", "pdf:Trapped", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate",
                 "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass", "dc:title"):
        yield name, lambda f, name=name: in_metadata(f, b"<%s>.*?</%s>" % (name.encode(), name.encode()))


def breaks(good):
    yield from properties()
    yield "version", lambda f: setattr(f, "bytes", f.bytes.replace(b"%PDF-1.6", b"%PDF-1.7", 1))
    yield "trapped", lambda f: f.key(f.trailer, "/Info").pop("/Trapped")
    yield "trapped", lambda f: in_metadata(f, b"Trapped>False", b"Trapped>True")
    yield "identifier", lambda f: f.trailer.pop("/ID")
    yield "intent", lambda f: f.key(f.catalog, "/OutputIntents").pop(1)
    yield "profile", lambda f: change_profile(f, 12, b"mntr")
    yield "profile", lambda f: change_profile(f, 16, b"Lab ")
    yield "condition", lambda f: f.key(f.key(f.catalog, "/OutputIntents")[1]).pop("/Info")
    yield "boxes", lambda f: page(f).pop("/TrimBox")
    yield "boxes", lambda f: page(f).update({"/BleedBox": [20, 20, 100, 100]})
    yield "annotations", lambda f: page(f).update({"/Annots": [{"/Subtype": "/Link"}]})
    yield "actions", lambda f: f.catalog.update({"/OpenAction": {}})
    if pdf_rules.defaults(good):
        yield "colours", without_default


def main(paths):
    bad = 0
    for path in paths:
        good = File(path)
        for rule, message in faults(good):
            print("%s: %s [%s]" % (path, message, rule))
            bad += 1
        for rule, function in breaks(good):
            broken = copy.deepcopy(good)
            function(broken)
            if rule not in {name for name, _ in faults(broken)}:
                print("%s: %s is taken out, and nothing is said" % (path, rule))
                bad += 1
    return 1 if bad or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
