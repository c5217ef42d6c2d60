"""Charters of rule packs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from wargame.content.draft import Authored, Draft, spot_words, text_of
from wargame.content.schema_institutions import (
    ChairShape,
    CharterShape,
    OrganShape,
    SpellShape,
)
from wargame.content.scope import Nouns
from wargame.content.spots import Spot
from wargame.model.errors import Place
from wargame.model.institutions import (
    NEEDED,
    Base,
    Chair,
    Charter,
    DecisionRule,
    Force,
    Organ,
    Recognition,
    Spell,
    Status,
    Tablers,
)
from wargame.model.text import Text

_SHARED: Final = {DecisionRule.SUPERMAJORITY, DecisionRule.UNANIMITY_ABSTAIN, DecisionRule.WEIGHTED}
_COUNTED: Final = {DecisionRule.COUNCIL_VETO, DecisionRule.SIGN_ON}


def check_nouns(nouns: Nouns, place: Place, draft: Draft) -> bool:
    """Note what the count of votes needs and no pack declares; say whether all is there."""
    complete = True
    for owner, names in NEEDED.items():
        if owner not in nouns.kinds and owner not in nouns.ties:
            draft.problems.add(place, "missing-noun", _NO_NOUN.fill(name=owner))
            complete = False
            continue
        for name in names:
            if nouns.attribute(owner, name) is None:
                draft.problems.add(place, "missing-noun", _NO_ATTRIBUTE.fill(owner=owner, name=name))
                complete = False
    return complete


def build_charter(entry: Authored[CharterShape], draft: Draft) -> Charter:
    """Return a charter; contradictions in it are noted."""
    shape, spot = entry.shape, entry.spot
    members = frozenset(s.who for s in shape.members)
    organs = _organs(shape, spot, members, draft)
    quotas = spot.get("quotas")
    for name, at in quotas.items() if quotas else ():
        _check_member(name, at.key_place, members, draft)
    if sum(shape.quotas.values()) > 100.5:
        draft.problems.add(spot.at("quotas"), "out-of-range", _QUOTAS.fill(sum=f"{sum(shape.quotas.values()):g}"))
    return Charter(
        shape.id, entry.pack, shape.body, text_of(shape.title), organs, _chair(shape.chair, spot, members, draft),
        shape.notice_days, dict(shape.quotas), _spells(shape.members, spot, draft),
        _recognitions(shape, spot, members, draft), draft.basis(shape, spot), spot.place,
    )  # fmt: skip


def _organs(shape: CharterShape, spot: Spot, members: frozenset[str], draft: Draft) -> dict[str, Organ]:
    found: dict[str, Organ] = {}
    at = spot.get("organs")
    for one, here in zip(shape.organs, at.each() if at else (), strict=False):
        if one.id in found:
            draft.problems.repeated(here.at("id"), one.id, here.place)
        found[one.id] = _organ(one, here, members, draft)
    return found


def _organ(shape: OrganShape, spot: Spot, members: frozenset[str], draft: Draft) -> Organ:
    rule = DecisionRule(shape.rule)
    _check_organ(shape, rule, spot, draft)
    for name, place in spot_words(spot, "keys"):
        _check_member(name, place, members, draft)
    for name, place in spot_words(spot, "veto"):
        if not name.startswith("#") and name not in draft.nouns.kinds:
            _check_member(name, place, members, draft)
    base = Base(shape.base) if shape.base else Base.VOTING if rule is DecisionRule.SIMPLE_MAJORITY else Base.MEMBERS
    return Organ(
        shape.id, text_of(shape.title), rule, shape.share or 0.0, shape.least or 0, shape.of or 0, base, shape.quorum,
        tuple(shape.veto), tuple(shape.keys), shape.excludes == "subject", shape.consults_absent, shape.secret,
        shape.urgent, Tablers(shape.tables), shape.abstains_within,
        shape.abstains_within if shape.opposes_beyond is None else shape.opposes_beyond, Force(shape.force),
    )  # fmt: skip


def _check_organ(shape: OrganShape, rule: DecisionRule, spot: Spot, draft: Draft) -> None:
    """Note settings that the rule lacks, or that it contradicts."""
    given = {"share": shape.share, "least": shape.least, "keys": shape.keys or None}
    needs = {
        "share": rule in _SHARED - {DecisionRule.WEIGHTED},
        "least": rule in _COUNTED,
        "keys": rule is DecisionRule.KEYS,
    }
    allows = {"share": rule in _SHARED, "least": rule in _COUNTED, "keys": rule is DecisionRule.KEYS}
    for name, value in given.items():
        if needs[name] and not value:
            draft.problems.add(spot.at("rule"), "incomplete-rule", _LACKS.fill(rule=rule.value, name=name))
        if value is not None and not allows[name]:
            draft.problems.add(spot.at(name), "contradictory-rule", _CLASH.fill(rule=rule.value, name=name))
    if shape.veto and rule is not DecisionRule.COUNCIL_VETO:
        draft.problems.add(spot.at("veto"), "contradictory-rule", _CLASH.fill(rule=rule.value, name="veto"))
    if shape.of and shape.base not in (None, "members"):
        draft.problems.add(spot.at("base"), "contradictory-rule", _TWO_BASES)
    if shape.tables == "keys" and rule is not DecisionRule.KEYS:
        draft.problems.add(spot.at("tables"), "contradictory-rule", _CLASH.fill(rule=rule.value, name="tables: keys"))
    if shape.consults_absent and shape.quorum >= 1.0:
        draft.problems.add(spot.at("consults_absent"), "contradictory-rule", _NOBODY_ABSENT)


def _check_member(name: str, place: Place, members: Iterable[str], draft: Draft) -> None:
    if name not in members:
        draft.problems.unknown(place, "member", name, members)


def _chair(shape: ChairShape | None, spot: Spot, members: frozenset[str], draft: Draft) -> Chair | None:
    at = spot.get("chair")
    if shape is None or at is None:
        return None
    for name, place in spot_words(at, "order"):
        _check_member(name, place, members, draft)
    held = at.get("held")
    spells = []
    for one, here in zip(shape.held, held.each() if held else (), strict=False):
        if one.who not in shape.order:
            draft.problems.unknown(here.at("who"), "member", one.who, shape.order)
        spells.append((one.who, _day(one.from_, here.at("from"), draft)))
    return Chair(tuple(shape.order), shape.turns, tuple(spells), shape.outlasts_suspension)


def _spells(shapes: list[SpellShape], spot: Spot, draft: Draft) -> tuple[Spell, ...]:
    at = spot.get("members")
    found: list[Spell] = []
    for shape, here in zip(shapes, at.each() if at else (), strict=False):
        since = _day(shape.from_, here.at("from"), draft)
        until = _day(shape.to, here.at("to"), draft) if shape.to else None
        if until is not None and until <= since:
            draft.problems.add(here.at("to"), "wrong-date", _BACKWARDS)
        spell = Spell(shape.who, since, until, Status(shape.status))
        if any(_overlap(spell, other) for other in found):
            draft.problems.add(here.place, "overlapping-spells", _TWO_AT_ONCE.fill(name=shape.who))
        found.append(spell)
    return tuple(found)


def _recognitions(shape: CharterShape, spot: Spot, members: frozenset[str], draft: Draft) -> tuple[Recognition, ...]:
    at = spot.get("recognises")
    found: list[Recognition] = []
    for one, here in zip(shape.recognises, at.each() if at else (), strict=False):
        if one.who in members:
            draft.problems.add(here.at("who"), "contradictory-rule", _MEMBER_ITSELF.fill(name=one.who))
        since = _day(one.from_, here.at("from"), draft)
        until = _day(one.to, here.at("to"), draft) if one.to else None
        if until is not None and until <= since:
            draft.problems.add(here.at("to"), "wrong-date", _BACKWARDS)
        spell = Recognition(one.who, since, until)
        if any(_overlap(spell, other) for other in found):
            draft.problems.add(here.place, "overlapping-spells", _TWO_AT_ONCE.fill(name=one.who))
        found.append(spell)
    return tuple(found)


def _overlap(one: Spell | Recognition, other: Spell | Recognition) -> bool:
    if one.who != other.who:
        return False
    return (one.until is None or other.since < one.until) and (other.until is None or one.since < other.until)


def _day(text: str, place: Place, draft: Draft) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        draft.problems.add(place, "wrong-date", _NO_DAY.fill(value=text))
        return date(2000, 1, 1)


_NO_NOUN: Final = Text(
    "charters need the kind or tie '{name}', which no rule pack declares",
    "los estatutos necesitan la clase o el vínculo «{name}», que ningún paquete de reglas declara",
)
_NO_ATTRIBUTE: Final = Text(
    "charters need the attribute '{name}' of '{owner}', which no rule pack declares",
    "los estatutos necesitan el atributo «{name}» de «{owner}», que ningún paquete de reglas declara",
)
_QUOTAS: Final = Text("the quotas add up to {sum}%, more than 100", "las cuotas suman {sum}%, más de 100")
_LACKS: Final = Text("the rule '{rule}' needs '{name}'", "la regla «{rule}» necesita «{name}»")
_CLASH: Final = Text("the rule '{rule}' has no use for '{name}'", "la regla «{rule}» no admite «{name}»")
_TWO_BASES: Final = Text(
    "'of' already says of how many votes the share is taken",
    "«of» ya dice sobre cuántos votos se calcula la proporción",
)
_NOBODY_ABSENT: Final = Text(
    "with a full house nobody is absent who could be consulted",
    "con asistencia plena no hay ausentes a quienes consultar",
)
_BACKWARDS: Final = Text("this day is not after 'from'", "este día no es posterior a «from»")
_TWO_AT_ONCE: Final = Text(
    "'{name}' already has another status on some of these days",
    "«{name}» ya tiene otra condición en algunos de estos días",
)
_MEMBER_ITSELF: Final = Text(
    "'{name}' is a member of its own and claims nobody else's seat",
    "«{name}» es miembro por derecho propio y no reclama el asiento de otro",
)
_NO_DAY: Final = Text("there is no day '{value}'", "no existe el día «{value}»")
