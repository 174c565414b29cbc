#!/usr/bin/env bash
# E-books of real interviews before the same checkers.
. "$(dirname "$0")/../lib.sh"
. tests/ebook.sh

if [ -d "$shared/seeds" ]; then
    import_seeds "$work/seeds" >"$work/said" 2>&1
    must "three interviews build" test -s "$seeds.epub"
    look "three interviews" "$seeds.epub"
else
    skip "three interviews: ../shared/seeds is not here"
fi
if [ -d "$shared/corpus" ]; then
    corpus_content "$work/corpus"
    must "78 interviews build" "$florilege" build --only epub -o "$work/corpus-book" "$work/corpus"
    look "78 interviews with photos" "$work/corpus-book/desks.epub"
else
    skip "78 interviews: ../shared/corpus is not here"
fi
finish
