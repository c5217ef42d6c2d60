"""The rulebook on stdout or in a folder, there with a causal-loop diagram of each rule pack."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wargame.cli.exits import ExitCode
from wargame.cli.speech import Voice
from wargame.content.chapters import Volume, volumes
from wargame.model.text import Text, counted
from wargame.telling.loop_picture import picture
from wargame.telling.loop_words import Diagram
from wargame.telling.rulebook import rulebook


def write_rulebook(voice: Voice, names: Sequence[str], out: Path | None) -> ExitCode:
    """Write the rules of some packs or scenarios (none named: of every pack) in words."""
    chapters = volumes(names)
    lines = rulebook(voice, chapters)
    if out is None:
        for line in lines:
            voice.data(line)
        return ExitCode.OK
    out.mkdir(parents=True, exist_ok=True)
    book = out / f"rulebook.{voice.language}.md"
    book.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    voice.data(str(book))
    drawn = sum(_draw(voice, chapter, out / "loops") for chapter in chapters)
    voice.narrate(counted(drawn, *_DRAWN, packs=len(chapters)))
    return ExitCode.OK


def _draw(voice: Voice, chapter: Volume, folder: Path) -> bool:
    """Draw the loops of one pack; False if none of its rules drives anything."""
    import networkx

    diagram = Diagram(voice, chapter)
    if not diagram.graph:
        return False
    folder.mkdir(exist_ok=True)
    drawing = folder / f"{chapter.name}.{voice.language}.svg"
    drawing.write_text(
        picture(diagram.graph, diagram.titles, diagram.heading, diagram.legend), encoding="utf-8", newline="\n"
    )
    networkx.set_node_attributes(diagram.graph, diagram.titles, "title")
    graph = folder / f"{chapter.name}.graphml"
    networkx.write_graphml(diagram.graph, str(graph))
    for path in (drawing, graph):
        voice.data(str(path))
    return True


_DRAWN = (
    Text("1 diagram for {packs} rule packs.", "1 diagrama de {packs} paquetes de reglas."),
    Text("{n} diagrams for {packs} rule packs.", "{n} diagramas de {packs} paquetes de reglas."),
)
