#!/usr/bin/env bash
# PDF/UA-1 and PDF/A-2 by rules of our own (pdf_rules.py): the reading PDF, the
# one for the printer and the booklet of the default anthology, and of three raw
# interviews where they are there; and that each rule finds what it is for.
. "$(dirname "$0")/../lib.sh"

must "the default anthology builds" "$florilege" build -o "$work/default" --only pdf,print,booklet,cover content
book=$work/default/derriere-le-compte
check "default: PDF/UA-1 and PDF/A-2a" python3 tests/conformance/pdf_rules.py "$book.pdf"
check "default, for the printer: PDF/A-2b" python3 tests/conformance/pdf_rules.py --print "$book-print.pdf"
check "default, the booklet and the cover: PDF/A-2b" \
    python3 tests/conformance/pdf_rules.py --sheet "$book-booklet.pdf" "$book-cover.pdf"
must "the booklet in a cover" "$florilege" build -o "$work/default" --only booklet --cover content
check "default, the booklet in a cover: PDF/A-2b" \
    python3 tests/conformance/pdf_rules.py --sheet "$book-booklet.pdf"
must "the reading PDF on sheets" "$florilege" booklet "$book.pdf" "$work/sheets.pdf"
check "the reading PDF on sheets: PDF/A-2b" python3 tests/conformance/pdf_rules.py --sheet "$work/sheets.pdf"
check "what is taken out is missed" python3 tests/conformance/pdf_break.py "$book.pdf"
# All that Markdown can say, in one portrait, with pictures, some of them without words,
# signs of private use (U+E000 and U+E001), a wide space whose font shows nothing else,
# a note that is called twice, one that calls a note and one called in a table.
cp -R content "$work/all"
cp -R tests/golden/portrait/photos "$work/all"
cat >"$work/all/portraits/zoe-essai.md" <<'END'
---
name: Zoé Essai
role: essayeuse
contacts:
  - {network: twitter, handle: "@zoe"}
---
Introduction avec une note[^1], de l’*italique*, du **gras**, du `code()` et du ~~biffé~~.

## Une question?

Une autre note[^2] et <https://example.org/a?b=c>, puis une liste :

1. premier
2. deuxième avec
   - sous-liste
     > une citation dans la liste
3. troisième

> Une citation de bloc.
>
> En deux paragraphes.

| Nom | Valeur | Note |
|-----|-------:|:----:|
| un[^4]  | 1 | a |
| deux | 2 | |

```
du code
  en bloc
```

#### Un titre profond

Des signes 😀 ☂ 中文 שלום العربية កើត བོད étude q̃, affirmés et affichés; un espace　large, un
signe privé , un autre .

![Un carré](../photos/sound.png "Encore")

![Une photo tournée](../photos/turned.jpg)

![Une photo couchée](../photos/lying.jpg)

![](../photos/sound.png)

![ ](../photos/sound.png "Une légende")

Une image ![](../photos/sound.png) sans mots, un lien qui en est une,
[![Un carré](../photos/sound.png)](https://example.org/carré), un autre
[![](../photos/sound.png)](https://example.org/vide). La première encore[^1].

---

## Une dernière?

Oui, comme [Melissa](melissa-carroll.md).

[^1]: La première.
[^2]: La **deuxième**, avec un [lien](https://example.com), et sa note[^3].
[^3]: La troisième.
[^4]: Celle d’un tableau.
END
# A description longer than a string of PDF/A may be.
printf '\n![%s](../photos/sound.png)\n' "$(printf 'été %.0s' {1..9000})" \
    >>"$work/all/portraits/zoe-essai.md"
must "a portrait with everything builds" "$florilege" build -o "$work/all/book" --only pdf,flatplan "$work/all"
check "a portrait with everything: PDF/UA-1 and PDF/A-2a" \
    python3 tests/conformance/pdf_rules.py "$work/all/book/derriere-le-compte.pdf"
check "what is taken out of pictures and tables is missed" \
    python3 tests/conformance/pdf_break.py "$work/all/book/derriere-le-compte.pdf"
check "its flat plan: PDF/A-2b" \
    python3 tests/conformance/pdf_rules.py --sheet "$work/all/book/derriere-le-compte-flatplan.pdf"
# For a press whose profile is known: PDF/X-4, in grey and, by a style, in colour.
cp -R "$work/all" "$work/press"
press_profile "$work/press/press.icc"
sed -i 's/^paper:$/&\n  profile: press.icc/' "$work/press/anthology.yaml"
cp -R styles/classique "$work/press/coloured"
sed -i 's/colour: false/colour: true/' "$work/press/coloured/print.yaml"
pressed=$work/press/book/derriere-le-compte
for style in classique "$work/press/coloured"; do
    must "for a press, ${style##*/}, it builds" "$florilege" build --style "$style" -o "$work/press/book" \
        --only print,cover,booklet "$work/press"
    check "for a press, ${style##*/}: PDF/A-2b" python3 tests/conformance/pdf_rules.py --print "$pressed-print.pdf"
    check "its cover and booklet too" \
        python3 tests/conformance/pdf_rules.py --sheet "$pressed-cover.pdf" "$pressed-booklet.pdf"
    check "for a press, ${style##*/}: PDF/X-4, and what is taken out is missed" \
        python3 tests/conformance/pdf_exchange.py "$pressed-print.pdf" "$pressed-cover.pdf"
done
check "a booklet is for no press" sh -c "! qpdf --qdf '$pressed-booklet.pdf' - | grep -aq '<pdfxid:GTS_PDFXVersion>'"
if [ -d "$shared/seeds" ]; then
    import_seeds "$work/seeds" >"$work/said" 2>&1
    must "three interviews build" test -s "$seeds.pdf"
    check "three interviews: PDF/UA-1 and PDF/A-2a" python3 tests/conformance/pdf_rules.py "$seeds.pdf"
else
    skip "three interviews: ../shared/seeds is not here"
fi
finish
