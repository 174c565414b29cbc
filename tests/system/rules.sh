#!/usr/bin/env bash
# Rules that need a whole build, a style, a ledger or a broken program: each
# where it must speak and where it must not. And that every rule of `help rules`
# is expected by some test.
. "$(dirname "$0")/../lib.sh"
unset SOURCE_DATE_EPOCH

content=$work/content
style=$work/style
portrait=$content/portraits/ada-exemple.md
fresh() { rm -rf "$content" "$style" "$work/books"; small_anthology "$content"; cp -R styles/classique "$style"; }
build() { run "$florilege" build --only pdf -o "$work/books" "$@" "$content"; }

# told RULE WHAT and silent RULE WHAT, of what was run last.
told() { check "$1: $2" grep -qF "[$1]" <<<"$said"; }
silent() { check "$1: not $2" not_said "[$1]"; }
not_said() { ! grep -qF "$1" <<<"$said" || { echo "$said"; return 1; }; }

# ---- Content ---------------------------------------------------------------------

fresh
build --strict
for rule in address-long edition-open ledger-empty ledger-source no-content no-data no-date no-family \
    no-fonts no-glyph no-hyphens no-room no-strings no-style not-text not-that-edition strict \
    table-wide unreadable unwritable; do
    silent "$rule" "of a sound book"
done
equal "a sound book builds" 0 "$status"

sed -i "s|^contacts:|&\n  - {network: site, url: \"https://exemple.org/$(head -c 2990 /dev/zero | tr '\0' a)\"}|" "$portrait"
build
told address-long "an address of 3,000 signs"

fresh
sed -i '/^date:/d' "$portrait"
build
told no-date "a build without any date"
run "$florilege" check "$content"
told no-date "a check without any date"
SOURCE_DATE_EPOCH=1356998400 build
silent no-date "where the environment has one"

fresh
press_profile "$content/press.icc"
sed -i '$a paper:\n  profile: press.icc' "$content/anthology.yaml"
build
silent press-profile "the profile of a press"
for profile in none.icc ../elsewhere.icc screen.icc short.icc; do
    press_profile "$work/elsewhere.icc"
    cp /usr/share/color/icc/Gray.icc "$content/screen.icc"
    head -c 300 "$content/press.icc" >"$content/short.icc"
    sed -i "s|^  profile:.*|  profile: $profile|" "$content/anthology.yaml"
    build
    told press-profile "$profile"
    check "at its line" grep -q "anthology.yaml:[0-9]*:12: error: $profile " <<<"$said"
done

fresh
printf '\nUn signe: \xcd\xb8.\n' >>"$portrait"
build
told no-glyph "a sign that Unicode has not given out"
sed -i "s/^title: .*/& \xcd\xb8/" "$content/anthology.yaml"
build
check "in its place, not where the book repeats it" grep -q "^$portrait:[0-9]*:[0-9]*: .*\[no-glyph\]" <<<"$said"
build --strict
told strict "the same, strictly"

fresh
printf '\n| Encre | Papier |\n|---|---|\n| noire | %s |\n' "$(yes mot | head -n 40 | tr '\n' ' ')" >>"$portrait"
build
silent table-wide "a table with a long cell"
row=$(printf '| imprimerie %.0s' {1..14})
printf '\n%s|\n%s|\n%s|\n' "$row" "$(printf '|---%.0s' {1..14})" "$row" >>"$portrait"
build
told table-wide "a table of fourteen columns"

fresh
sed -i '2i language: tlh' "$portrait"
printf '\nUne phrase qui a bien cinq mots et davantage.\n' >>"$portrait"
build
told no-hyphens "a language that has no dictionary"
build --style grands-caracteres
silent no-hyphens "where nothing is hyphenated"
printf 'a\0b' >>"$portrait"
build
silent link-outside "a portrait in the folder"
told not-text "a portrait with a NUL"
mv "$portrait" "$work/elsewhere.md"
ln -s "$work/elsewhere.md" "$portrait"
build
told link-outside "a link to another folder"
rm "$portrait"
mkdir "$portrait"
build
told unreadable "a portrait that is a folder"
rm -r "$content"
build
told no-content "a folder that is not there"
mkdir "$content"
build
told no-content "a folder without anthology.yaml"

run "$florilege" init "$work/new"
silent not-empty "a new folder"
run "$florilege" init "$work/new"
told not-empty "a folder with files"

fresh
mkdir "$work/books"
echo file >"$work/books/file"
run "$florilege" build --only pdf -o "$work/books/file" "$content"
told unwritable "books in a folder that is a file"

# ---- Editions --------------------------------------------------------------------

fresh
"$florilege" edition new --date 2013-01-10 "$content" >/dev/null
build
silent edition-open "right after the edition"
build --edition 1
silent not-that-edition "of its own content"
silent other-program "by the same program"
sed -i 's/^  program: .*/  program: 0.0/' "$content/editions.yaml"
build --edition 1
told other-program "by another"
echo "Et rien de plus." >>"$portrait"
build
told edition-open "content that has moved on"
build --edition 1
told not-that-edition "the edition from other content"
: >"$content/editions.yaml"
build
told ledger-empty "a ledger without editions"
echo '- {number: 1, date: soon}' >"$content/editions.yaml"
build
told ledger "a date that is none"
told ledger-source "a ledger edited by hand"

# ---- Styles ----------------------------------------------------------------------

fresh
build --style "$style"
silent no-family "a style of faces that are there"
silent no-room "a style with margins"
run "$florilege" build --only epub --style "$style" -o "$work/books" "$content"
silent stylesheet "a style whose sheet is whole"
printf '\n@media print {\n  .qna { color: red;\n}\n' >>"$style/epub.css"
run "$florilege" build --only epub --style "$style" -o "$work/books" "$content"
told stylesheet "a brace that is not closed"
check "with the line of its rule" grep -q "epub.css:$(($(wc -l <"$style/epub.css") - 2)): " <<<"$said"
for address in '@import "more.css";' '.qna { background: URL("paper.png") }'; do
    cp styles/classique/epub.css "$style"
    printf '\n%s\n' "$address" >>"$style/epub.css"
    run "$florilege" build --only epub --style "$style" -o "$work/books" "$content"
    told stylesheet "$address"
done
cp styles/classique/epub.css "$style"
printf '\n.qna { background: url(data:image/png;base64,AAAA) }\n' >>"$style/epub.css"
run "$florilege" build --only epub --style "$style" -o "$work/books" "$content"
silent stylesheet "what it holds itself"
sed -i 's/^margins:.*/margins: {inner: 90 mm, outer: 90 mm, top: 18 mm, bottom: 20 mm}/' "$style/print.yaml"
build --style "$style"
told no-room "margins wider than the page"
fresh
sed -i '0,/family: .*/s//family: Nonesuch/' "$style/print.yaml"
grep -q 'Nonesuch' "$style/print.yaml" || sed -i 's/^body: {/&family: Nonesuch, /' "$style/print.yaml"
build --style "$style"
told no-family "a face that is not there"
build --style nowhere
told no-style "a style that is not there"

# ---- The program's own files -------------------------------------------------------

data=$work/data
fresh
mkdir "$data"
FLORILEGE_DATA=$data build
told no-data "a folder of data without styles"
cp -R styles fonts "$data"
FLORILEGE_DATA=$data build
silent no-strings "a whole folder of data"
rm "$data"/styles/strings/*
FLORILEGE_DATA=$data build
told no-strings "a folder of data without words"
rm -r "$data"/*
cp -R styles fonts "$data"
echo '<fontconfig></fontconfig>' >"$data/fonts/fonts.conf"
FLORILEGE_DATA=$data build
told no-fonts "a font configuration without fonts"

# ---- Sources ---------------------------------------------------------------------

from() { run "$florilege" import -o "$work/imported" "$@"; }
wxr() { # a WordPress export of one post
    printf '<?xml version="1.0"?>\n%s<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version><item><title>Ada Exemple</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><content:encoded><![CDATA[<p><strong>Que fais-tu?</strong></p><p>Je relie des livres.</p><p><strong>Depuis quand?</strong></p><p>Depuis hier.</p>]]></content:encoded></item></channel></rss>\n' "$1"
}
wxr '' >"$work/sound.xml"
from "$work/sound.xml"
for rule in doctype encoding exists export kind picture zip edited; do silent "$rule" "a sound export"; done
wxr '<!DOCTYPE rss>' >"$work/doctype.xml"
from "$work/doctype.xml"
told doctype "an export with a document type"
head -c 400 "$work/sound.xml" >"$work/short.xml"
from "$work/short.xml"
told export "an export cut short"
printf 'Ada Exemple\n\nQue fais-tu l\x27\xe9t\xe9?\n\nJe relie des livres \xe0 la main, d\xe8s l\x27aube.\n' >"$work/latin.txt"
from "$work/latin.txt"
told encoding "a text in Latin-1"
head -c 4000 "$florilege" >"$work/program.txt"
from "$work/program.txt"
told kind "a program"
printf 'PK\003\004 and nothing behind' >"$work/broken.zip"
from "$work/broken.zip"
told zip "a zip cut short"
mkdir -p "$work/series/images/ada"
printf -- '---\ntitle: Ada Exemple\n---\n\n#### Que fais-tu?\n\nJe relie des livres.\n\n#### Depuis quand?\n\nDepuis hier.\n' >"$work/series/ada.markdown"
cp tests/golden/portrait/photos/sound.png "$work/series/images/ada/portrait.png"
(cd "$work/series" && python3 -m zipfile -c ../series.zip ada.markdown images)
from "$work/series.zip"
silent picture "a sound one in a zip"
silent exists "one that comes first"
echo >>"$work/series/images/ada/portrait.png"
(cd "$work/series" && python3 -m zipfile -c ../series.zip ada.markdown images)
from "$work/series.zip"
told exists "another of the same name"
echo 'not a picture' >"$work/series/images/ada/portrait.png"
(cd "$work/series" && python3 -m zipfile -c ../series.zip ada.markdown images)
from "$work/series.zip"
told picture "one that is none, in a zip"

# ---- All of them -----------------------------------------------------------------

# In a golden .diag, as an argument of a unit test or a script.
expected() {
    grep -rqE "\[$1\]" tests/golden --include='*.diag' ||
        grep -rqE "\"$1\"|\[$1\]" tests/unit --include='*.c' ||
        grep -rqE "(told|refused) $1 |\[$1\]" tests/system tests/conformance --include='*.sh'
}
all_expected() {
    local rule failed=0
    for rule in $("$florilege" help rules | sed -nE 's/^([a-z0-9-]+) \(.*/\1/p'); do
        expected "$rule" || { echo "no test expects $rule"; failed=1; }
    done
    return $failed
}
check "every rule is expected by a test" all_expected
finish
