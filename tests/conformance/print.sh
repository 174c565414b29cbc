#!/usr/bin/env bash
# What goes to a printer, beside the conformance of pdf_rules.sh: sizes, colours
# and even pages of the print PDF, the cover's spine and bar code, the booklet's
# sheets, the flat plan.
. "$(dirname "$0")/../lib.sh"

content=$work/content
cp -R content "$content"
sed -i '/^  cover: true$/d' "$content/anthology.yaml"   # the booklet's, given back below
cat >"$content/editions.yaml" <<'END'
- number: 1
  date: 2026-03-01
  isbn: {print: 978-2-12-345680-3}
END
book=$work/book/derriere-le-compte
build() { "$florilege" build -o "$work/book" --only "$1" "$content"; }
caliper() { sed -i "s/^  caliper:.*/  caliper: $1/" "$content/anthology.yaml"; }

must "all that is printed builds" build print,booklet,cover,flatplan
pages=$(pdfinfo "$book-print.pdf" | awk '/^Pages:/ { print $2 }')

box() { pdfinfo -box "$1" | awk -v box="$2:" '$1 == box { print $4 - $2, $5 - $3 }'; }
equal "the print PDF has an even number of pages" 0 $((pages % 2))
equal "its trim is A5" "419.53 595.28" "$(box "$book-print.pdf" TrimBox)"
no_colour() { [ "$(qpdf --qdf "$book-print.pdf" - | grep -acE ' (rg|RG|k|K)$|/DeviceRGB')" -eq 0 ]; }
check "it is grey" no_colour
no_links() { ! qpdf --json --json-key=qpdf "$book-print.pdf" | grep -q '/Annot'; }
check "it has no links" no_links

# The cover is two pages and the spine wide, and 3 mm of bleed around.
spine() { awk -v pages="$1" -v caliper="$2" 'BEGIN {
    mm = 72 / 25.4; leaves = int((pages + 1) / 2)
    printf "%.1f %.1f\n", 2 * 148 * mm + leaves * caliper * mm, 210 * mm }'; }
trim() { box "$book-cover.pdf" TrimBox | awk '{ printf "%.1f %.1f\n", $1, $2 }'; }
inner=$("$florilege" build -o "$work/reading" --only pdf "$content" 2>/dev/null &&
    pdfinfo "$work/reading/derriere-le-compte.pdf" | awk '/^Pages:/ { print $2 - 2 }')
caliper 0.11 && build cover 2>/dev/null
equal "the cover's size" "$(spine "$inner" 0.11)" "$(trim)"
thin=$(pdftotext "$book-cover.pdf" - | grep -c "Derrière le compte")
caliper 0.6 && build cover 2>/dev/null
equal "a thicker paper, a wider spine" "$(spine "$inner" 0.6)" "$(trim)"
equal "only that has words on it" "1" "$(($(pdftotext "$book-cover.pdf" - | grep -c "Derrière le compte") - thin))"
code_reads() {
    pdftoppm -r 300 -png "$book-cover.pdf" "$work/cover" &&
        zbarimg -q "$work"/cover*.png 2>/dev/null | grep -qx 'EAN-13:9782123456803'
}
check "the bar code reads" code_reads

# A long blurb, of two paragraphs, ends above the bar code; a long title is on the spine.
mkdir "$work/long" && cp -R "$content" "$work/long/content"
sed -i -e "s/^title:.*/title: Derrière le compte, et devant, et tout autour de ceux qui le tiennent à jour/" \
    -e "/s’invente\.\$/a\\\n  Ensuite$(printf ' on en parle%.0s' {1..90}) terminus" "$work/long/content/anthology.yaml"
long_cover() {
    "$florilege" build -o "$work/long" --only cover "$work/long/content" 2>"$work/long.err" &&
        pdftotext -bbox "$work/long/derriere-le-compte-cover.pdf" "$work/long/words.html"
}
check "a long blurb builds" long_cover
word() { sed -n "s/.* $1=\"\([0-9.]*\)\".*>$2<.*/\1/p" "$work/long/words.html" | head -1; }
above() { echo "$1 $2"; awk -v one="$1" -v other="$2" 'BEGIN { exit !(one > 0 && one < other) }'; }
check "it ends above the bar code" above "$(word yMax terminus)" "$(word yMin ISBN)"
equal "its second paragraph begins a line" "$(word xMin Qui)" "$(word xMin Ensuite)"
check "nothing is told of it" test ! -s "$work/long.err"
too_long() {
    sed -i "s/^  Ensuite/  Ensuite$(printf ' on en reparle%.0s' {1..300})/" "$work/long/content/anthology.yaml"
    long_cover && grep -qF '[blurb-long]' "$work/long.err"
}
equal "a long title is on front and spine" 2 "$(grep -c '>autour<' "$work/long/words.html")"
check "one that no size makes fit is told" too_long

every_page_on_sheets() { # each label of the print PDF's pages is on the plan
    local text label failed=0
    text=$(pdftotext -layout "$book-flatplan.pdf" -)
    for label in i ii iii vii 1 2 10; do
        grep -qwF "$label" <<<"$text" || { echo "no $label"; failed=1; }
    done
    return $failed
}
check "the flat plan shows every page" every_page_on_sheets
check "and as a picture" test "$(head -c 8 "$book-flatplan.png" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a
sheets=$(pdfinfo "$book-booklet.pdf" | awk '/^Pages:/ { print $2 / 2 }')
equal "the booklet's sheets" $(((pages + 3) / 4)) "$sheets"
# With a cover: a sheet more, the back and the front on its outer side, in colour.
echo '  cover: true' >>"$content/anthology.yaml"   # its last key is the booklet
must "the booklet in a cover builds" build booklet
equal "a cover is a sheet more" $((sheets + 1)) "$(pdfinfo "$book-booklet.pdf" | awk '/^Pages:/ { print $2 / 2 }')"
side() { pdftotext -f "$1" -l "$1" -layout "$book-booklet.pdf" - | tr -d '[:space:]'; }
check "the title is on the outer side" grep -qF Derrièrelecompte <<<"$(side 1)"
equal "nothing on the inner one" "" "$(side 2)"
check "nothing but the booklet is left of it" test ! -e "$book-booklet-cover.pdf"

# Pages larger than the paper: what is to be changed stands in anthology.yaml.
sed -i '/^  scale: true$/d' "$content/anthology.yaml"
too_large() {
    ! "$florilege" build -o "$work/large" --only booklet --style grands-caracteres "$content" \
        2>"$work/large.err" &&
        grep -q "^$content/anthology.yaml: error: .*booklet: {scale: true}.*too-large" "$work/large.err"
}
check "a booklet too large for its paper names the key" too_large

advises_signatures() { # told of 5 times the book, not of the book
    local print=$book-print.pdf
    qpdf --empty --pages "$print" "$print" "$print" "$print" "$print" -- "$work/five.pdf" &&
        "$florilege" booklet "$work/five.pdf" "$work/sheets.pdf" 2>&1 | grep -q "signatures of 4 to 8" &&
        ! "$florilege" booklet "$print" "$work/sheets.pdf" 2>&1 | grep -q signatures
}
check "of sheets too many to fold together signatures are advised" advises_signatures
for file in print booklet cover flatplan; do
    check "$file: qpdf finds nothing" qpdf --check "$book-$file.pdf"
done
finish
