"""Write the index of sources that the project ships, from a folder with the digest of the documents.

    python tools/build_source_index.py DOSSIER [wargame/content/sources.tsv]

One row for each id of ``index.tsv``, each series of ``history.csv``, each section of the ``facts-*.md`` files (by
number, and by name where figures are cited so) and each key and section of ``bodies.md``.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = tuple[str, str, str, str, str]
"""id, kind, document, title, author or section"""

HEADING = re.compile(r"^(?:#{2,4} |\*\*)(?P<number>\d+(?:\.\d+)?)\.? (?P<title>.+)$", re.MULTILINE)
CITED_SECTION = re.compile(r"\[(?P<document>00[0-4]) (?P<sections>§[^\]]*)\]")
KEY = re.compile(r"\b(?P<keys>[A-Z]\d{1,2}(?:/[A-Z]\d{1,2})?) (?P<kind>P/N|P|N|E) (?P<title>.+?)(?= · [A-Z]\d|\n|$)")
KEY_KINDS = {"P": "primary text", "N": "press", "E": "secondary", "P/N": "primary text, press"}
MARKUP = re.compile(r"[*`]|\s*\[[^\]]*\]")


def main() -> None:
    """Write the index."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("dossier", type=Path)
    ask.add_argument("out", type=Path, nargs="?", default=Path("wargame/content/sources.tsv"))
    say = ask.parse_args()
    rows = {row[0]: row for row in reversed(list(index(say.dossier)))}
    lines = [
        "\t".join(row) for row in (("id", "kind", "document", "title", "author_or_section"), *sorted(rows.values()))
    ]
    say.out.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def index(dossier: Path) -> Iterator[Row]:
    """Yield every row; of two with the same id the first counts."""
    yield from listed(dossier / "index.tsv")
    yield from series(dossier / "history.csv")
    for facts in sorted(dossier.glob("facts-*.md")):
        document = facts.stem.removeprefix("facts-")
        text = facts.read_text(encoding="utf-8")
        yield from sections(document, text)
        yield from cited_sections(text)
    bodies = (dossier / "bodies.md").read_text(encoding="utf-8")
    yield from sections("bodies", bodies)
    yield from keys(bodies)


def listed(path: Path) -> Iterator[Row]:
    """Yield the ids of the digest."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            cited = re.sub(r"\b00[0-4]\s*", "", row["cited"]).strip()
            yield row["id"], row["kind"], row["document"], row["title"], cited


def series(path: Path) -> Iterator[Row]:
    """Yield the series of dated figures."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            title = f"{row['quantity']}, {row['place']} ({row['unit']})"
            yield f"H:{row['series_id']}", "series", "history", clean(title), clean(row["source"])


def sections(document: str, text: str) -> Iterator[Row]:
    """Yield the numbered sections of a file."""
    for found in HEADING.finditer(text):
        number, title = found["number"], clean(found["title"])
        yield f"{document} §{number}", "section", document, title, f"§{number}"


def cited_sections(text: str) -> Iterator[Row]:
    """Yield the sections of a document that a file cites by name."""
    for found in CITED_SECTION.finditer(text):
        for name in named(found["sections"].split(";")):
            yield f"{found['document']} §{name}", "section", found["document"], name, f"§{name}"


def named(parts: Iterable[str]) -> Iterator[str]:
    """Yield the names of sections in a citation."""
    for part in parts:
        name = part.strip().removeprefix("§").split(" (")[0].split(" for ")[0].strip(" .,")
        if part.strip().startswith("§") and name and not name[0].isdigit():
            yield name


def keys(text: str) -> Iterator[Row]:
    """Yield the keys of public texts listed at the end of a file."""
    listing = text.split("\n## 11. Sources", 1)[1].split("\n## 12.", 1)[0].split("\n", 1)[1]
    for found in KEY.finditer(listing.replace("**", "")):
        for key in found["keys"].split("/"):
            yield key, "text", "bodies", clean(found["title"]), KEY_KINDS[found["kind"]]


def clean(text: str) -> str:
    """Return a text without markup, on one line."""
    return " ".join(MARKUP.sub("", text).split()).strip(" ·")


if __name__ == "__main__":
    main()
