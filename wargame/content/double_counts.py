"""Rules that would count one thing twice if they ran together, as rule packs warn of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wargame.content.draft import spot_words, text_of
from wargame.content.rules import Packs
from wargame.content.schema_rules import DoubleCountShape
from wargame.model.doings import doings
from wargame.model.errors import Place
from wargame.model.rules import Mechanism, Modifier
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Scenario
from wargame.model.text import Text, same


def check_double_counts(packs: Packs) -> None:
    """Note warnings that name rules which their packs do not have; a pack that is not loaded may have anything."""
    for entry in packs.entries("double_counts", DoubleCountShape, {}):
        draft = packs.draft(entry.pack)
        draft.basis(entry.shape, entry.spot)
        for name, place in spot_words(entry.spot, "rules"):
            pack, _, rule = name.partition("/")
            if pack not in packs.sections or packs.verbs.packs.get(rule) == pack or rule in packs.nouns.broken:
                continue
            own = [f"{pack}/{known}" for known, at in packs.verbs.packs.items() if at == pack]
            packs.problems.unknown(place, "rule", name, own)
        written = entry.shape.writes
        if written is not None and not _known(written, packs):
            draft.unknown(entry.spot.at("writes"), "attribute", written, packs.nouns.attributes)


def _known(attribute: str, packs: Packs) -> bool:
    return attribute in packs.nouns.attributes or attribute in packs.nouns.broken or _elsewhere(packs)


def _elsewhere(packs: Packs) -> bool:
    """Say whether a warning may speak of packs that are not loaded here."""
    named = {
        name.partition("/")[0]
        for entry in packs.entries("double_counts", DoubleCountShape, {})
        for name in entry.shape.rules
    }
    return not named <= packs.sections.keys()


def look_for_double_counts(scenario: Scenario, packs: Packs) -> None:
    """Note rules of a scenario that count one thing twice, unless it is said how that is settled."""
    off = _switched_off(scenario.ruleset, scenario.lens)
    writers = _writers(scenario)
    for entry in packs.entries("double_counts", DoubleCountShape, {}):
        shape = entry.shape
        names = [name.partition("/")[2] for name in shape.rules if name.partition("/")[0] in packs.sections]
        running = [n for n in names if n not in off and (shape.writes is None or n in writers.get(shape.writes, ()))]
        whole = len(running) == len(shape.rules) if shape.writes is None else len(running) > 1
        if whole and shape.settled is None:
            message = _TWICE.fill(
                rules=_listed(running), what=text_of(shape.what), remedy=text_of(shape.remedy), where=entry.spot.place
            )
            packs.problems.add(packs.rules.get(running[-1], Place("")), "counts-double", message)


def _writers(scenario: Scenario) -> Mapping[str, set[str]]:
    """Return, by attribute, the rules that write it."""
    found: dict[str, set[str]] = {}
    for doing in doings(scenario):
        for attribute in (
            *(e.path.attribute for e in doing.effects.add),
            *(t.attribute for t in doing.effects.transfer),
        ):
            found.setdefault(attribute, set()).add(doing.rule)
    return found


def _switched_off(ruleset: Ruleset, lens: str) -> frozenset[str]:
    rules: list[Mechanism | Modifier] = [*ruleset.mechanisms, *ruleset.modifiers, *ruleset.institutions.rules]
    usual = {rule.id for rule in rules if rule.off}
    chosen = ruleset.lenses.get(lens)
    return frozenset((usual | set(chosen.off)) - set(chosen.on)) if chosen else frozenset(usual)


def _listed(names: list[str]) -> Text:
    return same(", ".join(f"'{name}'" for name in names))


_TWICE: Final = Text(
    "{rules} together count something twice ({what}): {remedy}; see {where}",
    "{rules} juntas cuentan algo dos veces ({what}): {remedy}; véase {where}",
)
