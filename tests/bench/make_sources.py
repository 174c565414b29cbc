#!/usr/bin/env python3
"""make_sources.py COUNT FOLDER [SOURCE]: COUNT interviews to import, made for the bench.

FOLDER/posts has each as a Markdown file of its own, FOLDER/export.xml all of them as a WordPress
export. They are those of SOURCE (a folder of Markdown) over and over, with other names from the
second round on. The same COUNT gives the same bytes."""
import html
import pathlib
import re
import sys

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The bench</title><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
"""
ITEM = """<item><title>{title}</title><wp:post_id>{number}</wp:post_id>
<wp:post_name>{slug}</wp:post_name><wp:post_date>2012-05-14 08:00:00</wp:post_date>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<content:encoded><![CDATA[{content}]]></content:encoded></item>
"""


def renamed(text, round_):
    """TEXT with another last name for its person, wherever the full name stands; and the name."""
    found = re.search(r'^(?:name|title): *"?([^"\n]*?)"?$', text, re.M)
    name = found.group(1)
    if round_ == 0:
        return text, name
    other = f"{name.split()[0]} {name.split()[-1]}{'abcdefghijklmnopqrst'[round_ % 20] * (round_ // 20 + 1)}"
    return text.replace(name, other), other


def as_html(body):
    """Headings, paragraphs, links and emphasis; what else there is stays as it is."""
    definitions = dict(re.findall(r"^\[([^\]^]+)\]: *(\S+).*$", body, re.M))
    body = html.escape(re.sub(r"^\[[^\]^]+\]: .*$\n?", "", body, flags=re.M), quote=False)
    body = re.sub(r"\[([^\]]+)\]\[([^\]]*)\]", lambda found: '<a href="{}">{}</a>'.format(
        definitions.get(found.group(2) or found.group(1), "https://example.org/"), found.group(1)), body)
    body = re.sub(r"\[([^\]]+)\]\((\S+?)(?: +\"[^\"\n]*\")?\)", r'<a href="\2">\1</a>', body)
    body = re.sub(r"\*([^*\n]+)\*", r"<em>\1</em>", body)
    pieces = (re.match(r"(#+) (.*)", piece) or piece for piece in re.split(r"\n\s*\n", body.strip()))
    return "\n\n".join(piece if isinstance(piece, str) else
                       f"<h{len(piece.group(1))}>{piece.group(2)}</h{len(piece.group(1))}>"
                       for piece in pieces)


def main():
    count, folder, source = int(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    files = sorted(source.glob("*.m*"))
    (folder / "posts").mkdir(parents=True, exist_ok=True)
    with open(folder / "export.xml", "w", encoding="utf-8") as export:
        export.write(HEAD)
        for index in range(count):
            path = files[index % len(files)]
            text, name = renamed(path.read_text(encoding="utf-8"), index // len(files))
            stem = f"{index:05}-{path.stem}"
            (folder / "posts" / f"{stem}.md").write_text(text, encoding="utf-8")
            export.write(ITEM.format(title=html.escape(name), number=index + 1, slug=stem,
                                     content=as_html(text.split("---\n", 2)[2])))
        export.write("</channel></rss>\n")


if __name__ == "__main__":
    main()
