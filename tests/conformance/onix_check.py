#!/usr/bin/env python3
"""onix_check.py RECORD.xml…: an ONIX 3.0 record against the documented content of each
composite it uses (order, what must be there, what may repeat) and the codes it may hold;
prints what is wrong and ends with 1. With ONIX_SCHEMA naming EDItEUR's own schema
(ONIX_BookProduct_3.0_reference.xsd, not ours to pass on) xmllint asks that too."""
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

SPACE = "{http://ns.editeur.org/onix/3.0/reference}"

# Children in their order; ? may be missing, + at least one, * any number.
CONTENT = {
    "ONIXMessage": "Header Product+",
    "Header": "Sender SentDateTime",
    "Sender": "SenderName",
    "Product": "RecordReference NotificationType ProductIdentifier+ DescriptiveDetail? "
               "CollateralDetail? PublishingDetail? RelatedMaterial?",
    "ProductIdentifier": "ProductIDType IDTypeName? IDValue",
    "DescriptiveDetail": "ProductComposition ProductForm ProductFormDetail* ProductFormFeature* "
                         "PrimaryContentType? ProductContentType* EpubTechnicalProtection* "
                         "Collection* TitleDetail+ Contributor* NoContributor? EditionType* "
                         "EditionNumber? EditionStatement* Language* Extent* Subject*",
    "ProductFormFeature": "ProductFormFeatureType ProductFormFeatureValue? ProductFormFeatureDescription*",
    "Collection": "CollectionType TitleDetail*",
    "TitleDetail": "TitleType TitleElement+",
    "TitleElement": "TitleElementLevel PartNumber? TitleText? Subtitle?",
    "Contributor": "SequenceNumber? ContributorRole+ PersonName? PersonNameInverted? CorporateName?",
    "Language": "LanguageRole LanguageCode CountryCode?",
    "Extent": "ExtentType ExtentValue ExtentUnit",
    "Subject": "SubjectSchemeIdentifier SubjectHeadingText+",
    "CollateralDetail": "TextContent*",
    "TextContent": "TextType ContentAudience+ Text+",
    "PublishingDetail": "Publisher+ CityOfPublication* PublishingStatus? PublishingDate*",
    "Publisher": "PublishingRole PublisherName Website*",
    "Website": "WebsiteRole? WebsiteLink+",
    "PublishingDate": "PublishingDateRole Date",
    "RelatedMaterial": "RelatedWork* RelatedProduct*",
    "RelatedWork": "WorkRelationCode WorkIdentifier+",
    "WorkIdentifier": "WorkIDType IDTypeName? IDValue",
    "RelatedProduct": "ProductRelationCode+ ProductIdentifier+",
}

# What a code or value may be.
VALUES = {
    "NotificationType": "0[1-5]", "ProductIDType": "01|03|15|22", "ProductComposition": "00",
    "ProductForm": "E[ABCD]", "ProductFormDetail": r"E\d{3}", "PrimaryContentType": "10",
    "EpubTechnicalProtection": "00", "ProductFormFeatureType": "09|12",
    "ProductFormFeatureValue": r"0[04]|1[0-9]|2[0-9]|3[0-9]|5[12]|8[0-6]",
    "CollectionType": "10|20", "TitleType": "01", "TitleElementLevel": "0[12]",
    "SequenceNumber": r"[1-9]\d*", "ContributorRole": "A44|B01", "EditionType": "NED|REV|ENL",
    "EditionNumber": r"[1-9]\d*", "LanguageRole": "01", "LanguageCode": "[a-z]{3}",
    "CountryCode": "[A-Z]{2}", "ExtentType": "10", "ExtentValue": r"[1-9]\d*", "ExtentUnit": "03",
    "SubjectSchemeIdentifier": "20", "TextType": "0[34]", "ContentAudience": "00",
    "PublishingRole": "01", "WebsiteRole": "01", "WebsiteLink": "https?://.+",
    "PublishingStatus": "04", "PublishingDateRole": "01", "WorkRelationCode": "01",
    "WorkIDType": "01|22", "ProductRelationCode": "13", "Date": r"\d{8}", "SentDateTime": r"\d{8}",
}
problems = []


def name_of(element):
    return element.tag.removeprefix(SPACE)


def pattern_of(content):
    pieces = []
    for word in content.split():
        name = word.rstrip("?+*")
        pieces.append(f"(?:{name} ){word[len(name):]}")
    return "".join(pieces)


def check(element):
    name = name_of(element)
    children = [name_of(child) for child in element]
    if name in CONTENT:
        if not re.fullmatch(pattern_of(CONTENT[name]), "".join(child + " " for child in children)):
            problems.append(f"{name} holds {' '.join(children)}; it should be {CONTENT[name]}")
    elif children:
        problems.append(f"{name} is not known to hold elements")
    elif name != "NoContributor" and not (element.text or "").strip():
        problems.append(f"{name} is empty")
    elif name in VALUES and not re.fullmatch(VALUES[name], element.text):
        problems.append(f"{name} is {element.text}")
    for child in element:
        check(child)


def isbn_is_sound(digits):
    return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0


for path in sys.argv[1:]:
    root = ElementTree.parse(path).getroot()
    if root.tag != SPACE + "ONIXMessage" or root.get("release") != "3.0":
        problems.append(f"{path} is no ONIX 3.0 message")
    check(root)
    for identifier in root.iter(SPACE + "ProductIdentifier"):
        if identifier.findtext(SPACE + "ProductIDType") == "15":
            value = identifier.findtext(SPACE + "IDValue")
            if not re.fullmatch(r"97[89]\d{10}", value) or not isbn_is_sound(value):
                problems.append(f"{value} is no ISBN-13")
    if os.environ.get("ONIX_SCHEMA"):
        done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", os.environ["ONIX_SCHEMA"], path],
                              capture_output=True, text=True)
        if done.returncode:
            problems.append(done.stderr)
print("\n".join(problems[:30]))
sys.exit(bool(problems))
