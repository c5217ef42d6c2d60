"""Write the index of sources that the project ships, from a folder with the digest of the documents.

    python tools/build_source_index.py DOSSIER [wargame/content/sources.tsv]

One row for each id of ``index.tsv``, each series of ``history.csv``, each section of the ``facts-*.md`` files (by
number, and by name where figures are cited so) and each key and section of ``bodies.md``.

The Spanish titles beside the index (``sources.es.tsv``: id, title, author or section where that is words and not a
name) are written by hand. A row is kept while the English that it renders stays the same. Where an id is gone, or its
English title or section has changed, the row is dropped, for nobody can tell whether it is still right; it is printed
with the new English, and so are ids that have no Spanish yet. Write those into the file, in any order, and run this
again: it sorts them as the index is sorted.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = tuple[str, str, str, str, str]
"""id, kind, document, title, author or section"""
Spanish: TypeAlias = tuple[str, str, str]
"""id, title, author or section (empty: as in English)"""

HEADING = re.compile(r"^(?:#{2,4} |\*\*)(?P<number>\d+(?:\.\d+)?)\.? (?P<title>.+)$", re.MULTILINE)
CITED_SECTION = re.compile(r"\[(?P<document>00[0-4]) (?P<sections>§[^\]]*)\]")
KEY = re.compile(r"\b(?P<keys>[A-Z]\d{1,2}(?:/[A-Z]\d{1,2})?) (?P<kind>P/N|P|N|E) (?P<title>.+?)(?= · [A-Z]\d|\n|$)")
KEY_KINDS = {"P": "primary text", "N": "press", "E": "secondary", "P/N": "primary text, press"}
WHOLE = {
    "003b:M40": "Long police posting + open station + illicit economy -> corruption + ; "
    "army rotation <= 2 yrs and closed base -> corruption lower but isolation +",
    "003b:M71": "Rivals' leaders still free -> militia willingness to disarm ~0; "
    "arrests of those leaders -> willingness + but goalposts move (chiefs first, later middle managers too)",
    "003b:M73": "Criminal courts and dispute settlement -> local legitimacy of the group + "
    "(some residents preferred them to state justice; others simply feared it)",
}
"""Titles that ``index.tsv`` cuts short, in full."""
MARKUP = re.compile(r"[*`]|\s*\[[^\]]*\]")


def main() -> None:
    """Write the index, and keep what is written beside it in Spanish."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("dossier", type=Path)
    ask.add_argument("out", type=Path, nargs="?", default=Path("wargame/content/sources.tsv"))
    say = ask.parse_args()
    rows = {row[0]: row for row in reversed(list(index(say.dossier)))}
    beside = say.out.with_suffix(".es.tsv")
    before = {row[0]: row for row in table(say.out)}
    written = {row[0]: (row[0], row[1], row[2]) for row in table(beside)}
    spanish = still_right(written, before, rows)
    write(say.out, ("id", "kind", "document", "title", "author_or_section"), rows)
    write(beside, ("id", "title", "author_or_section"), spanish)
    for name in sorted({*rows, *written} - spanish.keys()):
        english = rows[name][3] if name in rows else "(gone)"
        sys.stderr.write(f"No Spanish: {name}: {english} | was: {written.get(name, ('', '–', ''))[1]}\n")


def still_right(
    written: Mapping[str, Spanish], before: Mapping[str, tuple[str, ...]], rows: Mapping[str, Row]
) -> dict[str, Spanish]:
    """Return the Spanish rows whose id is in the index, and whose English is the same as before or was not there."""
    return {
        name: row
        for name, row in written.items()
        if name in rows and (name not in before or before[name][3:] == rows[name][3:])
    }


def table(path: Path) -> list[tuple[str, ...]]:
    """Return the rows of a file below its head; none if there is no such file."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []
    return [tuple(line.split("\t")) for line in lines]


def write(path: Path, head: tuple[str, ...], rows: Mapping[str, tuple[str, ...]]) -> None:
    """Write rows below their head, sorted."""
    lines = ["\t".join(row) for row in (head, *sorted(rows.values()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


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
            yield row["id"], row["kind"], row["document"], WHOLE.get(row["id"], row["title"]), cited


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
