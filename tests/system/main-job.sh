#!/usr/bin/env bash
# The main job, end to end, also run with sanitizers: the default anthology,
# one made by init, and three raw interviews imported and built.
. "$(dirname "$0")/../lib.sh"

quietly() { # a command that succeeds and has nothing to say on stderr
    run "$@"
    echo "exit $status, said: $said"
    [ "$status" -eq 0 ] && [ -z "$said" ]
}

without_error() {
    run "$@"
    echo "exit $status, said: $said"
    [ "$status" -eq 0 ] && ! grep -qE 'error|Sanitizer|runtime' <<<"$said"
}

books() { # DIR SLUG: both books, what goes with the e-book, and no unfinished piece
    ls -lA "$1"
    [ -z "$(ls -A "$1" | grep -vE "^$2(\.epub|\.pdf|-onix\.xml|-contacts\.vcf)$")" ] &&
        [ "$(head -c 5 "$1/$2.pdf")" = "%PDF-" ] &&
        [ "$(head -c 58 "$1/$2.epub" | tail -c 28)" = "mimetypeapplication/epub+zip" ]
}

must "the default anthology builds without a word" quietly "$florilege" build -o "$work/book" content
check "its books are there" books "$work/book" derriere-le-compte
check "it builds with one thread" quietly "$florilege" build --jobs 1 -o "$work/one" content
check "one thread or many make the same books" diff -r "$work/book" "$work/one"
check "only the e-book, on request" quietly "$florilege" build --only epub -o "$work/epub" content
equal "no PDF then" "" "$(ls "$work/epub" | grep pdf)"
check "the e-book alone is the same" cmp "$work/book/derriere-le-compte.epub" "$work/epub/derriere-le-compte.epub"

for style in styles/*/print.yaml; do
    style=$(basename "$(dirname "$style")")
    check "style $style" quietly "$florilege" build --style "$style" -o "$work/$style" content
done

run "$florilege" init "$work/new"
equal "init" 0 "$status"
check "what init made builds without a word" quietly "$florilege" build --strict -o "$work/new-book" "$work/new"

if [ -d "$shared/seeds" ]; then
    must "three raw interviews are imported" without_error "$florilege" import -o "$work/seeds" "$shared"/seeds/*.txt
    equal "three portraits" 3 "$(ls "$work/seeds/portraits" | wc -l)"
    check "they build" without_error "$florilege" build -o "$work/seeds/book" "$work/seeds"
    check "both books are there" test "$(ls "$work"/seeds/book/*.epub "$work"/seeds/book/*.pdf | wc -l)" -eq 2
    equal "83 questions" 83 "$(cat "$work"/seeds/portraits/*.md | grep -c '^## ')"
else
    skip "three raw interviews: ../shared/seeds is not here"
fi
finish
