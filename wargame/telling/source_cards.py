"""The card of a source: its document and section, what it says in our words, and what in this session rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from wargame.content.sources import Source, nearest_source, source
from wargame.formula.suggest import did_you_mean
from wargame.model.basis import Basis
from wargame.model.errors import SessionError
from wargame.model.scenario import Scenario
from wargame.model.text import Text, join, same
from wargame.session.wording import Entry
from wargame.telling.game import Game
from wargame.telling.resting import CONFIDENCE, tell_basis
from wargame.telling.scene import Scene

MOST = 12
"""How many rules are named that rest on a source."""


def show_sources(game: Game, words: Sequence[str]) -> None:
    """Say what a source is, or on what a rule, actor or number rests; without words, what the scenario says."""
    if not words:
        game.talk.prose(game.session.scenario.about)
        return
    typed = " ".join(words).strip("[]")
    if source(typed) is not None:
        tell_source(game.scene, typed)
        return
    bases = bases_of(game.session.scenario)
    if typed not in bases:
        near = nearest_source(typed)
        hint = did_you_mean(typed, [*bases, *([near] if near else [])])
        text = Text("There is no source or rule '{id}'{hint}", "No existe la fuente ni la regla «{id}»{hint}")
        raise SessionError(text.fill(id=repr(typed[:60])[1:-1], hint=hint if hint.en else same(".")))
    title, basis = bases[typed]
    game.talk.say(title)
    tell_basis(game.scene, basis, 2)


def tell_source(scene: Scene, name: str) -> None:
    """Tell the card of one source."""
    talk, found = scene.talk, source(name)
    talk.head(f"§ {name}")
    if found is None:
        talk.say(_UNKNOWN)
        return
    for label, said in _facts(found):
        talk.item(f"{talk.of(label)}:", said)
    resting = list(_resting_on(scene, name))
    if not resting:
        talk.say(_NOTHING)
        return
    talk.say(_RESTING)
    for title, basis in resting[:MOST]:
        sure = ""
        if basis.confidence is not None:
            text = Text(" (confidence in the direction: {level})", " (confianza en el sentido: {level})")
            sure = talk.of(text.fill(level=CONFIDENCE[basis.confidence]))
        talk.item("-", f"{talk.of(title)}{sure}", 2)
    if len(resting) > MOST:
        talk.item("-", Text("and {n} more", "y {n} más").fill(n=len(resting) - MOST), 2)


def _facts(found: Source) -> Iterator[tuple[Text, Text]]:
    yield Text("Document", "Documento"), found.work
    if found.section.en:
        yield Text("Author or section", "Autor o sección"), found.section
    yield Text("Kind", "Clase"), _KINDS.get(found.kind, same(found.kind))
    yield Text("In our words", "En nuestras palabras"), join([found.title, same(".")], "")


def _resting_on(scene: Scene, name: str) -> Iterator[tuple[Text, Basis]]:
    for title, basis in bases_of(scene.session.scenario).values():
        if name in basis.sources:
            yield title, basis


def cited_by(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the sources behind some causes: of their rules, of the parameters in their workings, of their reasons."""
    found: dict[str, None] = {}
    for entry in entries:
        bases = [entry.basis, *(given.parameter.basis for given in entry.numbers)]
        for basis in bases:
            found |= dict.fromkeys(basis.sources if basis is not None else ())
        found |= dict.fromkeys(cited_by(entry.because))
    return tuple(found)


# ── what rests on what ───────────────────────────────────────────────────────────────────────────────────────


class _Cited(Protocol):
    """Anything authored that has a title and rests on something."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def basis(self) -> Basis: ...


def bases_of(scenario: Scenario) -> Mapping[str, tuple[Text, Basis]]:
    """Return what all seats may know of, with what it rests on (no injects, no endings)."""
    rules = scenario.ruleset
    groups: tuple[Iterable[_Cited], ...] = (
        rules.attributes,
        (d.attribute for d in rules.derived),
        rules.mechanisms,
        scenario.mechanisms,
        rules.institutions.charters.values(),
        rules.institutions.interests,
        rules.modifiers,
        rules.moves.values(),
        rules.lenses.values(),
        scenario.series,
        scenario.entities,
        scenario.seats,
    )
    return {cited.id: (cited.title, cited.basis) for group in groups for cited in group}


_UNKNOWN = Text("The index of sources does not have it.", "No figura en el índice de fuentes.")
_NOTHING = Text(
    "Nothing else that your seat may know of rests on it here.",
    "Nada más de lo que su puesto puede saber se apoya aquí en ella.",
)
_RESTING = Text("What rests on it here:", "Lo que aquí se apoya en ella:")
_KINDS = {
    "mechanism": Text("a causal claim", "una tesis causal"),
    "move": Text("a policy or instrument", "una política o un instrumento"),
    "section": Text("a section of a document", "una sección de un documento"),
    "situation": Text("a situation that is described", "una situación descrita"),
    "series": Text("a series of dated figures", "una serie de cifras fechadas"),
    "inject": Text("a shock that is described", "un choque descrito"),
    "body": Text("an institution and its rules", "una institución y sus reglas"),
    "text": Text("a public text", "un texto público"),
    "loop": Text("a causal loop", "un círculo causal"),
    "kind": Text("a kind of actor", "un tipo de actor"),
}
