"""Everything found wrong in one pass over the files, in the order in which a reader meets it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wargame.formula.suggest import did_you_mean
from wargame.model.errors import Place, Problem
from wargame.model.text import Text

WARNINGS: Final = frozenset(
    {
        "added-again",
        "always-clipped",
        "always-true",
        "always-zero",
        "counts-double",
        "doctrine-move-denied",
        "ending-forestalled",
        "fixed-measure",
        "fixed-objective",
        "lens-alike",
        "listed-twice",
        "long-brief",
        "move-for-nobody",
        "move-too-dear",
        "move-without-target",
        "never-active",
        "never-taken",
        "never-true",
        "no-range",
        "rule-for-nobody",
        "same-title",
        "seat-told-nothing",
        "tag-for-nobody",
        "unchanging-attribute",
        "uneven-brief",
        "unplayed-doctrine",
        "unread-attribute",
        "unread-series",
        "unserved-training",
        "untranslated",
        "unused-assumption",
        "unused-parameter",
        "useless-denial",
    }
)
"""Codes of what is odd but not wrong: it is told, and the content loads."""

OF_SHARED: Final = frozenset(
    {
        "move-for-nobody",
        "move-without-target",
        "rule-for-nobody",
        "tag-for-nobody",
        "unchanging-attribute",
        "unplayed-doctrine",
        "unread-attribute",
        "unread-series",
    }
)
"""Codes of what is odd in a rule pack only if it is so in every scenario that loads the pack."""

OUTGROWN: Final = frozenset({"missing-basis", "unknown-assumption", "wrong-assumption"})
"""Codes of checks that are younger than some kept sessions, whose content was good by the checks of its day."""


class Problems:
    """Collects problems; the same sentence about the same place is kept once. What is forgiven keeps nothing back."""

    def __init__(self, forgiven: frozenset[str] = frozenset()) -> None:
        self._found: dict[Problem, None] = {}
        self._harmless = WARNINGS | forgiven

    def add(self, place: Place, code: str, message: Text) -> None:
        """Note one thing wrong."""
        self._found[Problem(place, code, message)] = None

    def note(self, problem: Problem) -> None:
        """Note a problem that was made elsewhere."""
        self._found[problem] = None

    def unknown(self, place: Place, what: str, name: str, known: Iterable[str]) -> None:
        """Note a name that nothing has, with the nearest one that something has."""
        hint = did_you_mean(name, known)
        self.add(place, f"unknown-{what}", _UNKNOWN.fill(what=NOUNS[what], name=name, hint=hint))

    def repeated(self, place: Place, name: str, first: Place) -> None:
        """Note an id given twice."""
        self.add(place, "duplicate-id", _REPEATED.fill(name=name, first=first))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the content from loading."""
        return self._sorted(p for p in self._found if p.code not in self._harmless)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is odd but not wrong."""
        return self._sorted(p for p in self._found if p.code in WARNINGS)

    @property
    def forgave(self) -> bool:
        """Whether something was let pass that keeps other content from loading."""
        return any(p.code in self._harmless and p.code not in WARNINGS for p in self._found)

    @staticmethod
    def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
        return tuple(sorted(problems, key=lambda p: (p.place.file, p.place.line, p.place.column)))


_UNKNOWN: Final = Text("there is no {what} '{name}'{hint}", "no existe {what} «{name}»{hint}")
_REPEATED: Final = Text(
    "'{name}' is already taken at {first}; every id may be used once",
    "«{name}» ya existe en {first}; cada id vale una vez",
)

NOUNS: Final = {
    "pack": Text("rule pack", "el paquete de reglas"),
    "scenario": Text("scenario", "el escenario"),
    "kind": Text("kind", "la clase"),
    "actor-kind": Text("kind of actor", "la clase de actor"),
    "tie": Text("tie type", "el tipo de vínculo"),
    "binding": Text("kind or tie type", "la clase o el tipo de vínculo"),
    "attribute": Text("attribute", "el atributo"),
    "resource": Text("resource", "el recurso"),
    "reference": Text("reference", "la referencia"),
    "role": Text("role", "el papel"),
    "entity": Text("entity", "la entidad"),
    "only": Text("kind, #tag or entity", "la clase, #etiqueta o entidad"),
    "move": Text("move", "la acción"),
    "term": Text("term", "la cláusula"),
    "subject": Text("subject of terms", "el asunto de cláusulas"),
    "rule": Text("rule", "la regla"),
    "parameter": Text("parameter", "el parámetro"),
    "lens": Text("lens", "el enfoque"),
    "doctrine": Text("doctrine", "la doctrina"),
    "seat": Text("seat", "el puesto"),
    "training": Text("training objective", "el objetivo de entrenamiento"),
    "assumption": Text("named assumption", "el supuesto"),
    "source": Text("source", "la fuente"),
    "section": Text("section", "la sección"),
    "body": Text("body with a charter", "el organismo con estatutos"),
    "organ": Text("organ", "el órgano"),
    "member": Text("member", "el miembro"),
    "resolution": Text("resolution", "la resolución"),
    "measure": Text("measure", "el indicador"),
    "history": Text("series in the table of figures", "en la tabla de cifras la serie"),
    "gap": Text("role to fill the gap", "el papel que llene el hueco"),
}
"""What may be missing, as a sentence needs it."""
