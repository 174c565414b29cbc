#!/usr/bin/env bash
# A minute of fuzzing in all, the readers in parallel: what it finds is a bug, and
# the input is in build/fuzz/found. Chance has the same seed every time, so that a
# change fails for what it did; `make fuzz` is for longer and has another each time.
cd "$(dirname "$0")/../.." || exit 1
programs=()
for program in build/fuzz/fuzz/*; do        # lists of headers lie beside them
    [ -x "$program" ] && programs+=("$program")
done
if [ ${#programs[@]} -eq 0 ] || [ "$BUILD" != build ]; then
    . tests/lib.sh
    skip "fuzzing: \`make FUZZ=1 fuzzers\` builds the programs"
    finish
fi
export FUZZ_OPTIONS=-seed=1
exec tests/fuzz/run $((60 * $(nproc) / ${#programs[@]})) "${programs[@]}"
