#!/usr/bin/env bash
# How the source hangs together: which folder may include which, where each
# library may appear, headers that compile alone, the size of functions and
# files, no state, no clock, no network.
. "$(dirname "$0")/../lib.sh"

# A line per include of our own: file, and the folder it includes from.
own_includes() { grep -noE '^#include "[a-z_]+/' src/*/*.[ch] | sed -E 's/:[0-9]+:#include "/ /; s,/$,,'; }

one_way() {
    own_includes | awk '
        BEGIN {
            may["base"] = "base"; may["book"] = "base book"
            may["import"] = "base book import"; may["layout"] = "base book layout"
            may["pdf"] = "base book layout pdf"; may["epub"] = "base book layout epub"
        }
        { split($1, path, "/"); from = path[2]; seen++ }
        !(from in may) { print $1 ": a folder of no place in the way through"; bad = 1; next }
        !index(" " may[from] " ", " " $2 " ") { print $1 " includes " $2 "/"; bad = 1 }
        END { if (seen < 20) { print "only " seen " includes were found"; bad = 1 }; exit bad }'
}

top_is_not_included() {
    ! grep -nE '^#include "(build|main|edition|check)[a-z_]*\.h"' src/*/*.[ch]
}

# The pattern of a header, then the folders where it may stand.
libraries='
qpdf/                pdf
zip\.h               epub import
libxml/              import epub
cairo                pdf
cmark                book import
yaml\.h              book layout import
gdk-pixbuf/          book pdf epub
hyphen\.h            layout
pango/               layout
qrencode\.h          layout
zint\.h              pdf layout
cmocka\.h            nowhere
'

libraries_in_place() {
    local failed=0 header folders folder files
    while read -r header folders; do
        [ -n "$header" ] || continue
        files=$(grep -lE "^#include <$header" src/*.[ch] src/*/*.[ch])
        for folder in $folders; do
            files=$(printf '%s\n' "$files" | grep -v "^src/$folder/")
        done
        if [ -n "$files" ]; then
            echo "<$header may stand in $folders only, not in" $files
            failed=1
        fi
    done <<<"$libraries"
    return $failed
}

headers_alone() {
    local flags
    flags=$(pkg-config --cflags glib-2.0 libxml-2.0 pangoft2 harfbuzz libqpdf libzip cairo gdk-pixbuf-2.0)
    # shellcheck disable=SC2086
    printf '%s\n' src/*.h src/*/*.h | xargs -P 2 -n 8 "${CC:-cc}" -std=c11 -D_XOPEN_SOURCE=700 \
        -Wall -Wextra -Werror -Isrc $flags -fsyntax-only -x c
}

# A line per function: its length, file and line. A function begins at a brace
# in the first column and ends at the next closing one there.
functions() {
    awk 'FNR == 1 { open = 0 }
         /^\{/ { open = FNR }
         /^\}/ { if (open) print FNR - open + 1, FILENAME ":" open; open = 0 }' \
        src/*.c src/*/*.c
}

functions_fit() { functions | awk '$1 > 80 { print $2 ": " $1 " lines"; bad = 1 } END { exit bad }'; }

most_functions_are_short() {
    functions | sort -n | awk '{ length_[NR] = $1 }
        END { median = length_[int((NR + 1) / 2)]; most = length_[int(NR * 0.95)]
              print NR " functions, median " median ", 95 % up to " most " lines"
              exit !(NR > 50 && median <= 16 && most <= 40) }'
}

files_fit() {
    wc -l src/*.[ch] src/*/*.[ch] | awk '$2 != "total" && $1 > 700 { print $2 ": " $1; bad = 1 } END { exit bad }'
}

# The value of a variable of the Makefile.
variable() { make -s -n --print-data-base -f Makefile help 2>/dev/null | sed -n "s/^$1 := //p"; }

all_sources_listed() {
    diff <(variable SRC | tr ' ' '\n' | grep . | sort) <(ls src/*/*.c | sort)
}

# Two functions of one name: the linker would take either.
names_are_single() {
    local twice
    twice=$(nm "$BUILD/libflorilege.a" | awk '/ [TRD] / { print $3 }' | grep -v '^__odr' | sort | uniq -d)
    echo "$twice"
    [ -z "$twice" ]
}

# Every module that the Makefile asks pkg-config for is in the set-up's list.
all_libraries_installed() {
    local unknown
    unknown=$(comm -23 <(variable PACKAGES | tr ' ' '\n' | grep . | sort || echo 'no list at all') \
        <(sed -nE 's/^(book|test|fuzz) module:([^ ]+) .*/\2/p' tests/setup | tr ',' '\n' | sort))
    [ -z "$unknown" ] || { echo "tests/setup has no package for" $unknown; return 1; }
}

# Paths of one machine, in anything that is kept.
no_machine_paths() {
    ! git grep -nIE '/(wor[k]|hom[e]|roo[t]|User[s])/[A-Za-z]' -- . ':!tests/checkers/package-lock.json'
}

# Variables that are not constant, in sections that are written to.
no_state() {
    objdump -t "$BUILD/libflorilege.a" | awk '
        / file format / { object = $1; sub(/:$/, "", object) }
        object !~ /^(diag|publish)\.o$/ && / O \.(data|bss|tdata|tbss|data\.rel|data\.rel\.local|data\.[a-z_]+)\t/ &&
            $NF !~ /asan|ubsan|^\.L|^cmark_lock/ && $0 !~ /\.data\.rel\.ro/ { print object ": " $NF; bad = 1 }
        END { exit bad }'
}

# What would make two builds differ, or reach out of the machine.
no_clock_no_chance_no_network() {
    ! nm -A -u "$BUILD/libflorilege.a" |
        grep -wE 'rand|random|rand_r|drand48|arc4random|time|gettimeofday|localtime|localtime_r|setlocale|system|popen|execvp|socket|connect|getaddrinfo|xmlNanoHTTPOpen'
}

no_marks_left() { ! git grep -nE '\b(TOD[O]|FIXM[E]|XX[X])\b' -- src tests; }

check "includes go one way" one_way
check "the commands are not included from below" top_is_not_included
check "libraries stand only where they may" libraries_in_place
check "every header compiles alone" headers_alone
check "no function over 80 lines" functions_fit
check "most functions are short" most_functions_are_short
check "no file over 700 lines" files_fit
check "every source is built" all_sources_listed
check "every public name is one" names_are_single
check "the set-up knows every library" all_libraries_installed
check "no path of a machine" no_machine_paths
check "no state but the diagnostics, the published files and the lock of cmark" no_state
check "no clock, no chance, no locale, no network" no_clock_no_chance_no_network
check "nothing marked as unfinished" no_marks_left
finish
