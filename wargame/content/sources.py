"""The index of sources that the project ships: what every citation in rules and scenarios refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from wargame.formula.suggest import nearest
from wargame.model.text import Text, same

_INDEX: Final = Path(__file__).with_name("sources.tsv")
_SPANISH: Final = Path(__file__).with_name("sources.es.tsv")
"""The same ids with their titles in Spanish, and their sections where those are words and not names."""
_NEAR: Final = 400
"""With more candidates than this, only those that begin alike are compared."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place in one of the documents (or a series of figures, or a public text) that may be cited."""

    id: str
    kind: str
    document: str
    title: Text
    section: Text
    """Author or section: names as the document gives them."""

    @property
    def work(self) -> Text:
        """Return the name of the document."""
        return DOCUMENTS.get(self.document, same(self.document))

    def cite(self) -> Text:
        """Return the citation a reader sees: title, document, author or section, id."""
        where = Text(f", {self.section.en}", f", {self.section.es}") if self.section.en else same("")
        return _CITATION.fill(title=self.title, work=self.work, where=where, id=self.id)


@cache
def index() -> Mapping[str, Source]:
    """Return every source by id."""
    spanish = {name: (title, section) for name, title, section in _rows(_SPANISH)}
    return {
        name: Source(name, kind, document, *_in_both(title, section, *spanish.get(name, ("", ""))))
        for name, kind, document, title, section in _rows(_INDEX)
    }


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")


def _in_both(title: str, section: str, spanish_title: str, spanish_section: str) -> tuple[Text, Text]:
    """Return title and section; what Spanish does not word anew stays as it is."""
    return Text(title, spanish_title or title), Text(section, spanish_section or section)


def source(name: str) -> Source | None:
    """Return the source with an id."""
    return index().get(name)


def is_source(name: str) -> bool:
    """Say whether the index has an id."""
    return name in index()


def nearest_source(name: str) -> str | None:
    """Return the id most like one that the index does not have."""
    known = list(index())
    alike = [other for other in known if other[:3].lower() == name[:3].lower()]
    return nearest(name, alike if alike else known[:_NEAR])


def cite(name: str) -> Text:
    """Return the citation of an id, or the bare id if the index does not have it."""
    found = source(name)
    return found.cite() if found else same(name)


_CITATION: Final = Text("{title} ({work}{where}) [{id}]", "{title} ({work}{where}) [{id}]")

DOCUMENTS: Final[Mapping[str, Text]] = {
    "000": Text(
        "The region in the face of security global changes, IDEI-PUCP and KAS, 2019",
        "La región frente a los cambios globales de seguridad, IDEI-PUCP y KAS, 2019",
    ),
    "001": Text(
        "Exploring the New South American Regionalism, ed. Vivares, 2014",
        "Exploring the New South American Regionalism, ed. Vivares, 2014",
    ),
    "002": Text(
        "South American regional seminar on transnational threats, Perry Center, 2018",
        "Seminario regional sudamericano sobre amenazas transnacionales, Perry Center, 2018",
    ),
    "003": same("PRISM 5-4, 2015"),
    "003a": same("PRISM 5-4, 2015"),
    "003b": same("PRISM 5-4, 2015"),
    "004": Text(
        "Ellis, Peru's Multidimensional Challenge, part 2, 2020",
        "Ellis, el desafío multidimensional del Perú, parte 2, 2020",
    ),
    "history": Text("dated figures", "cifras fechadas"),
    "bodies": Text("rules of the institutions", "reglas de las instituciones"),
}
"""Document → its name."""
