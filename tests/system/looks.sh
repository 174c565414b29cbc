#!/usr/bin/env bash
# The questions of real interviews, given looks that their own pages do not have: at
# least 95 % are found, and of what is given at most 2 % is no question.
. "$(dirname "$0")/../lib.sh"

if [ ! -d "$shared/seeds" ] || [ ! -d "$shared/corpus" ]; then
    skip "real interviews in other looks: ../shared is not here"
    finish
fi

some_of_corpus() { # every fifth
    local n=0 file
    for file in "$shared"/corpus/posts/*; do
        ((n++ % 5 == 0)) && printf '%s\0' "$file"
    done
}

import_all() {
    mapfile -d '' corpus < <(some_of_corpus)
    "$florilege" import -o "$work/seeds" "$shared"/seeds/*.txt &&
        "$florilege" import -o "$work/corpus" "${corpus[@]}"
}

must "real interviews are read as they are" import_all
for look in $(python3 tests/system/looks.py "$florilege" "$work" list); do
    mkdir "$work/$look"
    check "questions in the look “$look”" python3 tests/system/looks.py "$florilege" \
        "$work/$look" "$look" "$work"/seeds/portraits/*.md "$work"/corpus/portraits/*.md
done
finish
