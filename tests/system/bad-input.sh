#!/usr/bin/env bash
# Bad input and bad luck: each gets a message that says where and what, exit
# status 1, and leaves the books that were there whole and nothing half written.
. "$(dirname "$0")/../lib.sh"

content=$work/content
books=$work/books

# A sound anthology, and books of an earlier day that must outlive all failures.
fresh() {
    rm -rf "$content" "$books"
    small_anthology "$content"
    mkdir -p "$books"
    echo old >"$books/petites-voix.epub"
    echo old >"$books/petites-voix.pdf"
}

old_books_whole() {
    [ "$(cd "$1" && ls -A | tr '\n' ' ')" = "petites-voix.epub petites-voix.pdf " ] &&
        [ "$(cat "$1"/*)" = "$(printf 'old\nold')" ] || { ls -lA "$1"; return 1; }
}

is_refused() {
    echo "exit $status, said: $said"
    [ "$status" -eq 1 ] && grep -qE -- "$1" <<<"$said" && ! grep -q 'Sanitizer' <<<"$said" &&
        old_books_whole "${2:-$books}"
}

# refused NAME PATTERN: the build is refused with a message like PATTERN.
refused() {
    run "$florilege" build -o "$books" "$content"
    check "$1" is_refused "$2"
}

is_built() {
    echo "exit $status, said: $said"
    [ "$status" -eq 0 ] && [ -s "$books/petites-voix.epub" ] && [ -s "$books/petites-voix.pdf" ] &&
        [ -z "$(ls -A "$books" | grep '^\.')" ] &&
        if [ -n "$1" ]; then grep -qE -- "$1" <<<"$said"; else [ -z "$said" ]; fi
}

# built NAME PATTERN: it builds and says PATTERN ("": nothing at all).
built() {
    run "$florilege" build -o "$books" "$content"
    check "$1" is_built "$2"
}

portrait=portraits/ada-exemple.md
front() { sed -i "2i $1" "$content/$portrait"; }     # a line of front matter, the second
text() { printf '\n%s\n' "$1" >>"$content/$portrait"; }

# draw FILE: a sound PNG of 400 × 500 pixels.
draw() {
    mkdir -p "$(dirname "$1")"
    python3 - "$1" <<'END'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
rows = b"".join(b"\0" + bytes((x * y) % 251 for x in range(400)) for y in range(500))
open(sys.argv[1], "wb").write(b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 400, 500, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
END
}

# ---- the folder ----

fresh
must "the smallest anthology builds" "$florilege" build -o "$books" "$content"
fresh; built "a sound anthology builds and says nothing" ""
fresh; rm -rf "$content"; mkdir "$content"
refused "an empty folder" "^$content.*: error: .*anthology.yaml"
fresh; rm -rf "$content"
refused "no folder" "^$content.*: error: "
fresh; mkdir "$content/editions.yaml"
refused "a ledger that is a folder" "^$content/editions.yaml: error: .*not a file"
fresh; ln -s nowhere "$content/reading-list.yaml"
refused "a reading list that is a link to nothing" "^$content/reading-list.yaml: error: "
fresh; mv "$content/$portrait" "$work/dehors.md"; ln -s ../../dehors.md "$content/$portrait"
refused "a portrait that a link leads outside" "^$content/$portrait: error: .*\[link-outside\]"
for file in anthology reading-list editions; do
    fresh; [ -e "$content/$file.yaml" ] || echo '[]' >"$content/$file.yaml"
    mv "$content/$file.yaml" "$work/dehors.yaml"; ln -s ../dehors.yaml "$content/$file.yaml"
    refused "$file.yaml that a link leads outside" "^$content/$file.yaml: error: .*link-outside"
done
fresh; rm "$content/anthology.yaml"
refused "no anthology.yaml" "^$content(/anthology.yaml)?: error: "
fresh; rm -r "$content/portraits"
refused "no portraits" "^$content(/portraits)?: error: .*portrait"
fresh; : >"$content/anthology.yaml"
refused "an empty anthology.yaml" "^$content/anthology.yaml(:[0-9:]+)?: error: "

# ---- YAML ----

fresh; sed -i 's/^rights:.*/rights: [Domaine/' "$content/anthology.yaml"
refused "a YAML error in anthology.yaml" "^$content/anthology.yaml:[5-6]:[0-9]+: error: "
fresh; printf 'righs: Domaine public\n' >>"$content/anthology.yaml"
built "an unknown key, with the nearest known one" "^$content/anthology.yaml:6:1: warning: .*righs.*rights"
fresh; front 'role: [un, deux'
refused "a YAML error in front matter" "^$content/$portrait:[2-3]:[0-9]+: error: "
fresh; front '- liste'
refused "front matter that is no mapping" "^$content/$portrait:[2-3](:[0-9]+)?: error: "
fresh; sed -i 's/^title:.*/title: [a, b]/' "$content/anthology.yaml"
refused "a list where a text belongs" "^$content/anthology.yaml:1:[0-9]+: error: "

# ---- portraits ----

fresh; sed -i '/^name:/d' "$content/$portrait"
refused "a portrait without a name" "^$content/$portrait(:[0-9:]+)?: error: .*name"
fresh; cp "$content/$portrait" "$content/portraits/Ada-Exemple.md"
refused "two portraits with one id" "^$content/portraits/[Aa]da-[Ee]xemple.md(:[0-9:]+)?: error: .*ada-exemple"
fresh; sed -i 's/^date:.*/date: 2012-02-30/' "$content/$portrait"
refused "a day that does not exist" "^$content/$portrait:[0-9]+:[0-9]+: error: .*2012-02-30"
fresh; front 'reading: [nulle-part]'
refused "a title that is not in the reading list" "^$content/$portrait:2:[0-9]+: error: .*nulle-part"
fresh; sed -i 's/^  - {network.*/  - {network: site, url: "pas une adresse"}/' "$content/$portrait"
run "$florilege" build -o "$books" "$content"
check "a contact that is no link" grep -qE "^$content/$portrait:6:[0-9]+: (warning|error): " <<<"$said"
fresh; printf 'a\nb\xff\n' >>"$content/$portrait"
refused "invalid UTF-8" "^$content/$portrait:14:2: error: .*UTF-8"
fresh; printf 'r\xc3\xa9\xc3(gles\n' >>"$content/anthology.yaml"
refused "invalid UTF-8 in anthology.yaml" "^$content/anthology.yaml:6:3: error: .*UTF-8"
fresh; text '## Et la suite?'
built "a question without an answer is told and built" "^$content/$portrait:14:1: warning: "
fresh; python3 -c 'print("la reliure garde toujours la trace des mains. " * 222222)' >>"$content/$portrait"
built "a line of 10 MB is read" ""
fresh; python3 -c 'print("\n" + "reliure" * 400000)' >>"$content/$portrait"
refused "a word of 3 MB" "^$content/$portrait:14: error: .*without a space"

fresh; python3 -c 'print("\n" + "- " * 100000 + "x" + "\n" * 100000 + "y")' >>"$content/$portrait"
refused "lists in lists that would take hours" "^$content/$portrait:[0-9]+: error: .*lists"
fresh
run "$florilege" build -o "$content/anthology.yaml" "$content"
check "a file where the books should go is told once" [ "$status$(grep -c error: <<<"$said")" = 11 ]

# ---- pictures: in front matter an error, in the text a warning ----

fresh; front 'photo: ../photos/absente.jpg'
refused "a photo that is missing" "^$content/$portrait:2:[0-9]+: error: .*absente.jpg"
fresh; draw "$content/photos/ada.png"; truncate -s 900 "$content/photos/ada.png"; front 'photo: ../photos/ada.png'
refused "a photo that is broken" "^$content/$portrait:2:[0-9]+: error: .*ada.png"
fresh; draw "$work/dehors.png"; front 'photo: ../../dehors.png'
refused "a photo outside the folder" "^$content/$portrait:2:[0-9]+: error: .*dehors.png"
fresh; mkdir "$content/photos"; ln -s "$work/dehors.png" "$content/photos/lien.png"; front 'photo: ../photos/lien.png'
refused "a photo that a link leads outside" "^$content/$portrait:2:[0-9]+: error: .*lien.png"
fresh; mkdir "$content/photos"; echo texte >"$content/photos/ada.jpg"; front 'photo: ../photos/ada.jpg'
refused "a photo that is a text" "^$content/$portrait:2:[0-9]+: error: .*ada.jpg"
fresh; draw "$content/photos/ada.jpg"; front 'photo: ../photos/ada.jpg'
refused "a photo of another kind than its name says" "^$content/$portrait:2:[0-9]+: error: .*ada.jpg"
fresh; draw "$content/photos/ada.png"; front 'photo: ../photos/ada.png'; front 'photo-alt: Ada à son établi.'
run "$florilege" build -o "$books" "$content"
check "a sound photo is built" is_built "$(grep -oE 'warning: .*' <<<"$said" | grep -E 'dpi|resolution|small' | head -1)"

fresh; text '![Un établi.](../photos/absente.jpg)'
built "a missing picture in the text is told and left out" "^$content/$portrait:14:[0-9]+: warning: .*absente.jpg"
fresh; text '![Un établi.](../../dehors.png)'
built "a picture in the text from outside is told and left out" "^$content/$portrait:14:[0-9]+: warning: .*dehors.png"
fresh; text '![Un établi.](/etc/passwd)'
built "a picture by an absolute path is told and left out" "^$content/$portrait:14:[0-9]+: warning: .*passwd"
fresh; mkdir "$content/photos"; echo texte >"$content/photos/ada.jpg"; text '![Un établi.](../photos/ada.jpg)'
built "a picture in the text that is none is told and left out" "^$content/$portrait:14:[0-9]+: warning: .*ada.jpg"

# ---- strictness ----

fresh; text '## Et la suite?'
run "$florilege" build --strict -o "$books" "$content"
check "with --strict a warning refuses the build" is_refused ": warning: "

# ---- bad luck while writing ----

fresh; rm -rf "$books"; echo file >"$books"
run "$florilege" build -o "$books" "$content"
a_file_stands() { echo "exit $status, said: $said"; [ "$status" -eq 1 ] && grep -qE "^$books.*: error: " <<<"$said" && [ "$(cat "$books")" = file ]; }
check "an output folder that is a file" a_file_stands
rm -f "$books"

if [ "$(id -u)" -ne 0 ]; then
    fresh; chmod 500 "$books"
    refused "an output folder that may not be written" "^$books.*: error: "
    run "$florilege" build -o "$books/new" "$content"
    check "nor a folder made in it" grep -q "^$books/new: error: .*[Pp]ermission" <<<"$said"
    chmod 700 "$books"
    fresh; chmod 0 "$content/portraits"
    refused "portraits that may not be read" "^$content/portraits: error: .*[Pp]ermission"
    equal "are told once" 1 "$(grep -c error: <<<"$said")"
    chmod 700 "$content/portraits"
else
    skip "folders that may not be read or written: root may read and write everywhere"
fi

# A full disk: a tmpfs of 24 KB where one can be mounted, else a limit on the
# size of files.
fresh
full=$work/full
mkdir "$full"
if mount -t tmpfs -o size=24k tmpfs "$full" 2>/dev/null; then
    trap 'umount -l "$full"; rm -rf "$work"' EXIT
    cp "$books"/* "$full"
    run "$florilege" build -o "$full" "$content"
    check "a full disk" is_refused ": error: .*[Nn]o space left" "$full"
    umount "$full"
    trap 'rm -rf "$work"' EXIT
else
    run bash -c "trap '' XFSZ; ulimit -f 8; exec '$florilege' build -o '$books' '$content'"
    check "files that may not grow, as on a full disk" is_refused ": error: .*([Tt]oo large|space)"
fi

# SIGTERM at several moments of a longer build: it ends by the signal, and
# what it had begun is gone.
many() {
    local i
    for i in $(seq 150); do
        sed "s/Ada Exemple/Ada Exemple $i/; s/ada_exemple/ada_$i/" "$content/$portrait" >"$content/portraits/ada-exemple-$i.md"
        for _ in $(seq 40); do text_of_$((i % 2)); done >>"$content/portraits/ada-exemple-$i.md"
    done
}
text_of_0() { printf '\n## Et après?\n\nLe papier garde la trace des mains, et les mains celle du papier; on relit, on recoud, on recommence.\n'; }
text_of_1() { printf '\n## Et avant?\n\nIl y avait un atelier, deux presses, une odeur de colle, et un chat qui dormait sur les cahiers.\n'; }

terminated() {
    echo "$ended of $tried builds ended by the signal"
    [ "$ended" -gt 0 ] && [ -z "$torn" ] || { echo "$torn"; return 1; }
}
fresh; many
tried=0 ended=0 torn=
for delay in 0.01 0.05 0.1 0.2 0.3 0.4 0.5 0.6 0.8 1 1.3 1.6; do
    rm -f "$books"/*        # of a build that was done before its signal
    echo old >"$books/petites-voix.epub"; echo old >"$books/petites-voix.pdf"
    "$florilege" build --jobs 1 -o "$books" "$content" >/dev/null 2>&1 &
    pid=$!
    sleep "$delay"
    kill -TERM "$pid" 2>/dev/null
    wait "$pid"
    status=$?
    tried=$((tried + 1))
    if [ "$status" -eq 143 ]; then
        ended=$((ended + 1))
        old_books_whole "$books" >/dev/null || torn="after $delay s: $(ls -lA "$books")"
    elif [ "$status" -ne 0 ]; then
        torn="after $delay s it ended with $status"
    fi
done
check "SIGTERM in the middle" terminated

# ---- sources of import ----

import_refused() {
    run "$florilege" import -o "$work/new" "$2"
    check "$1" import_is_refused "$3"
    rm -rf "$work/new"
}
import_is_refused() {
    echo "exit $status, said: $said"
    [ "$status" -eq 1 ] && grep -qE "$1" <<<"$said" && [ ! -e "$work/new" ]
}
import_refused "a source that is missing" "$work/rien.txt" "^$work/rien.txt: error: "
: >"$work/vide.txt"
import_refused "an empty source" "$work/vide.txt" "^$work/vide.txt(:[0-9:]+)?: error: "

mkdir "$work/plein"; echo mien >"$work/plein/notes.txt"
run "$florilege" init "$work/plein"
init_refused() { echo "exit $status, said: $said"; [ "$status" -eq 1 ] && grep -qE "^$work/plein: error: " <<<"$said" && [ "$(ls "$work/plein")" = notes.txt ]; }
check "init in a folder that is not empty" init_refused
finish
