"""The files of a pack or scenario → its sections, entry by entry, each checked for shape on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar, get_args, get_origin

from wargame.content.draft import Authored
from wargame.content.problems import Problems
from wargame.content.schema_parts import Entry, NamedWords
from wargame.content.spots import Spot
from wargame.content.validate import validate
from wargame.content.yaml_source import Mapping as YamlMapping
from wargame.content.yaml_source import Scalar, Sequence, read_yaml
from wargame.model.errors import Place
from wargame.model.text import Text

Shape = TypeVar("Shape", bound=Entry)
_NOWHERE: Final = Place("")


@dataclass
class Sections:
    """What the files of one folder say, by section; ``readable`` is False if a file could not be read at all."""

    folder: str
    entries: dict[str, list[Authored[Any]]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Ids of entries whose shape is beyond reading."""
    readable: bool = True
    place: Place = _NOWHERE

    def of(self, section: str, shape: type[Shape]) -> list[Authored[Shape]]:
        """Return the entries of a section."""
        return [entry for entry in self.entries.get(section, []) if isinstance(entry.shape, shape)]

    def ids(self, section: str) -> set[str]:
        """Return the ids of a section."""
        return {entry.shape.id for entry in self.entries.get(section, [])}


def read_sections(folder: str, files: Mapping[str, str], shape: type[Entry], problems: Problems) -> Sections:
    """Return the sections of YAML files (name → text); ``shape`` is that of one file."""
    found = Sections(folder)
    for file, text in files.items():
        root = read_yaml(text, file, problems)
        if root is None:
            found.readable = False
            continue
        if not found.place.file:
            found.place = Place(file, 1, 1)
        for section, spot in Spot(file, text, root).items():
            _read_section(section, spot, shape, found, problems)
    return found


def _read_section(section: str, spot: Spot, shape: type[Entry], found: Sections, problems: Problems) -> None:
    known = shape.model_fields
    if section not in known:
        problems.unknown(spot.key_place, "section", section, known)
        return
    if isinstance(spot.node, Scalar) and spot.node.value is None:
        return
    if get_origin(known[section].annotation) is dict:
        _read_named(section, spot, found, problems)
        return
    entry_shape, many = _entry_shape(known[section].annotation)
    if many and not isinstance(spot.node, Sequence):
        problems.add(spot.place, "wrong-type", _SECTION_IS_LIST.fill(section=section))
        return
    if not many and found.entries.get(section):
        problems.repeated(spot.key_place, section, found.entries[section][0].spot.key_place)
        return
    for each in spot.each() if many else (spot,):
        _read_entry(section, each, entry_shape, found, problems)


def _read_named(section: str, spot: Spot, found: Sections, problems: Problems) -> None:
    """Read a section whose entries are texts, each under its name."""
    if not isinstance(spot.node, YamlMapping):
        problems.add(spot.place, "wrong-type", _SECTION_IS_MAPPING.fill(section=section))
        return
    for _, each in spot.items():
        _read_entry(section, _with_id(each, problems), NamedWords, found, problems)


def _with_id(spot: Spot, problems: Problems) -> Spot:
    """Return an entry that stands under its name as if that were its id."""
    if not isinstance(spot.node, YamlMapping) or spot.key is None:
        return spot
    own = spot.get(_HAS_ID)
    if own is not None:
        problems.add(own.key_place, "unknown-key", _NAMED_ALREADY)
    return replace(spot, node=replace(spot.node, entries={**spot.node.entries, _HAS_ID: (spot.key, spot.key)}))


def _entry_shape(annotation: Any) -> tuple[type[Entry], bool]:
    inside = get_args(annotation)
    return inside[0], type(None) not in inside


def _read_entry(section: str, spot: Spot, shape: type[Entry], found: Sections, problems: Problems) -> None:
    if not isinstance(spot.node, YamlMapping):
        problems.add(spot.place, "wrong-type", _ENTRY_IS_MAPPING)
        return
    entry = validate(shape, spot, problems)
    if entry is not None:
        found.entries.setdefault(section, []).append(Authored(entry, spot, found.folder))
        return
    for key in (_HAS_ID, _IS_OF):
        name = spot.get(key)
        if name is not None and isinstance(name.node, Scalar):
            written = name.node.text
            found.broken |= {written, written.lower().replace("-", "_"), written.lower().replace("_", "-")}


_HAS_ID: Final = "id"
_IS_OF: Final = "body"
"""By which a charter is known."""


def refuse_repeated(
    entries: Iterable[Authored[Any]], taken: dict[str, Place], problems: Problems
) -> list[Authored[Any]]:
    """Return the entries whose id is not taken yet; the others are noted."""
    kept = []
    for entry in entries:
        name, place = entry.shape.id, entry.spot.at(_HAS_ID)
        if name in taken:
            problems.repeated(place, name, taken[name])
            continue
        taken[name] = place
        kept.append(entry)
    return kept


_SECTION_IS_LIST: Final = Text(
    "the section '{section}' is a list of entries, each beginning with '- '",
    "la sección «{section}» es una lista de entradas, cada una empieza con «- »",
)
_SECTION_IS_MAPPING: Final = Text(
    "the section '{section}' is a group of names, each with its text: {{en: …, es: …}}",
    "la sección «{section}» es un grupo de nombres, cada uno con su texto: {{en: …, es: …}}",
)
_NAMED_ALREADY: Final = Text(
    "the name that this stands under is its id; delete 'id'", "el nombre bajo el que está es su id; borre «id»"
)
_ENTRY_IS_MAPPING: Final = Text(
    "an entry is a group of keys, such as 'id: …'", "una entrada es un grupo de claves, como «id: …»"
)
