#!/usr/bin/env bash
# Large pictures made ready are kept for the next build: the books are the same
# with and without, whatever became of what was kept.
. "$(dirname "$0")/../lib.sh"
small_anthology "$work/content"
kept=$XDG_CACHE_HOME/florilege

books() { # FOLDER [OPTION…]
    local folder=$work/$1
    shift
    "$florilege" build --only epub,pdf,print "$@" -o "$folder" "$work/content"
}

same_books() { books "$@" && diff -r "$work/plain" "$work/$1"; }

# Two people with photographs from a camera: pages of a book, as large pictures.
photographs() {
    local name portraits=$work/content/portraits
    books small --no-cache && mkdir "$work/content/photos" || return 1
    sed 's/Ada Exemple/Zoé Modèle/' "$portraits/ada-exemple.md" >"$portraits/zoe-modele.md"
    for name in ada-exemple zoe-modele; do
        sed -i "s,^role:,photo: ../photos/$name.jpg\\nrole:," "$portraits/$name.md"
    done
    pdftoppm -singlefile -jpeg -r 360 -f 1 "$work/small/petites-voix.pdf" "$work/content/photos/ada-exemple" &&
        pdftoppm -singlefile -jpeg -r 360 -f 9 "$work/small/petites-voix.pdf" "$work/content/photos/zoe-modele"
}

entries() { find "$kept" -type f 2>/dev/null | wc -l; }

nothing_kept() { books plain --no-cache && [ ! -e "$kept" ]; }

# Each picture three times: for the screen, in colour and in grey.
first_time() { same_books first && equal_number "$(entries)" 6; }
equal_number() { [ "$1" -eq "$2" ] || { echo "$1, not $2"; return 1; }; }

second_time() { same_books second --jobs 1 && equal_number "$(entries)" 6; }

# Entries exchanged, sums and all, show that they are what the books take.
exchanged() {
    local -a files
    readarray -t files < <(find "$kept" -type f)
    mv "${files[0]}" "$work/first-entry"
    for ((i = 1; i < ${#files[@]}; i++)); do mv "${files[i]}" "${files[i - 1]}"; done
    mv "$work/first-entry" "${files[-1]}"
    books exchanged && ! diff -rq "$work/plain" "$work/exchanged" >/dev/null
}

spoilt() { # COMMAND…, with the path of each entry behind it
    find "$kept" -type f -exec "$@" {} \; && same_books spoilt
}

written_over() { spoilt sh -c 'printf "no picture at all" >"$1"' -; }
cut_short() { spoilt truncate -s -1; }
emptied() { spoilt truncate -s 0; }
turned_to_folders() { spoilt sh -c 'rm "$1" && mkdir "$1"' - && find "$kept" -mindepth 1 -delete; }
removed() { rm -rf "$kept" && same_books removed; }

no_place() { # a file where the folder would be; then no home at all
    XDG_CACHE_HOME=$work/plain/petites-voix.pdf same_books placeless &&
        (unset XDG_CACHE_HOME; HOME=/nonexistent same_books homeless) && [ ! -e /nonexistent ]
}

in_the_home() {
    mkdir "$work/user"
    (unset XDG_CACHE_HOME; HOME=$work/user same_books home) &&
        equal_number "$(find "$work/user/.cache/florilege" -type f | wc -l)" 6
}

# Another photograph under the same name and of the same size is seen.
other_photograph() {
    local photos=$work/content/photos
    cp "$photos/zoe-modele.jpg" "$photos/ada-exemple.jpg"
    books other && books other-plain --no-cache && diff -r "$work/other" "$work/other-plain" &&
        ! cmp -s "$work/other/petites-voix.pdf" "$work/plain/petites-voix.pdf"
}

must "two large photographs" photographs
must "--no-cache keeps nothing" nothing_kept
check "the first build keeps what it made" first_time
check "the second takes it, with another number of threads" second_time
check "what is kept is what is taken" exchanged
check "entries written over" written_over
check "entries cut short" cut_short
check "empty entries" emptied
check "folders in the place of entries" turned_to_folders
check "all entries removed" removed
check "no place to keep anything" no_place
check "the user's home" in_the_home
check "another photograph of the same name" other_photograph
finish
