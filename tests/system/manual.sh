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

# Keys that a page tells of, as `.It Ic a , Ic b` or `.Ic a` in a sentence, and those
# that the readers take. (What is passed over unread needs no word.)
told_in() { sed -nE 's/^\.(It )?Ic //p' "$1" | tr ' ' '\n' | grep -E '^[a-z0-9-]+$' | sort -u; }
items_of() { sed -nE 's/^\.It Ic //p' "$1" | tr ' ' '\n' | grep -E '^[a-z0-9-]+$' | sort -u; }
content_keys() { # PATTERN: of the lines without it
    grep -hv "$1" src/book/{anthology,contact,ledger,page,portrait,reading_list}.c |
        grep -oE '\.key = "[a-z0-9-]+"' | cut -d'"' -f2 | sort -u
}
style_keys() { grep -oE '\{ "[a-z-]+", (VALUE|STYLE)' src/layout/style.c | cut -d'"' -f2 | sort -u; }
none_left() { [ -z "$1" ] || { echo "$1"; return 1; }; }
keys_agree() { # PAGE TAKEN KNOWN ELSE: of what the page tells, ELSE are no keys
    check "$1 tells every key" none_left "$(comm -23 <(echo "$2") <(told_in "$1"))"
    check "$1 tells no other" none_left "$(comm -13 <(echo "$3") <(items_of "$1") | grep -vxE "$4")"
}

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
keys_agree doc/florilege-content.5 "$(content_keys YAML_TO_NOTHING)" "$(content_keys '^#')" '-'
keys_agree doc/florilege-style.5 "$(style_keys)" "$(style_keys)" 'classique|poche|grands-caracteres|headings|roles'
check "the examples of florilege-content(5) build" example_builds
finish
