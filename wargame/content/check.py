"""What is odd in a scenario though nothing is wrong with it: told as warnings."""

from __future__ import annotations

from typing import Final

from wargame.content.dead_formulas import look_for_dead_formulas
from wargame.content.double_counts import look_for_double_counts
from wargame.content.idle_rules import fits, look_for_idle_rules
from wargame.content.odd_script import look_at_script
from wargame.content.odd_words import look_at_briefs, look_for_odd_words, look_for_same_titles
from wargame.content.problems import Problems
from wargame.content.repeats import look_for_repeats
from wargame.content.rules import Packs
from wargame.content.scenario import Folder
from wargame.content.scope import ACTIVE, OUTSIDE
from wargame.formula.suggest import did_you_mean
from wargame.model.institutions import NEEDED
from wargame.model.kinds import Attribute
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Scenario
from wargame.model.text import Text


def look_for_oddities(scenario: Scenario, packs: Packs, folder: Folder) -> None:
    """Note what plays no part or can never matter, what would count double, and what is odd in words and script."""
    if packs.problems.errors:
        return
    _unread_attributes(scenario.ruleset, packs)
    for series in scenario.series:
        if f"{OUTSIDE}.{series.id}" not in packs.nouns.read:
            packs.problems.add(series.place, "unread-series", _UNREAD.fill(name=series.id))
    _unused_assumptions(packs)
    _moves_for_nobody(scenario, packs.problems)
    _tags_for_nobody(scenario, packs)
    look_for_dead_formulas(scenario, packs.nouns, packs.problems)
    look_for_idle_rules(scenario, packs.problems)
    look_for_double_counts(scenario, packs)
    look_for_repeats(scenario, packs.problems)
    look_at_script(scenario, packs.problems)
    look_for_odd_words((*packs.sections.values(), folder.sections), packs.problems)
    look_at_briefs(folder.texts, folder.shown, packs.problems)
    look_for_same_titles(scenario, packs.problems)


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
        if not any(fits(entity, move.by) for entity in entities):
            problems.add(move.place, "move-for-nobody", _FOR_NOBODY.fill(move=move.id))


def _tags_for_nobody(scenario: Scenario, packs: Packs) -> None:
    known = {tag for entity in scenario.entities for tag in entity.tags}
    for tag, place in packs.nouns.tags.items():
        if tag not in known:
            packs.problems.add(place, "tag-for-nobody", _TAG.fill(tag=tag, hint=did_you_mean(tag, known)))


_UNREAD: Final = Text("no formula reads '{name}'", "ninguna fórmula lee «{name}»")
_UNUSED: Final = Text("nothing rests on the assumption '{name}'", "nada se apoya en el supuesto «{name}»")
_FOR_NOBODY: Final = Text(
    "no actor with a seat in this scenario may give '{move}'",
    "ningún actor con puesto en este escenario puede dar «{move}»",
)
_TAG: Final = Text(
    "no entity has the tag '{tag}'{hint}",
    "ninguna entidad tiene la etiqueta «{tag}»{hint}",
)
