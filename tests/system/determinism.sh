#!/usr/bin/env bash
# The same content gives the same bytes: in another folder, time zone and
# locale, at another time, under another umask and with files of another age.
. "$(dirname "$0")/../lib.sh"

copy() { mkdir -p "$(dirname "$2")" && cp -R "$1" "$2"; }

twice() { # NAME CONTENT
    local here=$work/$1/a there=$work/$1/an/other/folder
    copy "$2" "$here/content"
    copy "$2" "$there/content"
    find "$there" -type f -exec touch -d '2001-02-03 04:05:06' {} +
    (cd "$here" && TZ=America/Montreal LC_ALL=C "$florilege" build) &&
    (cd "$there" && umask 077 && TZ=Asia/Tokyo LC_ALL=C.UTF-8 LANG=fr_CA.UTF-8 HOME=/nonexistent \
        XDG_CACHE_HOME="$work/cache" "$florilege" build --jobs 3 -o out content) &&
    diff -r "$here/build/book" "$there/out"
}

same_in_the_locale() { # LOCALE: a build under it gives what C gave
    LC_ALL=$1 "$florilege" build -o "$work/$1" content && diff -r "$work/default/a/build/book" "$work/$1"
}

dated() { # SOURCE_DATE_EPOCH decides where nothing in the content does
    small_anthology "$work/undated"
    sed -i '/^date:/d' "$work/undated/portraits/"*.md
    SOURCE_DATE_EPOCH=86400 "$florilege" build -o "$work/dated" "$work/undated" &&
        unzip -p "$work/dated/petites-voix.epub" '*.opf' | grep -q '>1970-01-02T'
}

undated() {
    run env -u SOURCE_DATE_EPOCH "$florilege" build -o "$work/never" "$work/undated"
    echo "exit $status, said: $said"
    [ "$status" -eq 0 ] && grep -q ': warning: .*date' <<<"$said" &&
        unzip -p "$work/never/petites-voix.epub" '*.opf' | grep -q '>1980-01-01T'
}

many() { # portraits read by several threads: each bare address is a link, every time
    local i
    small_anthology "$work/many"
    for i in $(seq 400); do
        { printf -- '---\nname: Person %d\n---\n\n## Where?\n\n' "$i"
          for _ in $(seq 20); do printf 'Some words and https://example.org/%d, then more.\n' "$i"; done
        } >"$work/many/portraits/person-$i.md"
    done
    for i in 1 2 3; do
        "$florilege" build --only epub -o "$work/links" "$work/many" &&
            [ "$(unzip -p "$work/links/petites-voix.epub" '*/person-*.xhtml' |
                grep -o 'href="https://example.org/' | wc -l)" -eq 8000 ] || return 1
    done
}

must "the default anthology, twice" twice default content
for locale in $(locale -a 2>/dev/null | grep -E '^(fr|tr|de)_.*utf8$' | head -2); do
    check "in the locale $locale" same_in_the_locale "$locale"
done
if [ -d "$shared/seeds" ]; then
    "$florilege" import -o "$work/seeds" "$shared"/seeds/*.txt >/dev/null 2>&1
    check "three interviews, twice" twice seeds-built "$work/seeds"
    "$florilege" import -o "$work/again" "$shared"/seeds/*.txt >/dev/null 2>&1
    sed -i '/^work:/d' "$work"/{seeds,again}/anthology.yaml
    check "imported twice" diff -r -x books "$work/seeds" "$work/again"
else
    skip "three interviews, twice: ../shared/seeds is not here"
fi
check "four hundred portraits, thrice" many
check "SOURCE_DATE_EPOCH dates a book without dates" dated
check "without any date it is 1980, with a warning" undated
finish
