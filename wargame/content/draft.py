"""What every builder shares: where problems go, what is visible, and how the small parts of an entry are read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from wargame.content.problems import Problems
from wargame.content.schema_parts import Entry, ParameterShape, Words2
from wargame.content.scope import ANY, Cast, Nouns
from wargame.content.sources import is_source, nearest_source
from wargame.content.spots import Spot
from wargame.formula.functions import RESERVED
from wargame.model.basis import Basis, Confidence
from wargame.model.errors import Place
from wargame.model.rules import Parameter
from wargame.model.text import Name, Text

Shape = TypeVar("Shape", bound=Entry, covariant=True)
SCALE: Final = "scale"
"""The parameter that every mechanism and move has: it multiplies all their amounts."""


@dataclass(frozen=True)
class Authored(Generic[Shape]):
    """One entry as its author wrote it, in the shape it should have, with its place and pack."""

    shape: Shape
    spot: Spot
    pack: str = ""


@dataclass(frozen=True)
class Draft:
    """A rule pack or scenario while it is built: what its entries may name, and where their problems go."""

    problems: Problems
    nouns: Nouns
    pack: str
    packs: frozenset[str] = frozenset()
    """The packs whose names it may use, itself too."""
    cast: Cast = field(default_factory=Cast)
    tagged: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Tag → the kinds of the entities that have it, where a scenario is known."""

    def unknown(self, place: Place, what: str, name: str, known: Iterable[str]) -> None:
        """Note a name that nothing has here: perhaps it is that of a rule pack that this one does not use."""
        pack = self.hidden(name)
        if pack:
            self.problems.add(place, "pack-not-used", NOT_USED.fill(name=name, pack=pack, own=self.pack))
        else:
            self.problems.unknown(place, what, name, known)

    def hidden(self, name: str) -> str:
        """Return the rule pack that declares a name, if this pack cannot see it ('' otherwise)."""
        sections = ("attributes", "kinds", "ties", "series", "rules", "assumptions")
        packs = [self.nouns.packs[s, name] for s in sections if (s, name) in self.nouns.packs]
        return packs[0] if packs and self.packs.isdisjoint(packs) else ""

    def basis(self, shape: Any, spot: Spot, inherited: Basis | None = None) -> Basis:
        """Return on what an entry rests; it must say so, unless it stands inside one that does."""
        if shape.source is None and shape.assumption is None:
            if inherited is None:
                self.problems.add(spot.place, "missing-basis", _NO_BASIS)
            return inherited or Basis()
        for name, place in spot_words(spot, "source"):
            if not is_source(name):
                near = nearest_source(name)
                hint = _DID_YOU_MEAN.fill(near=near) if near else Text("", "")
                self.problems.add(place, "unknown-source", _NO_SOURCE.fill(name=name, hint=hint))
        confidence = Confidence(shape.confidence) if shape.confidence else None
        return Basis(tuple(shape.source or ()), self._assumption(shape.assumption, spot), confidence)

    def _assumption(self, given: Words2 | str | None, spot: Spot) -> Text | None:
        """Return what is assumed, in words of its own or by name."""
        if not isinstance(given, str):
            return maybe_text(given)
        self.nouns.assumed.add(given)
        known = self.nouns.assumptions
        if given not in known and given not in self.nouns.broken:
            self.unknown(spot.at("assumption"), "assumption", given, known)
        return known.get(given)

    def parameters(self, shapes: Mapping[str, ParameterShape], spot: Spot | None) -> dict[str, Parameter]:
        """Return the parameters of a rule."""
        found: dict[str, Parameter] = {}
        for name, shape in shapes.items():
            at = spot.get(name) if spot else None
            if at is None:
                continue
            self.refuse_reserved(name, at.key_place, {SCALE})
            if not shape.low <= shape.value <= shape.high:
                self.problems.add(at.at("value"), "out-of-range", outside(shape.value, shape.low, shape.high))
            found[name] = Parameter(name, shape.value, shape.low, shape.high, self.basis(shape, at), at.at("value"))
        return found

    def scale(self, span: list[float], spot: Spot, basis: Basis) -> Parameter:
        """Return the factor of a rule's amounts."""
        if not span[0] <= 1.0 <= span[1]:
            self.problems.add(spot.at("range"), "out-of-range", outside(1.0, span[0], span[1]))
        return Parameter(SCALE, 1.0, span[0], span[1], basis, spot.at("range"))

    def refuse_reserved(self, name: str, place: Place, more: Iterable[str] = ()) -> None:
        """Note a name that formulas use for something else."""
        if name in RESERVED or name in set(more):
            self.problems.add(place, "reserved-name", _RESERVED.fill(name=name))

    def known_kinds(self, spot: Spot | None) -> tuple[str, ...]:
        """Return the kinds of a list; those that do not exist are noted."""
        found = []
        for name, place in spot.words() if spot else ():
            if name in self.nouns.kinds or name in self.nouns.broken:
                found.append(name)
            else:
                self.unknown(place, "kind", name, self.nouns.kinds)
        return tuple(found)

    def kinds_chosen(
        self, spot: Spot | None, base: frozenset[str], what: str = "only", known: Container[str] = ()
    ) -> frozenset[str]:
        """Return which of some kinds a list of kinds, ``#tags`` and entity ids leaves.

        ``known``: entities that may be named although no cast is known here.
        """
        found: set[str] = set()
        for name, place in spot.words() if spot else ():
            found |= base if name in known else self._chosen(name, place, base, what)
        return frozenset(found)

    def _chosen(self, name: str, place: Place, base: frozenset[str], what: str) -> frozenset[str]:
        if name.startswith("#"):
            self.nouns.tags.setdefault(name[1:], place)
            return self._tagged(name[1:], base)
        if name in self.nouns.broken:
            return base
        kind = name if name in self.nouns.kinds else self.cast.kinds.get(name)
        if kind is None:
            known = base if what == "actor-kind" else [*self.nouns.kinds, *self.cast.kinds]
            self.unknown(place, what, name, [*known, *self.cast.kinds])
            return base
        if kind not in base and ANY not in base:
            self.problems.add(place, "never-that-kind", _NEVER.fill(name=name, kinds=", ".join(sorted(base))))
            return frozenset()
        return frozenset((kind,))

    def _tagged(self, tag: str, base: frozenset[str]) -> frozenset[str]:
        """Return the kinds of what a tag picks; whatever has it, where no scenario says who does."""
        kinds = self.tagged.get(tag, frozenset())
        if kinds & base or (kinds and ANY in base):
            return kinds & base or kinds
        return base if len(base) == 1 else frozenset((ANY,))


def spot_words(spot: Spot, key: str) -> list[tuple[str, Place]]:
    """Return the texts of a list under a key, with their places."""
    found = spot.get(key)
    return found.words() if found else []


def text_of(words: Words2) -> Text:
    """Return the two wordings."""
    return Text(words.en.strip(), words.es.strip())


def name_of(title: Words2, called: Words2 | None) -> Name:
    """Return the title of somebody or something, with what it is called within sentences."""
    return Name(title.en.strip(), title.es.strip(), text_of(called or title))


def maybe_text(words: Words2 | None) -> Text | None:
    """Return the two wordings, if there are any."""
    return text_of(words) if words else None


def outside(value: float, low: float, high: float) -> Text:
    """Return the sentence about a value that is not between two others."""
    return _OUTSIDE.fill(value=f"{value:.12g}", low=f"{low:.12g}", high=f"{high:.12g}")


_NO_BASIS: Final = Text(
    "this needs 'source: [ids]' or an 'assumption' that says why",
    "esto necesita «source: [ids]» o un supuesto («assumption») que diga por qué",
)
_NO_SOURCE: Final = Text(
    "the source '{name}' is not in the index of sources{hint}",
    "la fuente «{name}» no está en el índice de fuentes{hint}",
)
_DID_YOU_MEAN: Final = Text("; did you mean '{near}'?", "; ¿quiso decir «{near}»?")
_OUTSIDE: Final = Text(
    "{value} is out of range: expected {low} to {high}", "{value} está fuera de rango: se espera de {low} a {high}"
)
NOT_USED: Final = Text(
    "'{name}' belongs to the rule pack '{pack}'; add it to 'uses' of '{own}'",
    "«{name}» es del paquete de reglas «{pack}»; añádalo a «uses» de «{own}»",
)
_RESERVED: Final = Text(
    "'{name}' has a meaning of its own in formulas; choose another name",
    "«{name}» tiene significado propio en las fórmulas; elija otro nombre",
)
_NEVER: Final = Text(
    "'{name}' can never stand here; expected one of: {kinds}", "«{name}» no puede estar aquí; se espera: {kinds}"
)
