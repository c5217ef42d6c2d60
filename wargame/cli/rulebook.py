"""The rulebook on stdout or in a folder, there with a causal-loop diagram of each rule pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from wargame.cli.exits import ExitCode
from wargame.cli.speech import Voice
from wargame.content.chapters import Volume, volumes
from wargame.model.text import Language, Text, counted
from wargame.telling.loop_picture import picture
from wargame.telling.loop_words import Diagram
from wargame.telling.rulebook import chapter_page, contents, rulebook


def write_rulebook(voice: Voice, names: Sequence[str], out: Path | None) -> ExitCode:
    """Write the rules of some packs or scenarios (none named: of every pack) in words.

    In a folder: a list of the packs, ``rulebook.md`` or ``rulebook.es.md``, and ``rulebook/`` with a page and the
    causal loops of each.
    """
    chapters = volumes(names)
    if out is None:
        for line in rulebook(voice, chapters):
            voice.data(line)
        return ExitCode.OK
    pages = out / "rulebook"
    pages.mkdir(parents=True, exist_ok=True)
    drawn = {chapter.name for chapter in chapters if _draw(voice, chapter, pages / "loops")}
    for chapter in chapters:
        page = pages / f"{chapter.name}.{voice.language}.md"
        loops = f"loops/{chapter.name}.{voice.language}.svg" if chapter.name in drawn else ""
        _write(voice, page, chapter_page(voice, chapter, loops))
    _write(voice, out / _CARDS[voice.language], contents(voice, chapters, pages.name))
    voice.narrate(counted(len(drawn), *_DRAWN, packs=len(chapters)))
    return ExitCode.OK


def _write(voice: Voice, path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    voice.data(str(path))


def _draw(voice: Voice, chapter: Volume, folder: Path) -> bool:
    """Draw the loops of one pack; False if none of its rules drives anything."""
    import networkx

    diagram = Diagram(voice, chapter)
    if not diagram.graph:
        return False
    folder.mkdir(exist_ok=True)
    drawing = picture(diagram.graph, diagram.titles, diagram.heading, diagram.legend)
    _write(voice, folder / f"{chapter.name}.{voice.language}.svg", [drawing])
    networkx.set_node_attributes(diagram.graph, diagram.titles, "title")
    graph = folder / f"{chapter.name}.{voice.language}.graphml"
    networkx.write_graphml(diagram.graph, str(graph))
    voice.data(str(graph))
    return True


_CARDS = {Language.EN: "rulebook.md", Language.ES: "rulebook.es.md"}
_DRAWN = (
    Text("1 diagram for {packs} rule packs.", "1 diagrama de {packs} paquetes de reglas."),
    Text("{n} diagrams for {packs} rule packs.", "{n} diagramas de {packs} paquetes de reglas."),
)
