#!/usr/bin/env bash
# 78 published interviews with photos, as they are: a few lines of shell make
# them an anthology, and it builds.
. "$(dirname "$0")/../lib.sh"

if [ ! -d "$shared/corpus" ]; then
    skip "78 interviews: ../shared/corpus is not here"
    finish
fi

content=$work/corpus
corpus_content "$content"

builds() {
    run "$florilege" build -o "$work/book" "$content"
    echo "exit $status, said: $said"
    [ "$status" -eq 0 ] && ! grep -qE ': error: |Sanitizer|runtime error' <<<"$said" &&
        [ -s "$work/book/desks.epub" ] && [ -s "$work/book/desks.pdf" ]
}

names_in() { # a command whose output has every person's name
    local text failed=0 name
    text=$("$@" | sed "s/’/'/g; s/\xc2\xa0/ /g" | tr -s '\n ' ' ')
    while read -r name; do
        grep -qF "$name" <<<"$text" || { echo "no $name"; failed=1; }
    done < <(sed -nE 's/^title: *"?([^"]*)"?/\1/p' "$content"/portraits/*.md)
    return $failed
}

chapters() { # every portrait a file, every heading a question
    python3 - "$content/portraits" "$work/book/desks.epub" <<'END'
import pathlib, re, sys, zipfile
book = zipfile.ZipFile(sys.argv[2])
files = {name.rsplit("/", 1)[-1]: name for name in book.namelist()}
bad = 0
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    name = files.get(path.stem + ".xhtml")
    if name is None:
        print("no", path.stem + ".xhtml"); bad += 1; continue
    text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    asked = len(re.findall(r"^###\s", text, re.M))
    found = len(re.findall(r'role="doc-qna"', book.read(name).decode()))
    if asked != found:
        print(path.stem, "has", asked, "questions, the book", found); bad += 1
sys.exit(bad > 0)
END
}

must "78 interviews build without an error" builds
check "every name is in the PDF" names_in pdftotext "$work/book/desks.pdf" -
check "every portrait is a chapter with all its questions" chapters
check "qpdf finds nothing in the PDF" qpdf --check "$work/book/desks.pdf"
finish
