#!/usr/bin/env bash
# The command line: exit statuses, usage, help, the version; and that help and
# manual name the same commands and options.
. "$(dirname "$0")/../lib.sh"

# usage_error NAME PATTERN ARGUMENT…: exit status 2, PATTERN on stderr, nothing
# on stdout.
usage_error() {
    local name=$1 pattern=$2
    shift 2
    run "$florilege" "$@"
    check "$name" wrong_usage "$pattern"
}

wrong_usage() {
    echo "exit $status, said: $said"
    [ "$status" -eq 2 ] && [ -z "$out" ] && grep -qE -- "$1" <<<"$said"
}

said_well() { echo "exit $status: $out$said"; [ "$status" -eq 0 ] && [ -z "$said" ] && grep -qE -- "$1" <<<"$out"; }

commands=$("$florilege" help | sed -nE 's/^  ([a-z]+) .*/\1/p')

cd "$work" || exit 1
usage_error "no command" "usage: florilege COMMAND"
usage_error "an unknown command" "no command .*publish" publish
usage_error "an unknown option" "unknown option --colour" build --colour
usage_error "an unknown short option" "unknown option -x" build -x
usage_error "an unknown letter among others" "unknown option -x" build -xo
usage_error "-o where nothing is written" "unknown option -o" edition status -o books
usage_error "an empty name of a folder" "is empty" init ""
usage_error "an empty folder of books" "is empty" build -o ""
usage_error "an option without its value" "-o needs a value" build -o
usage_error "an unknown form of book" "paperback" build --only epub,paperback
usage_error "no form of book" "only" build --only ""
usage_error "an edition that is no number" "--edition" build --edition second
usage_error "a cover of no booklet" "--only booklet --cover" build --cover
usage_error "a cover and another back" "leave --back-cover out" booklet --cover a.pdf --back-cover b.pdf c.pdf
usage_error "no jobs" "--jobs" build --jobs 0
usage_error "two folders of content" "one folder" build a b
usage_error "import of nothing" "at least one source" import -o somewhere
usage_error "init without a folder" "one folder" init
usage_error "help of an unknown command" "no command .*publish" help publish
equal "wrong usage leaves nothing behind" "" "$(ls "$work")"

run "$florilege" --version
check "--version" said_well '^florilege [0-9]+\.[0-9]+$'
unheard() { [ "$status" -eq 1 ] && grep -q 'standard output' <<<"$said" || { echo "exit $status: $said"; return 1; }; }
for told in --version --help "help build" "help rules"; do
    run bash -c "'$florilege' $told >&-"
    check "$told, and nobody to hear it" unheard
done
# No file of ours takes the place of the closed streams and then what is told there.
run "$florilege" init "l'été à -2"
check "a command to type has quotes" grep -qF "florilege build 'l'\\''été à -2'" <<<"$out"
sed -i 's/^title/tilte: wrong\n&/' "l'été à -2/anthology.yaml"
run "$florilege" build -o told "l'été à -2"
run bash -c "'$florilege' build -o untold \"l'été à -2\" <&- >&- 2>&-"
check "books without any standard stream are the same" diff -r told untold
rm -r "l'été à -2" told untold
run "$florilege" help
check "help" said_well '^  build '
help=$out
run "$florilege" --help
equal "--help is help" "$help" "$out"
for command in $commands; do
    run "$florilege" help "$command"
    check "help $command" said_well "^usage: florilege $command"
    help=$out
    run "$florilege" "$command" --help
    equal "$command --help" "$help" "$out"
done

# ---- help, manual, README agree ----

cd "$top" || exit 1
manual() { mandoc -T utf8 -O width=200 "$1" | sed 's/.\x08//g'; }

options_of() { "$florilege" help "$1" | sed -nE 's/^  (-[-a-z]+) .*/\1/p'; }

in_manual() {
    local text command option failed=0
    text=$(manual doc/florilege.1)
    for command in $commands; do
        grep -qE "florilege $command" <<<"$text" || { echo "the manual has no florilege $command"; failed=1; }
        for option in $(options_of "$command"); do
            grep -qE -- "(^|[^a-z-])$option([^a-z-]|$)" <<<"$text" ||
                { echo "the manual has no $option of $command"; failed=1; }
        done
    done
    return $failed
}

# Every option of the manual's synopsis is in some command's help.
in_help() {
    local all option failed=0
    all=$(for command in $commands; do options_of "$command"; done; echo --help; echo --version)
    for option in $(sed -nE '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/s/^\.(Op )?Fl ([-a-z]+).*/-\2/p' doc/florilege.1); do
        grep -qxF -- "$option" <<<"$all" || { echo "no help has $option"; failed=1; }
    done
    return $failed
}

check "the manual has every command and option" in_manual
check "the manual promises no other option" in_help
finish
