#!/usr/bin/env python3
"""make_content.py COUNT FOLDER [SOURCE] [--photos]: an anthology of COUNT portraits for the bench.

The portraits are those of SOURCE (a folder of Markdown), repeated with other names; from the second
round on, the answers of a portrait are those of others, so that no two portraits are the same text.
The same COUNT gives the same bytes."""
import pathlib
import re
import shutil
import sys


def split(text):
    """Front matter, introduction, [(heading, answer)], link definitions."""
    _, front, body = text.split("---\n", 2)
    definitions = re.findall(r"^\[[^\]^]+\]: .*$", body, re.M)
    body = re.sub(r"^\[[^\]^]+\]: .*$\n?", "", body, flags=re.M)
    parts = re.split(r"^(#+ .*)$", body, flags=re.M)
    return front, parts[0], list(zip(parts[1::2], parts[2::2])), definitions


def field(front, *names):
    for name in names:
        found = re.search(rf"^{name}: *(.+)$", front, re.M)
        if found:
            return found.group(1).strip().strip("\"'")
    return None


def portrait(sources, index):
    count, round_ = len(sources), index // len(sources)
    base = index % count
    front, introduction, questions, definitions = sources[base]
    first = field(front, "name", "title").split()[0]
    last = field(sources[(base + round_) % count][0], "name", "title").split()[-1]
    name = f"{first} {last}" + (f" {round_ // count}" if round_ >= count else "")
    head = f"name: \"{name}\"\nrole: \"{field(front, 'role', 'summary') or 'portrait'}\"\n"
    date = field(front, "date")
    if date:
        head += f"date: {date[:10]}\n"
    head += (f"contacts:\n  - {{network: twitter, handle: \"@person{index}\"}}\n"
             f"  - {{network: site, url: \"https://example.org/people/{index}\"}}\n")
    used, body = {base}, introduction
    for number, (heading, _) in enumerate(questions):
        source = (base + round_ * (number + 1)) % count
        answers = sources[source][2]
        if not answers:
            continue
        used.add(source)
        body += f"{heading}\n{answers[number % len(answers)][1].rstrip()}\n\n"
    known = {}
    for source in sorted(used):
        for line in sources[source][3]:
            known.setdefault(line.split("]")[0].lower(), line)
    return f"---\n{head}---\n{body}\n" + "\n".join(known.values()) + "\n"


def main():
    words = [word for word in sys.argv[1:] if word != "--photos"]
    count, folder = int(words[0]), pathlib.Path(words[1])
    source = pathlib.Path(words[2])
    files = sorted(source.glob("*.m*"))
    sources = [split(path.read_text(encoding="utf-8")) for path in files]
    (folder / "portraits").mkdir(parents=True, exist_ok=True)
    (folder / "anthology.yaml").write_text(
        f"title: {count} portraits\nslug: bench\nlanguage: en-US\nrights: none\n"
        "work: urn:uuid:00000000-0000-4000-8000-000000000001\n", encoding="utf-8")
    for index in range(count):
        path = folder / "portraits" / f"portrait-{index:05}.md"
        path.write_text(portrait(sources, index), encoding="utf-8")
        if "--photos" in sys.argv:
            photo = source.parent / "images" / files[index % len(files)].stem / "portrait.jpg"
            if photo.exists():
                (folder / "photos").mkdir(exist_ok=True)
                shutil.copyfile(photo, folder / "photos" / f"portrait-{index:05}.jpg")


if __name__ == "__main__":
    main()
