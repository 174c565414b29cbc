#!/usr/bin/env bash
# The pages, measured: word spaces, hyphens, widows, feet and grid of real
# interviews in the style classique, feet and grid in all styles, by the
# typometrics tool where it is there.
. "$(dirname "$0")/../lib.sh"

tool=$shared/tools/typometrics.py
if [ ! -f "$tool" ]; then
    skip "typography: ../shared/tools is not here"
    finish
fi

# A line per measure: its name, the comparison, the bound.
bounds='
ratio_sd                <= 0.10
ratio_max               <= 1.40
loose15_pct             <= 0
tight08_pct             <= 2
hyphen_pct              <= 5
hyphen_runs3            <= 0
hyphen_at_page_end      <= 0
overfull_lines          <= 0
widows                  <= 0
orphans                 <= 0
short_last_lines        <= 0
headings_stranded       <= 0
heading_plus_1_line     <= 0
pages_off_bottom_pct    <= 2
lines_off_grid_pct      <= 0
'

# What holds for ragged lines and narrow ones, too.
page_bounds='
headings_stranded       <= 0
heading_plus_1_line     <= 0
pages_off_bottom_pct    <= 2
lines_off_grid_pct      <= 0
'

within() { # FILE NAME BOUND
    python3 - "$@" <<'END'
import json, sys
value = json.load(open(sys.argv[1], encoding="utf-8"))[sys.argv[2]]
print(sys.argv[2], "is", value, "and may be", sys.argv[3])
sys.exit(not (value or 0) <= float(sys.argv[3]))
END
}

measure() { # NAME PDF BOUNDS
    local name comparison bound
    python3 "$tool" --json "$2" >"$work/measures.json" 2>"$work/said"
    check "$1: the pages are measured" test -s "$work/measures.json"
    [ -s "$work/measures.json" ] || return
    while read -r name comparison bound; do
        [ -z "$name" ] || check "$1: $name $comparison $bound" within "$work/measures.json" "$name" "$bound"
    done <<<"$3"
}

import_seeds "$work/seeds" >"$work/said" 2>&1
must "three interviews build" test -s "$seeds.pdf"
measure "three interviews" "$seeds.pdf" "$bounds"
corpus_content "$work/corpus"
must "78 interviews build" "$florilege" build --only pdf -o "$work/corpus/book" "$work/corpus"
measure "78 interviews" "$work/corpus/book/desks.pdf" "$bounds"

for style in poche grands-caracteres; do
    for content in content "$work/seeds" "$work/corpus"; do
        folder=$work/$style/$(basename "$content")
        must "$style: $(basename "$content") builds" \
            "$florilege" build --only pdf --style "$style" -o "$folder" "$content"
        measure "$style, $(basename "$content")" "$folder"/*.pdf "$page_bounds"
    done
done
finish
