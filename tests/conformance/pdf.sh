#!/usr/bin/env bash
# The finished PDF: sound for qpdf, mutool and poppler, every font embedded,
# its text whole, its numbers right, its links and square codes true. Looked at
# in the default anthology and, where they are there, three raw interviews.
. "$(dirname "$0")/../lib.sh"

book=$work/default/derriere-le-compte
must "the default anthology builds" "$florilege" build -o "$work/default" content

# Debian's mutool says at each start that it was built without colour profiles.
says_nothing() {
    local said status
    said=$("$@" 2>&1); status=$?
    said=$(grep -v 'ICC support is not available' <<<"$said")
    echo "$said"
    [ $status -eq 0 ] && [ -z "$said" ]
}

fonts_embedded() {
    pdffonts "$1" | awk 'NR > 2 { n = NF; if ($(n - 4) != "yes" || $(n - 3) != "yes" || $(n - 2) != "yes") { print; bad = 1 } seen++
                                  if ($0 ~ /Type 3/) { print "Type 3: " $0; bad = 1 } }
                         END { if (!seen) { print "no fonts"; bad = 1 } exit bad }'
}

information() { # PDF TITLE: what pdfinfo says
    local said
    said=$(pdfinfo "$1")
    echo "$said"
    grep -q "^Title: *$2" <<<"$said" && grep -q '^Tagged: *yes' <<<"$said" &&
        grep -qE '^Encrypted: *no' <<<"$said" && grep -qE '^Page size: *419\.5[0-9]* x 595\.2[0-9]*' <<<"$said"
}

every_glyph() { ! mutool draw -q -F stext -o - "$1" 2>/dev/null | grep -m3 -E 'c="(&#xfffd;|�)"'; }

look() { # NAME BOOK TITLE LANGUAGE
    check "$1: qpdf --check" qpdf --check "$2.pdf"
    check "$1: mutool reads it without a warning" says_nothing mutool draw -q -F txt -o /dev/null "$2.pdf"
    check "$1: poppler reads it without a warning" says_nothing pdftotext "$2.pdf" /dev/null
    check "$1: every font embedded, cut and with Unicode" fonts_embedded "$2.pdf"
    check "$1: every glyph has its sign" every_glyph "$2.pdf"
    check "$1: pdfinfo" information "$2.pdf" "$3"
    check "$1: page labels" python3 tests/conformance/book_check.py labels "$2.pdf"
    check "$1: the table of contents has the right pages" python3 tests/conformance/book_check.py contents "$2.pdf" "$4"
    check "$1: every word of the portraits, in order" python3 tests/conformance/book_check.py text "$2.pdf" "$2.epub"
    check "$1: printed pages begin where the e-book says" python3 tests/conformance/book_check.py pages "$2.pdf" "$2.epub"
    check "$1: square codes read back" python3 tests/conformance/book_check.py codes "$2.pdf" "$2.epub"
}

look default "$book" "Derrière le compte" fr
if [ -d "$shared/seeds" ]; then
    import_seeds "$work/seeds" >"$work/said" 2>&1
    must "three interviews build" test -s "$seeds.pdf"
    look "three interviews" "$seeds" "$(sed -nE 's/^title: *"?([^"]*)"?$/\1/p' "$work/seeds/anthology.yaml")" fr
    check "three interviews: names and links on contact pages" \
        python3 tests/conformance/book_check.py contacts "$seeds.pdf" "$seeds.epub" "$shared"/golden/*.json
else
    skip "three interviews: ../shared/seeds is not here"
fi
finish
