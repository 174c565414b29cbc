# What the test scripts share. A script sources it, calls check, fails or skip
# for each thing it looks at, and ends with `finish`. $work is an empty folder
# of its own, removed at the end; the working folder is the top of the tree.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
top=$PWD
: "${BUILD:=build}"
: "${FLORILEGE:=$top/$BUILD/florilege}"
florilege=$FLORILEGE
shared=$top/../shared
checkers=$top/build/checkers
work=$(mktemp -d "${TMPDIR:-/tmp}/florilege-test.XXXXXX") || exit 1
export XDG_CACHE_HOME=$work/.cache
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
tests=0 bad=0

# check NAME COMMAND…: passes when the command does; its output is shown when
# it does not.
check() {
    local name=$1 output
    shift
    tests=$((tests + 1))
    if output=$("$@" 2>&1); then
        echo "ok $tests - $name"
    else
        bad=$((bad + 1))
        echo "not ok $tests - $name"
        printf '%s\n' "$output" | tail -n 25 | sed 's/^/# /'
    fi
}

# must NAME COMMAND…: a check without which the rest of the script makes no sense.
must() {
    local before=$bad
    check "$@"
    [ "$bad" -eq "$before" ] || finish
}

# equal NAME EXPECTED ACTUAL: two strings.
equal() { check "$1" same "$2" "$3"; }
same() { [ "$1" = "$2" ] || { printf 'expected: %s\n  actual: %s\n' "$1" "$2"; return 1; }; }

skip() { tests=$((tests + 1)); echo "ok $tests # SKIP $1"; }

finish() { echo "1..$tests"; [ "$bad" -eq 0 ]; exit; }

# run COMMAND…: keeps its exit status in $status and what it said in $said
# (stderr) and $out (stdout).
run() {
    "$@" >"$work/.out" 2>"$work/.err" </dev/null
    status=$?
    out=$(cat "$work/.out") said=$(cat "$work/.err")
}

# import_seeds FOLDER: the three raw interviews, imported and built into
# FOLDER/book; the books' path without its ending in $seeds.
import_seeds() {
    "$florilege" import -o "$1" "$shared"/seeds/*.txt && "$florilege" build -o "$1/book" "$1"
    local status=$?
    seeds=$(ls "$1"/book/*.pdf 2>/dev/null)
    seeds=${seeds%.pdf}
    return $status
}

# A portrait and an anthology that are all right, for tests to break.
small_anthology() {
    mkdir -p "$1/portraits"
    cat >"$1/anthology.yaml" <<'END'
title: Petites voix
slug: petites-voix
language: fr-CA
work: urn:uuid:0b6d5a1e-6a53-4c0b-9f0e-0f8c2f1d7a11
rights: Domaine public
END
    cat >"$1/portraits/ada-exemple.md" <<'END'
---
name: Ada Exemple
role: relieuse
date: 2012-05-14
contacts:
  - {network: twitter, handle: "@ada_exemple"}
---
Elle relie des livres depuis vingt ans.

## Pourquoi le papier?

Parce qu’il garde la trace des mains.
END
}

# press_profile FILE: the profile of a press that prints grey: that of a screen, said
# to be of another class.
press_profile() {
    local grey=/usr/share/color/icc/Gray.icc
    { head -c 12 "$grey" && printf prtr && tail -c +17 "$grey"; } >"$1"
}

# The 78 published interviews of ../shared/corpus as an anthology, by a few
# lines of shell: their front matter and headings stay as they are.
corpus_content() {
    local post stem
    mkdir -p "$1/portraits" "$1/photos"
    for post in "$shared"/corpus/posts/*.markdown; do
        stem=$(basename "$post" .markdown)
        cp "$post" "$1/portraits/${stem//./-}.md"
        cp "$shared/corpus/images/$stem/portrait.jpg" "$1/photos/${stem//./-}.jpg"
    done
    cat >"$1/anthology.yaml" <<'END'
title: Seventy-Eight Desks
slug: desks
language: en-US
work: urn:uuid:3d1d9bd7-6b4b-4f0a-8a61-66a1d3c1f0aa
rights: For tests alone
END
}
