#!/usr/bin/env bash
# What a folder of content names is found from wherever one builds.
. "$(dirname "$0")/../lib.sh"

content=$work/here/content
contains() { grep -qF "$2" <<<"$1" || { printf '%s\n' "$1" | head -n 40; return 1; }; }
width() { pdfinfo "$1" | sed -nE 's/^Page size: +([0-9]+).*/\1/p'; }

# A style like NAME, but of another width.
narrow_style() { cp -R "$top/styles/classique" "$1" && sed -i "s/^trim: {width: [0-9]*/trim: {width: $2/" "$1/print.yaml"; }

small_anthology "$content"
narrow_style "$content/ours" 120
narrow_style "$work/theirs" 130
echo 'style: ./ours' >>"$content/anthology.yaml"

cd "$work" || exit 1
must "a style in the content folder" "$florilege" build --only pdf -o one "$content"
equal "is the one that is used" "340" "$(width one/petites-voix.pdf)"
must "the command line's is that of the working folder" "$florilege" build --only pdf --style ./theirs -o two "$content"
equal "and goes before" "368" "$(width two/petites-voix.pdf)"
"$florilege" edition new --date 2013-01-10 "$content" >/dev/null
sed -i "s/top: 18 mm/top: 21 mm/" "$content/ours/print.yaml"
run "$florilege" edition status "$content"
check "an edition knows that style" contains "$out" "file changed: ./ours/print.yaml"
sed -i 's/^style:.*/style: poche/' "$content/anthology.yaml"
must "a style by its name" "$florilege" build --only pdf -o three "$content"
equal "is the program's" "311" "$(width three/petites-voix.pdf)"
sed -i 's/^style:.*/style: .\/nowhere/' "$content/anthology.yaml"
run "$florilege" build --only pdf -o four "$content"
equal "a style that is not there is refused" 1 "$status"
check "by its path" contains "$said" "$content/./nowhere"
finish
