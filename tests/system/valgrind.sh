#!/usr/bin/env bash
# The main job under valgrind, on a small book: no invalid access, nothing of
# ours lost.
. "$(dirname "$0")/../lib.sh"

clean() {
    run valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
        --show-leak-kinds=definite --suppressions=tests/valgrind.supp "$@"
    echo "exit $status, said: $said"
    [ "$status" -eq 0 ]
}

case $BUILD in
*san) skip "valgrind: the program is sanitized already"; finish ;;
esac
small_anthology "$work/content"
check "build" clean "$florilege" build -o "$work/book" "$work/content"
check "init" clean "$florilege" init "$work/new"
if [ -d "$shared/seeds" ]; then
    check "import" clean "$florilege" import -o "$work/seeds" "$shared/seeds/melissa-carroll.txt"
else
    skip "import: ../shared/seeds is not here"
fi
finish
