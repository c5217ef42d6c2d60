"""What is odd in a scenario though nothing is wrong with it: told as warnings."""

from __future__ import annotations

from typing import Final

from wargame.content.problems import Problems
from wargame.content.rules import Packs
from wargame.content.scope import ACTIVE, OUTSIDE
from wargame.formula.suggest import nearest
from wargame.model.institutions import NEEDED
from wargame.model.rules import Attribute
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import EntityStart, Scenario
from wargame.model.text import Text


def look_for_oddities(scenario: Scenario, packs: Packs) -> None:
    """Note what no formula reads, what nobody can order, tags that nobody has, and assumptions that nothing needs."""
    if packs.problems.errors:
        return
    _unread_attributes(scenario.ruleset, packs)
    for series in scenario.series:
        if f"{OUTSIDE}.{series.id}" not in packs.nouns.read:
            packs.problems.add(series.place, "unread-series", _UNREAD.fill(name=series.id))
    _unused_assumptions(packs)
    _moves_for_nobody(scenario, packs.problems)
    _tags_for_nobody(scenario, packs)


def _unread_attributes(ruleset: Ruleset, packs: Packs) -> None:
    attributes = (*ruleset.attributes, *(d.attribute for d in ruleset.derived))
    shown = {a.reported_as for a in attributes}
    if ruleset.institutions:
        shown.update(name for names in NEEDED.values() for name in names)
    for attribute in attributes:
        if not _matters(attribute) and attribute.id not in packs.nouns.read | shown | {ACTIVE}:
            packs.problems.add(attribute.place, "unread-attribute", _UNREAD.fill(name=attribute.id))


def _matters(attribute: Attribute) -> bool:
    return attribute.resource or attribute.sharpens > 0.0


def _unused_assumptions(packs: Packs) -> None:
    """Note named assumptions that nothing needs; a pack that others use may hold some in stock for them."""
    shared = {used for pack, uses in packs.uses.items() for used in uses if used != pack}
    for name, place in packs.assumptions.items():
        stock = packs.nouns.packs.get(("assumptions", name)) in shared
        if not stock and name not in packs.nouns.assumed:
            packs.problems.add(place, "unused-assumption", _UNUSED.fill(name=name))


def _moves_for_nobody(scenario: Scenario, problems: Problems) -> None:
    seated = {a for seat in scenario.seats for a in seat.actors}
    entities = [e for e in scenario.entities if e.id in seated]
    for move in scenario.ruleset.moves.values():
        if not any(_fits(entity, move.by) for entity in entities):
            problems.add(move.place, "move-for-nobody", _FOR_NOBODY.fill(move=move.id))


def _fits(entity: EntityStart, by: tuple[str, ...]) -> bool:
    return any(word in {entity.id, entity.kind, *(f"#{t}" for t in entity.tags)} for word in by)


def _tags_for_nobody(scenario: Scenario, packs: Packs) -> None:
    known = {tag for entity in scenario.entities for tag in entity.tags}
    for tag, place in packs.nouns.tags.items():
        near = nearest(tag, known) if tag not in known else None
        if near is not None:
            packs.problems.add(place, "tag-for-nobody", _TAG.fill(tag=tag, near=near))


_UNREAD: Final = Text("no formula reads '{name}'", "ninguna fórmula lee «{name}»")
_UNUSED: Final = Text("nothing rests on the assumption '{name}'", "nada se apoya en el supuesto «{name}»")
_FOR_NOBODY: Final = Text(
    "no actor with a seat in this scenario may give '{move}'",
    "ningún actor con puesto en este escenario puede dar «{move}»",
)
_TAG: Final = Text(
    "no entity of this scenario has the tag '{tag}'; did you mean '{near}'?",
    "ninguna entidad de este escenario tiene la etiqueta «{tag}»; ¿quiso decir «{near}»?",
)
