/* The table of rules: every name that a diagnostic of content, sources, ledger or
 * booklet carries, how grave it is, and what it means to whoever reads it. */
#include "book/check.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by name; the test of this table tells when it is not. */
static const struct rule rules[] = {
    { "address-gone", DIAG_WARNING,
      "An address of a network that has closed. Replace it, or say so in a note." },
    { "address-long", DIAG_WARNING,
      "An address too long for a square code; it is printed as text alone." },
    { "anchor-mark", DIAG_WARNING,
      "{#…} behind a heading holds other signs than small letters, digits and hyphens." },
    { "bad-address", DIAG_ERROR, "No address of the web or of mail. Write it whole, as https://…" },
    { "bad-date", DIAG_ERROR, "A date that is none, or before the last one of the ledger." },
    { "bad-note", DIAG_ERROR, "A note for the ledger that holds other signs than text." },
    { "blurb-long", DIAG_WARNING, "The blurb is too long for the back of the cover. Shorten it." },
    { "booklet", DIAG_ERROR, "An option of the booklet, or its cover, is not as it must be." },
    { "busy", DIAG_ERROR, "Another florilege edition is at work in this folder. Wait for it." },
    { "contact-no-link", DIAG_WARNING,
      "A contact that no link can be made for. Add url:, or a note: that says why." },
    { "control-character", DIAG_WARNING,
      "A sign that no font shows and no e-book may hold; it is left out. Delete it." },
    { "damaged", DIAG_ERROR, "A PDF is no PDF, or too damaged to be mended." },
    { "dead-link", DIAG_WARNING,
      "A link that leads to no address and no file of the content. Its words are kept." },
    { "division-twice", DIAG_ERROR, "A portrait stands in two parts of anthology.yaml." },
    { "doctype", DIAG_ERROR, "A WordPress export declares a type of document, which none does." },
    { "edited", DIAG_WARNING,
      "The importer would write a file that you had edited. Yours stays, the new one is beside." },
    { "edition-open", DIAG_NOTE,
      "The content has moved on since the last edition. Close the next by florilege edition new." },
    { "empty", DIAG_ERROR, "There is no page in a PDF, or no interview in a source." },
    { "empty-heading", DIAG_WARNING, "A heading without words; it is left out." },
    { "empty-link", DIAG_WARNING, "A link without words cannot be seen; it is left out." },
    { "encoding", DIAG_NOTE, "A source is not in UTF-8; it is told as what it was read." },
    { "encrypted", DIAG_ERROR, "A PDF opens only with a password, or forbids to print it." },
    { "exists", DIAG_WARNING,
      "Another picture of this name is in the content already; it is kept." },
    { "export", DIAG_ERROR, "A WordPress export is cut short or damaged. Export it again." },
    { "front", DIAG_NOTE,
      "The common introduction of the sources is on a page that no key names yet." },
    { "front-matter", DIAG_ERROR, "Front matter begins with --- and is never closed." },
    { "handle-spelling", DIAG_WARNING,
      "A handle is written in two ways, which differ in capitals. Choose one." },
    { "heading-mark", DIAG_WARNING,
      "A line begins like a heading but is none. Put a space behind the #." },
    { "hidden-question", DIAG_WARNING,
      "A paragraph in bold or italics that ends in a question mark looks like a question. Begin "
      "it with ## instead." },
    { "id-twice", DIAG_ERROR, "Two portraits, pages or titles would have the same address." },
    { "isbn", DIAG_ERROR, "An ISBN is wrong, or used twice." },
    { "kind", DIAG_ERROR, "A source is neither text nor a zip or folder of texts." },
    { "language-mark", DIAG_WARNING, "{lang=…} stands behind no phrase, or names no language." },
    { "language-misfit", DIAG_WARNING,
      "The text does not look like its language, which decides hyphens and signs. Write the "
      "right language: into its front matter." },
    { "ledger", DIAG_ERROR, "editions.yaml was edited into something that cannot be." },
    { "ledger-empty", DIAG_WARNING,
      "editions.yaml holds no edition. Put a copy that does back, or remove it." },
    { "ledger-source", DIAG_NOTE,
      "editions.yaml is written by florilege edition. Where it is wrong, a sound copy mends it." },
    { "link-outside", DIAG_ERROR,
      "A link leads to a file outside the content folder. Put the file itself there." },
    { "listed-twice", DIAG_WARNING, "A portrait is listed twice; its first place counts." },
    { "lone-j", DIAG_WARNING,
      "A J that stands alone is often a smiley of the font Wingdings that lost its font." },
    { "long-paragraph", DIAG_NOTE,
      "A paragraph of more than 2,500 signs is a grey page. Part it where the thought turns." },
    { "missing", DIAG_ERROR, "There is no such PDF." },
    { "missing-key", DIAG_ERROR, "A key that is needed is not there." },
    { "name-spelling", DIAG_WARNING,
      "The name of a person or an organisation of this book is spelled otherwise here." },
    { "nesting", DIAG_WARNING, "Marks within marks, deeper than 64; the deepest are flattened." },
    { "new-edition", DIAG_ERROR,
      "A further printing is asked for, but portraits came or went: that is a new edition." },
    { "new-file", DIAG_WARNING,
      "The importer wrote a new version beside a portrait that you had edited. Compare them, "
      "then delete it." },
    { "no-alt", DIAG_WARNING,
      "A picture without a description says nothing to those who cannot see it. Add photo-alt:, "
      "or words between the brackets of ![]()." },
    { "no-answer", DIAG_WARNING, "A question without an answer. It is built." },
    { "no-content", DIAG_ERROR, "The folder of the anthology, or its anthology.yaml, is missing." },
    { "no-data", DIAG_ERROR, "The program's own styles/ and fonts/ are not where they should be." },
    { "no-date", DIAG_WARNING, "The book has no date, from the ledger or from a portrait." },
    { "no-edition", DIAG_ERROR, "The ledger has no edition of this number." },
    { "no-family", DIAG_ERROR, "A style names a typeface that is not there." },
    { "no-fonts", DIAG_ERROR, "The program's fonts are not where they should be." },
    { "no-glyph", DIAG_WARNING, "A sign that no font has; it shows as a mark in its place." },
    { "no-hyphens", DIAG_WARNING,
      "No hyphenation dictionary for a language is installed; its lines have no hyphens." },
    { "no-language", DIAG_WARNING, "anthology.yaml names no language; English is taken." },
    { "no-name", DIAG_ERROR, "A portrait without a name." },
    { "no-portrait", DIAG_ERROR, "The anthology has no portrait." },
    { "no-question", DIAG_WARNING, "A portrait without a question. Begin each with ##." },
    { "no-room", DIAG_ERROR, "A style whose margins leave no room for text." },
    { "no-strings", DIAG_ERROR, "The words that the book itself prints are missing." },
    { "no-style", DIAG_ERROR, "A style that is not there." },
    { "no-title", DIAG_WARNING, "A page of front or back without a title." },
    { "no-work", DIAG_WARNING, "anthology.yaml has no identifier of the work." },
    { "not-empty", DIAG_ERROR, "init makes new folders only." },
    { "not-listed", DIAG_WARNING, "A portrait is in no list or part of anthology.yaml." },
    { "not-nfc", DIAG_WARNING,
      "A letter and its accent are two signs here, which search does not find. The book has "
      "them joined; save the file in the normal form NFC." },
    { "not-text", DIAG_ERROR, "The file is no text." },
    { "not-that-edition", DIAG_ERROR,
      "The content is no longer that of the edition asked for. Take a copy of that time." },
    { "not-utf8", DIAG_ERROR, "The file is not in UTF-8. Save it as UTF-8." },
    { "note-missing", DIAG_WARNING, "A call of a note that is not there." },
    { "note-nested", DIAG_ERROR,
      "Notes that call each other. A note may call one of its own, which nothing else calls." },
    { "note-unused", DIAG_WARNING, "A note that no text calls; it is left out." },
    { "odd-sign", DIAG_WARNING,
      "A sign that cannot be seen, or that only one font knows (zero width, private use). "
      "Delete or replace it." },
    { "other-program", DIAG_NOTE,
      "The edition was closed by another version of florilege, which may have set it otherwise." },
    { "overfull", DIAG_WARNING,
      "A line that cannot be broken to fit its measure. Change a word, or allow a hyphen." },
    { "page-missing", DIAG_ERROR, "A page of front or back has no file." },
    { "page-outside", DIAG_ERROR, "A page of front or back is outside the content folder." },
    { "picture", DIAG_WARNING, "A picture that comes with a source cannot be used." },
    { "picture-broken", DIAG_ERROR, "A picture is broken, cut short, or of no kind we read." },
    { "picture-coarse", DIAG_WARNING,
      "A picture is printed with fewer than 300 pixels for each inch." },
    { "picture-kind", DIAG_ERROR, "A picture is not of the kind that its name says." },
    { "picture-missing", DIAG_ERROR, "A picture has no file." },
    { "picture-outside", DIAG_ERROR, "A picture is outside the content folder." },
    { "picture-remote", DIAG_ERROR, "A picture on the web; nothing is ever fetched." },
    { "picture-small", DIAG_WARNING,
      "A picture with too few pixels for print: 300 for each inch are needed." },
    { "portrait-unknown", DIAG_ERROR, "A list of anthology.yaml names no portrait." },
    { "press-profile", DIAG_ERROR,
      "A profile of a press is not here, or no ICC profile of class “prtr”. Ask the printer." },
    { "raw-html", DIAG_WARNING, "HTML in Markdown is left out, its text kept." },
    { "reading-twice", DIAG_WARNING, "A portrait recommends a title twice." },
    { "reading-unknown", DIAG_ERROR, "A portrait recommends a title that is not in the list." },
    { "reading-unread", DIAG_NOTE, "Nobody recommends this title; it is printed without a name." },
    { "reference-left", DIAG_WARNING,
      "A link by name, [words][name], whose address is nowhere. Write it, or take the brackets "
      "out." },
    { "residue", DIAG_WARNING,
      "This looks like furniture of a web page, not like the interview. Delete it." },
    { "spacing", DIAG_WARNING,
      "Two spaces in a row, or a space before a comma or full stop. Take it out." },
    { "straight-quote", DIAG_WARNING,
      "A typewriter's quotation mark that the language's rules could not turn. Write the right "
      "one." },
    { "stray-file", DIAG_NOTE, "A file in portraits/ that is no portrait." },
    { "strict", DIAG_ERROR, "With --strict, warnings refuse the build." },
    { "stylesheet", DIAG_ERROR,
      "The epub.css of a style has a brace or a string that is not closed, or takes something "
      "from elsewhere." },
    { "table-wide", DIAG_WARNING,
      "A table wider than the page; its words are cut. Give it fewer columns." },
    { "title-twice", DIAG_WARNING,
      "Two titles of the reading list look like one. Keep one, the other under variants:." },
    { "too-large", DIAG_ERROR, "A file larger or more tangled than any person writes." },
    { "unchanged", DIAG_ERROR,
      "A new edition is asked for, but nothing has changed since the last." },
    { "unknown-key", DIAG_WARNING, "A key that is not known, often misspelt." },
    { "unknown-network", DIAG_WARNING, "A network that is not known, often misspelt." },
    { "unreadable", DIAG_ERROR, "A file that cannot be read." },
    { "unwritable", DIAG_ERROR, "A file or folder that cannot be written." },
    { "wrong-value", DIAG_ERROR, "A value of another kind than its key wants." },
    { "yaml", DIAG_ERROR, "The file is no sound YAML." },
    { "yaml-twice", DIAG_ERROR, "A key that stands twice." },
    { "zip", DIAG_ERROR, "An archive is damaged, or made to do harm." },
};

enum { RULES = sizeof rules / sizeof *rules };

const struct rule *check_rules(size_t *count)
{
    *count = RULES;
    return rules;
}

static int compare_name(const void *name, const void *rule)
{
    return strcmp(name, ((const struct rule *)rule)->name);
}

const struct rule *check_rule_lookup(const char *name)
{
    return bsearch(name, rules, RULES, sizeof *rules, compare_name);
}

void check_rules_print(struct buf *out)
{
    for (size_t i = 0; i < RULES; i++)
        buf_printf(out, "%s (%s)\n    %s\n", rules[i].name, severity_name(rules[i].severity),
                   rules[i].explanation);
}
