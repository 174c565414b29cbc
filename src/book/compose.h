/* The sequence of the book: from people and titles to parts, each a tree of
 * nodes that says every word the book prints, but page numbers. What comes in
 * is a loaded book; what goes out is book->parts. A part with nothing to say is
 * left out. Page numbers are NODE_PAGE_REF nodes, for the layout to fill in.
 *
 * Called once for a book: the readers' trees become children of the parts'
 * trees and text is split where the index needs an anchor.
 *
 * THE SHAPE OF THE PARTS. (?) may be missing, (*) any number. Every id is
 * unique in the book, parts and nodes together. `alt` is set on every FIGURE,
 * IMAGE, MONOGRAM and SQUARE_CODE ("" where it only decorates). The body of a
 * part is a SECTION whose lang is the part's language. HEADING, PARAGRAPH,
 * TERM, DETAIL and CELL hold inlines; SECTION, QUOTE, LIST > ITEM, TABLE > ROW
 * hold blocks (an ITEM always holds PARAGRAPHs and other blocks, tight or not).
 * Texts in another language than their surroundings carry lang on a SPAN or on
 * the block itself.
 *
 *  kind        id            matter  title                 body
 *  COVER       cover         COVER   book's                FIGURE, picture NULL when the cover
 *                                                          is drawn; not for the layout
 *  HALF_TITLE  half-title    FRONT   book's                PARAGRAPH HALF_TITLE
 *  TITLE       title-page    FRONT   book's                HEADING 1 TITLE, PARAGRAPH SUBTITLE ?,
 *                                                          EDITOR ?, EDITION ?, PUBLISHER ?
 *  IMPRINT     imprint       FRONT   "imprint"             PARAGRAPH IMPRINT_TITLE, IMPRINT_LINE *
 *                                                          (no heading)
 *  TOC         contents      FRONT   "contents"            HEADING 1, LIST TOC (below)
 *  FRONT       the page's    FRONT   the page's            HEADING 1, blocks of the page
 *  NEWS        news          FRONT   "news"                HEADING 1, PARAGRAPH ?, then for new and
 *                                                          for revised portraits ?: HEADING 2,
 *                                                          LIST TOC
 *  DIVISION    part-SLUG     BODY    the division's        HEADING 1
 *  PORTRAIT    the portrait's BODY   its name              (below)
 *  CONTACT     ID-contact    BODY    "to follow NAME"      (below); parent: the PORTRAIT
 *  DIRECTORY   directory     BODY    "directory"           HEADING 1, TERMS DIRECTORY (below)
 *  READING     reading-list  BODY    "reading list"        HEADING 1, LIST READING (below)
 *  INDEX       index         BODY    "index"               HEADING 1, for each letter: SECTION INDEX
 *                                                          (below)
 *  NOTES       notes         BODY    "notes"               EPUB only, the layout skips it (below)
 *  HISTORY     history       BODY    "history"             HEADING 1, PARAGRAPH HISTORY_ENTRY *
 *  COLOPHON    colophon      BODY    "colophon"            HEADING 1, PARAGRAPH COLOPHON_LINE *
 *  BACK        the page's    BODY    the page's            as FRONT
 *
 * A page whose name is that of a portrait's place or of one of our parts stands
 * under NAME-2, and the links of the content to it follow.
 *
 * They come in this order, but for DIVISION, PORTRAIT and CONTACT: a division
 * before its portraits (their parent), each contact page after its portrait,
 * portraits of no division behind the divisions; and BACK before DIRECTORY. part_is_listed() tells which the table of
 * contents, bookmarks and the e-book's navigation name.
 *
 * Portrait:
 *     SECTION OPENING
 *         FIGURE (photo) { PARAGRAPH CREDIT ? }  or  MONOGRAM (text: initials)
 *         HEADING 1 NAME
 *         PARAGRAPH JOB ?, PARAGRAPH ORGANISATION ?, PARAGRAPH NEW_MARK ?
 *     SECTION INTRODUCTION ? { blocks }
 *     SECTION QNA *
 *         HEADING 2 QUESTION, id: the question's anchor
 *         SECTION ANSWER ? { blocks; headings from level 3 }
 *     PARAGRAPH SOURCE ?          "Interview of DATE, " LINK url { address }
 *   part->notes are the portrait's; a NOTE_REF holds its note.
 *
 * Contact page:
 *     HEADING 1
 *     TERMS CONTACTS ?
 *         TERM { network's label }
 *         DETAIL { LINK url { handle or address }, LINE_BREAK, note }; either may be
 *              missing, and then the LINE_BREAK
 *         SQUARE_CODE ?           text: the address; after the DETAIL it encodes
 *         … the next TERM
 *     SECTION ACCOUNTS ?          HEADING 2, LIST tight of ITEM { PARAGRAPH }
 *     SECTION RECOMMENDS ?        HEADING 2, LIST tight of ITEM READING_ENTRY { PARAGRAPH }
 *
 * Table of contents (also in NEWS):
 *     LIST TOC, tight
 *         ITEM TOC_PART (a division) or TOC_ENTRY
 *             PARAGRAPH
 *                 LINK target { title }
 *                 TEXT ", " and SPAN TOC_DETAIL { role } ?
 *                 TEXT " " and SPAN NEW_MARK ?
 *                 PAGE_REF target         set after leaders, at the right
 *             LIST TOC ?          portraits of a division; with toc-depth 2 the
 *                                 questions of a portrait (target: the anchor)
 *
 * Directory:
 *     TERMS DIRECTORY
 *         TERM DIRECTORY_ENTRY { LINK target { "Surname, Name" } TEXT ", p. " PAGE_REF }
 *         DETAIL * { TEXT "label : " LINK url { handle or address } or note }
 *
 * Reading list:
 *     LIST READING, not tight
 *         ITEM READING_ENTRY, id "reading-ID"
 *             PARAGRAPH { title in EMPHASIS (in a LINK where it has an address),
 *                         author, date }
 *             PARAGRAPH SOURCE ? { LINK url { address } }
 *             PARAGRAPH RECOMMENDS ? { "Recommended by " LINK { name } " (p. " PAGE_REF ")" … }
 *
 * Index:
 *     SECTION INDEX
 *         HEADING 2 INDEX_LETTER
 *         LIST INDEX, tight
 *             ITEM INDEX_ENTRY
 *                 PARAGRAPH { TEXT name, TEXT ", ", PAGE_REFS { PAGE_REF * } }
 *   Its targets are NODE_ANCHORs in portraits, "ID-index-SLUG-N", and portraits.
 *   Anchors of names come and go with the people that the book knows; for them
 *   the e-book, whose text must stay, points to the question around.
 *   The layout prints each page once and joins runs ("12, 14–16").
 *
 * Notes (EPUB only; in print they stand at the foot of the page):
 *     HEADING 1
 *     SECTION *                   of each part with notes
 *         HEADING 2 { LINK target: the part }
 *         LIST ordered { ITEM id: the note's, note: the note { its body } } */
#ifndef BOOK_COMPOSE_H
#define BOOK_COMPOSE_H

#include "book/book.h"

void compose(struct book *book);

/* Is PART an entry of the table of contents? */
bool part_is_listed(const struct part *part);

/* The parts as indented text, for tests: a line a part, then its nodes. */
struct buf;
void compose_print(const struct book *book, struct buf *out);

#endif
