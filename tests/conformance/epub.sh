#!/usr/bin/env bash
# The finished e-book before the checkers of the field: EPUBCheck, with nothing
# to say but two notes that every book with fonts gets, Ace, no violation, and
# two reading systems; its ONIX record against what ONIX documents.
. "$(dirname "$0")/../lib.sh"
. tests/ebook.sh

# The e-book names the PDF as the source of its pages: by the PDF's own identifier.
same_source() {
    local named
    named=$(unzip -p "$1.epub" EPUB/package.opf | sed -n 's/.*"pageBreakSource">\([^<]*\)<.*/\1/p')
    echo "the e-book names $named"
    [ -n "$named" ] && grep -aqF "<dc:identifier>$named</dc:identifier>" "$1.pdf"
}

must "the default anthology builds" "$florilege" build -o "$work/default" content
check "the page list names the PDF" same_source "$work/default/derriere-le-compte"
look default "$work/default/derriere-le-compte.epub"
must "init" "$florilege" init "$work/new"
must "its anthology builds" "$florilege" build --only epub -o "$work/new-book" "$work/new"
look init "$work/new-book/anthology.epub"
# Every kind of text, in parts, and an address that nothing parts.
cp -R tests/golden/ebook "$work/mains"
printf 'parts:\n  - {title: "À l’atelier", portraits: [ada-exemple]}\n' >>"$work/mains/anthology.yaml"
printf '\nVoir https://example.org/%s.\n' "$(printf 'copeaux%.0s' {1..25})" >>"$work/mains/portraits/ada-exemple.md"
for style in classique poche grands-caracteres; do
    must "$style: every kind of text builds" \
        "$florilege" build --only epub --style $style -o "$work/$style" "$work/mains"
    look "$style" "$work/$style/mains.epub"
done
while read -r language code edition; do
    folder=$work/$language
    must "$language: an anthology builds" \
        "$florilege" build --only epub -o "$folder" "tests/golden/compose-$language"
    epub=$(echo "$folder"/*.epub)
    look "$language" "$epub"
    check "$language: ONIX has the code of the language" \
        grep -qF "<LanguageCode>$code</LanguageCode>" "${epub%.epub}-onix.xml"
    check "$language: ONIX has the statement of the edition" \
        grep -qF "<EditionStatement>$edition" "${epub%.epub}-onix.xml"
done <<END
de ger 2.
es spa Segunda edición
it ita Seconda edizione
nl dut Tweede druk
pt-BR por Segunda edição
pt-PT por Segunda edição
END
finish
