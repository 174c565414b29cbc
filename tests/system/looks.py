#!/usr/bin/env python3
"""Gives the questions of real interviews other looks, imports each and counts.

usage: looks.py PROGRAM WORK LOOK SOURCE…

Prints "LOOK found F of N, false X of G"; fails when fewer than 95 % of the questions
are found or more than 2 % of those given are none. LOOK `list` names the looks.
"""
import html
import pathlib
import re
import subprocess
import sys
import textwrap

FOUND, FALSE = 0.95, 0.02


def plain(text):
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\\(\W)", r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"[*`>]|^[-#]+ ", "", text)).strip()


def portrait(path):
    """Name, introduction, and pairs of a question and its paragraphs."""
    matter, body = path.read_text(encoding="utf-8").split("---\n", 2)[1:]
    name = re.search(r"^name: *\"?([^\"\n]*)", matter, re.M)[1]
    parts = re.split(r"^## (.*)$", body, flags=re.M)

    def paragraphs(text):
        return [p for p in map(plain, text.split("\n\n")) if p]

    turns = [(plain(q), paragraphs(a)) for q, a in zip(parts[1::2], parts[2::2])]
    return name, paragraphs(parts[0]), [(q, a) for q, a in turns if q and a]


MARKDOWN = {
    "bold": "**{q}**", "italic": "*{q}*", "heading": "### {q}", "quotation": "> {q}",
    "item": "- **{q}**", "number": "{n}. {q}", "bold-number": "**{n}. {q}**",
}
TEXT = {
    "plain": ("{q}", "{a}"), "letters": ("Q: {q}", "A: {a}"),
    "names": ("Redaktion: {q}", "{name}: {a}"), "initials": ("RD {q}", "{initials} {a}"),
    "dash": ("— {q}", "{a}"), "parenthesis": ("{n}) {q}", "{a}"), "wrapped": ("{q}", "{a}"),
}
PAGE = {
    "strong": ("<p><strong>{q}</strong></p>", "<p>{a}</p>"),
    "breaks": ("<b>{q}</b><br>", "{a}<br><br>"),
    "emphasis": ("<p><em>{q}</em></p>", "<p>{a}</p>"),
    "underlined": ("<p><u>{q}</u></p>", "<p>{a}</p>"),
    "coloured": ('<p><span style="color:#c00">{q}</span></p>', "<p>{a}</p>"),
    "fourth": ("<h4>{q}</h4>", "<p>{a}</p>"),
    "class": ('<p class="interviewer">{q}</p>', '<p class="text">{a}</p>'),
    "listed": ("<ul><li><b>{q}</b></li></ul>", "<p>{a}</p>"),
    "answers": ("<p>{q}</p>", "<blockquote><p>{a}</p></blockquote>"),
    "shared": ("<p><strong>{q}</strong><br>", "{a}</p>"),
    "labels": ("<p><strong>Redaktion:</strong> {q}</p>", "<p><strong>{name}:</strong> {a}</p>"),
}


def markdown(look, name, opening, turns):
    out = [f'---\ntitle: "Interview: {name}"\n---', *opening]
    for n, (question, answers) in enumerate(turns, 1):
        out += [MARKDOWN[look].format(q=question, n=n), *answers]
    return "\n\n".join(out) + "\n"


def text(look, name, opening, turns):
    asks, answers_ = TEXT[look]
    initials = "".join(word[0] for word in name.split())[:3].upper()
    out = [f"Interview: {name}", *opening]
    for n, (question, answers) in enumerate(turns, 1):
        out.append(asks.format(q=question, n=n))
        out.append(answers_.format(a=answers[0], name=name, initials=initials))
        out += answers[1:]
    if look == "wrapped":
        out = [textwrap.fill(p, 76, break_on_hyphens=False) for p in out]
    return "\n\n".join(out) + "\n"


def page(look, name, opening, turns):
    asks, answers_ = PAGE[look]
    title = f"<h1>Interview: {html.escape(name)}</h1>"
    out = [f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{html.escape(name)}</title>"
           f"</head><body>{title}<div>", *(f"<p>{html.escape(p)}</p>" for p in opening)]
    for question, answers in turns:
        out.append(asks.format(q=html.escape(question)))
        for n, answer in enumerate(answers):
            form = answers_ if n == 0 or look in ("breaks", "class", "answers") else "<p>{a}</p>"
            out.append(form.format(a=html.escape(answer), name=html.escape(name)))
    return "\n".join(out) + "</div></body></html>\n"


def letters(text):
    return re.sub(r"\W+", "", plain(text)).lower()


def questions(program, source, folder):
    """The questions that an import of SOURCE finds."""
    subprocess.run([program, "import", "-o", folder, source], capture_output=True, check=True)
    given = []
    for path in folder.glob("portraits/*.md"):
        given += re.findall(r"^## (.*)$", path.read_text(encoding="utf-8"), re.M)
    return [letters(question) for question in given]


def main():
    program, work, look = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    if look == "list":
        print(*MARKDOWN, *TEXT, *PAGE)
        return 0
    write, ending = next((write, ending) for looks, write, ending in (
        (MARKDOWN, markdown, "md"), (TEXT, text, "txt"), (PAGE, page, "html")) if look in looks)
    all_asked = all_found = all_given = 0
    for path in map(pathlib.Path, sys.argv[4:]):
        name, opening, turns = portrait(path)
        source = work / f"{look}-{path.stem}.{ending}"
        source.write_text(write(look, name, opening, turns), encoding="utf-8")
        asked = [letters(question) for question, _ in turns]
        given = questions(program, source, work / f"{look}-{path.stem}")
        found = sum(question in given for question in asked)
        all_asked, all_found, all_given = (all_asked + len(asked), all_found + found,
                                           all_given + len(given))
        if found < len(asked) or len(given) > found:
            print(f"{source.name}: found {found} of {len(asked)}, given {len(given)}")
    false = all_given - all_found
    print(f"{look} found {all_found} of {all_asked}, false {false} of {all_given}")
    return all_found < FOUND * all_asked or false > FALSE * all_given


if __name__ == "__main__":
    sys.exit(main())
