#!/usr/bin/env bash
# The life of a book: a first edition, a portrait added and an answer revised, a
# second edition; what each refuses; the first one again from its content.
. "$(dirname "$0")/../lib.sh"
unset SOURCE_DATE_EPOCH

jar=$(find "$checkers/node_modules" -name epubcheck.jar 2>/dev/null | head -n 1)
content=$work/content
ledger=$content/editions.yaml
edition() { run "$florilege" edition "$@" "$content"; }

refused() { # RULE ARGUMENT…: refused for that reason, the ledger as it was
    local rule=$1 before after
    shift
    before=$(cat "$ledger" 2>/dev/null)
    edition "$@"
    after=$(cat "$ledger" 2>/dev/null)
    echo "exit $status, said: $said"
    [ "$status" -eq 1 ] && grep -qF "[$rule]" <<<"$said" && [ "$before" = "$after" ]
}

says() { # WORDS ARGUMENT…: done, and these words among what it says
    local words=$1
    shift
    edition "$@"
    echo "exit $status, said: $out $said"
    [ "$status" -eq 0 ] && grep -qF "$words" <<<"$out"
}

chapter() { unzip -p "$1"/*.epub "EPUB/text/$2.xhtml" | sed 's/ id="page-[^"]*"//; s/aria-label=" page [^"]*"//'; }
member() { unzip -p "$1"/*.epub "EPUB/$2"; }
contains() { grep -qF "$2" <<<"$1" || { printf '%s\n' "$1" | head -n 40; return 1; }; }
valid() { java -jar "$jar" "$1"/*.epub --failonwarnings; }

# ---- Two people of our own, then a third ------------------------------------

small_anthology "$content"
sed -i 's/^slug:.*/slug: voix/' "$content/anthology.yaml"
cat >"$content/portraits/bruno-essai.md" <<'END'
---
name: Bruno Essai
date: 2012-06-01
---
## Que fait-il?

Des essais.

## Et le soir?

Il recommence.
END
drawing() { # FILE: a picture
    mkdir -p "$(dirname "$1")"
    echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>' >"$1"
}
drawing "$content/photos/ada/1.svg"
printf '\n![Un pli.](../photos/ada/1.svg)\n\nL’amie, c’est Chloé Test.\n' >>"$content/portraits/ada-exemple.md"
mkdir "$work/third"
cat >"$work/third/chloe-test.md" <<'END'
---
name: Chloé Test
sort-name: Aa, Chloé
date: 2012-07-01
reading: [mode-d-emploi]
---
## Depuis quand?

Depuis hier.
END

check "no edition at first" says "the first would have 2 portraits" status
check "no printing of no edition" refused no-edition reprint
check "a date that is none" refused bad-date new --date 2012-13-01
check "a note that would make the ledger unreadable" refused bad-note new --date 2013-01-10 --note $'\xff'
check "an ISBN with a wrong check digit" refused isbn new --isbn-epub 978-2-1234-5680-4
edition new --isbn-epub 978-2-1234-5680-4
check "says which figure" contains "$said" "is 4 and should be 3"
edition new --isbn-print 2123456803
check "an ISBN of ten figures" contains "$said" "it has 10 figures, not 13"
edition new --isbn-print 1232123456803
check "one of another prefix" contains "$said" "neither 978 nor 979"
edition new --isbn-print 97821234568O3
check "one with a letter" contains "$said" "other signs than figures"
edition status
equal "that there is no date yet is nothing to one who closes an edition" "" "$said"
check "one ISBN for both forms" refused isbn new --isbn-epub 9782123456803 --isbn-print 9782123456803
must "the first edition closes" says "Edition 1 of 2013-01-10" new --date 2013-01-10 --isbn-epub 978-2-1234-5680-3 --note "Tirage limité."
check "nothing has changed then" says "Nothing has changed since edition 1" status
check "no edition of nothing changed" refused unchanged new
must "it builds" "$florilege" build -o "$work/first" "$content"
cp -r "$content" "$work/content-1"

# A third who comes first in the order, with a picture called like another one.
cp "$work"/third/*.md "$content/portraits/"
drawing "$content/photos/chloe/1.svg"
printf '\n![Un trait.](../photos/chloe/1.svg)\n' >>"$content/portraits/chloe-test.md"
printf -- '- id: mode-d-emploi\n  title: Mode d’emploi\n' >"$content/reading-list.yaml"
sed -i 's/^Il recommence\./Il recommence, mais mieux./' "$content/portraits/bruno-essai.md"

check "status: a new portrait" says "new: Chloé Test" status
check "status: a revised one" says "revised: Bruno Essai" status
check "status: the question that was revised" says "Et le soir?" status
check "status: the reading list" says "    Mode d’emploi" status
check "status: the files" says "file new: reading-list.yaml" status
check "status: a new edition is called for" says "edition, with an ISBN of its own" status
check "a printing is not enough for it" refused new-edition reprint
check "the clock set back" refused bad-date new --date 2012-12-31
check "an ISBN that is used" refused isbn new --date 2013-06-01 --isbn-print 9782123456803
check "an edition that is not there" refused no-edition diff --from 7
must "the second edition closes" says "Edition 2 of 2013-06-01" new --date 2013-06-01 --isbn-epub 979-10-90636-07-1
check "diff tells the pages" says "2 portraits have moved, 0 as before" diff --from 1 --to 2
must "it builds" "$florilege" build -o "$work/second" "$content"

# ---- What the books say -------------------------------------------------------

text=$(pdftotext -layout "$work/second/voix.pdf" -)
check "the edition statement" contains "$text" "Deuxième édition, revue et augmentée"
check "the page of what is new" contains "$text" "Nouveau dans cette édition"
check "the history" contains "$text" "Première édition, 10 janvier 2013"
check "the history's note" contains "$text" "Tirage limité."
check "the mark in the contents" contains "$(member "$work/second" nav.xhtml)$(chapter "$work/second" contents)" "nouveau"
check "the mark at the opening" contains "$(chapter "$work/second" chloe-test)" "new-mark"
check "the ISBN" contains "$(member "$work/second" package.opf)" "9791090636071"
check "the date" contains "$(member "$work/second" package.opf)" "<dc:date>2013-06-01"
check "schema's edition" contains "$(member "$work/second" package.opf)" "bookEdition"
one=$(member "$work/first" package.opf) two=$(member "$work/second" package.opf)
check "the work stays" contains "$one" "0b6d5a1e-6a53-4c0b-9f0e-0f8c2f1d7a11"
check "in both" contains "$two" "0b6d5a1e-6a53-4c0b-9f0e-0f8c2f1d7a11"
id() { grep -o '<dc:identifier id="edition">[^<]*' <<<"$1"; }
check "the edition's identifier changes" test "$(id "$one")" != "$(id "$two")"
equal "an unchanged portrait's text is the same" "$(chapter "$work/first" ada-exemple)" "$(chapter "$work/second" ada-exemple)"
anchors() { chapter "$1" bruno-essai | grep -o 'id="bruno-essai-q-[^"]*"'; }
equal "a revised one's anchors stay" "$(anchors "$work/first")" "$(anchors "$work/second")"
files() { unzip -Z1 "$1"/*.epub 'EPUB/text/*' | sort; }
check "the index finds a newcomer in it" contains "$(chapter "$work/second" index)" 'href="ada-exemple.xhtml#ada-exemple-q-'
equal "every file of the first edition is in the second" "" "$(comm -23 <(files "$work/first") <(files "$work/second"))"
targets() { # every address of a portrait or its contacts: file and id, pages left out
    local name
    for name in ada-exemple ada-exemple-contact bruno-essai; do
        chapter "$1" "$name" | grep -oE ' id="[^"]*"' | sed "s/^/$name/"
    done | sort
}
check "there are addresses" test -n "$(targets "$work/first")"
equal "and all stay" "$(targets "$work/first")" "$(targets "$work/second")"

if [ -n "$jar" ]; then
    check "the first edition is valid" valid "$work/first"
    check "the second is" valid "$work/second"
else
    skip "valid editions: EPUBCheck is not here"
fi

# ---- The same bytes again -------------------------------------------------------

check "the second edition again" "$florilege" build --edition 2 -o "$work/again" "$content"
check "has the same bytes" diff -r "$work/second" "$work/again"
run "$florilege" build --edition 1 -o "$work/nothing" "$content"
equal "the first is refused from the new content" 1 "$status"
check "naming what was not in it" contains "$said" "chloe-test.md: error: edition 1: this file was not in it"
check "files too" contains "$said" "reading-list.yaml: error: edition 1: this file was not in it"
check "and what to do" contains "$said" "take a copy of that time"
check "and what was revised" contains "$said" "bruno-essai.md: error: edition 1: this file has been revised since"
check "nothing is written then" test ! -e "$work/nothing/voix.pdf"
cp "$ledger" "$work/content-1/editions.yaml"
must "the first again from its own content, beside the whole ledger" "$florilege" build --edition 1 -o "$work/old" "$work/content-1"
check "has the same bytes" diff -r "$work/first" "$work/old"

# The ledger names files the same, from wherever it is kept.
within() { (cd "$content" && "$florilege" edition status . && cp -R . "$work/moved" && "$florilege" edition status "$work/moved/"); }
run within
equal "from within and elsewhere: nothing has changed" 2 "$(grep -c "Nothing has changed since edition 2" <<<"$out")"
# One that was written before it named them tells that something changed.
sed '/^  files:/,/^  program:/{/^  program:/!d}' "$ledger" >"$work/moved/editions.yaml"
echo "description: Autre." >>"$work/moved/anthology.yaml"
run "$florilege" edition status "$work/moved"
check "an old ledger cannot name files" contains "$out" "the anthology's own files, pages or style have changed"

# ---- Printings, names, nonsense ---------------------------------------------------

sed -i 's/^Depuis hier\./Depuis avant-hier./' "$content/portraits/chloe-test.md"
printf '\nEt rien de plus.\n' >>"$content/portraits/ada-exemple.md"
check "corrections only: a printing will do" says "a further printing under the same ISBN" status
check "the printing is recorded" says "printing 2 of 2013-09-01" reprint --date 2013-09-01
check "it is the state now" says "Nothing has changed" status
must "it builds" "$florilege" build --only epub -o "$work/reprint" "$content"
check "the marks are those of the edition" contains "$(chapter "$work/reprint" chloe-test)$(chapter "$work/reprint" bruno-essai)" "new-mark"
equal "a correction is no news" "" "$(chapter "$work/reprint" ada-exemple | grep new-mark)"
check "the imprint says the printing" contains "$(chapter "$work/reprint" imprint)" 'tirage, 1er'
check "the printing's date holds too" refused bad-date reprint --date 2013-08-31
mv "$content/portraits/bruno-essai.md" "$content/portraits/bruno-l-essai.md"
check "a new name is recognised" says "renamed: bruno-l-essai, formerly bruno-essai" status
rm "$content/portraits/chloe-test.md"
check "one left out is told" says "left out: chloe-test" status
run flock "$content" "$florilege" edition new --date 2014-01-01 "$content"
equal "two at once: the second is refused" 1 "$status"
check "and says so" contains "$said" "[busy]"

spoil() { # EXPRESSION: the ledger edited by hand into nonsense is refused with its line
    cp "$ledger" "$work/sound.yaml"
    sed -i "$1" "$ledger"
    edition status
    echo "exit $status, said: $said"
    cp "$work/sound.yaml" "$ledger"
    [ "$status" -eq 1 ] && grep -qE 'editions\.yaml:[0-9]+:' <<<"$said"
}
check "a number out of order" spoil 's/^- number: 2/- number: 5/'
sed 's/^- number: 2/- number: 5/' "$ledger" >"$work/wrong.yaml"
cp "$ledger" "$work/sound.yaml"; cp "$work/wrong.yaml" "$ledger"; edition status; cp "$work/sound.yaml" "$ledger"
check "and what to do about it" contains "$said" "put the last sound copy back"
check "a date that goes back" spoil 's/date: 2013-06-01/date: 2011-06-01/'
check "a hash that is none" spoil '0,/sha256: ..../s//sha256: zzzz/'
check "a mark that is none" spoil 's/mark: new/mark: neu/'
check "an ISBN that is none" spoil 's/978-2-1234-5680-3/978-2-1234-5680-9/'
told_once() { # WORDS ARGUMENT…: said in one line alone
    local words=$1
    shift
    run "$florilege" "$@" "$content"
    echo "exit $status, said: $said"
    [ "$(grep -cF "$words" <<<"$said")" -eq 1 ]
}
cp "$ledger" "$work/sound.yaml"
sed -i 's/^- number: 2/&\n  colour: red/' "$ledger"
check "status tells an unknown key once" told_once colour edition status
check "diff too" told_once colour edition diff
check "build too" told_once colour build -o "$work/once"
cp "$work/sound.yaml" "$ledger"
for action in "status --note x" "diff --date 2014-01-01" "new --from 1" "reprint --isbn-epub 9791090636088"; do
    run "$florilege" edition $action "$content"
    equal "edition ${action% *}: wrong usage" 2 "$status"
    check "and told" contains "$said" "takes no --"
done
printf -- '- number: 1\n  date: 2013-01-10\n' >"$ledger"
check "a ledger of a number and a date: what changed is not known" says "recorded no portraits" status
check "nor by diff" says "recorded no portraits" diff
run "$florilege" build --edition 1 -o "$work/nothing" "$content"
equal "nor is it made again" 1 "$status"
check "in one sentence" contains "$(wc -l <<<"$said") $said" "1 $content: error: edition 1 recorded no portraits"
check "a printing records them" says "printing 2 of 2014-02-01" reprint --date 2014-02-01
check "and all is known" says "Nothing has changed since edition 1" status
: >"$ledger"
edition status
check "an emptied ledger is told" contains "$said" "editions.yaml:1:1: warning: the ledger is empty"
run "$florilege" edition new "$work/nowhere"
check "a folder that is not there" contains "$said" "no such folder"
cp "$work/sound.yaml" "$ledger"
check "YAML that is none" spoil '3s/^/  {/'
finish
