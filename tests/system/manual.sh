#!/usr/bin/env bash
# The manual pages: mandoc finds nothing to say about them, and their examples
# are what the program takes.
. "$(dirname "$0")/../lib.sh"

# A page that refers to another of ours finds it in the same folder.
lint() { ! mandoc -T lint "$1" | grep -vE "referenced manual not found: Xr florilege(-content|-style)? [15]"; }

references() {
    local failed=0 page
    for page in $(sed -nE 's/^\.Xr (florilege[a-z-]*) ([0-9]).*/\1.\2/p' doc/*.[15] | sort -u); do
        [ -f "doc/$page" ] || { echo "no doc/$page"; failed=1; }
    done
    return $failed
}

# The keys that the page on content tells of; then those the program takes.
example() { # PAGE FILE: the literal block that follows the file's name
    awk -v file="$2" '/^\.Sh EXAMPLES/ { examples = 1 }
         examples && $0 ~ "^\\.Pa " file " :" { found = 1 }
         found && /^\.Ed/ { exit }
         found && inside { print }
         found && /^\.Bd/ { inside = 1 }' "$1"
}

example_builds() {
    local folder=$work/example page=doc/florilege-content.5
    mkdir -p "$folder/portraits" "$folder/front"
    example $page anthology.yaml | sed 's/, sam-sample//' >"$folder/anthology.yaml"
    example $page portraits/robin-example.md >"$folder/portraits/robin-example.md"
    example $page reading-list.yaml >"$folder/reading-list.yaml"
    printf '# Preface\n\nA page.\n' >"$folder/front/preface.md"
    "$florilege" build --strict -o "$folder/book" "$folder" && [ -s "$folder/book/harbour.pdf" ]
}

for page in doc/*.[15]; do
    check "$page" lint "$page"
done
check "pages refer to pages that exist" references
check "the examples of florilege-content(5) build" example_builds
finish
