"""Resolutions that can be proposed, the interests by which members lean to them, and leanings of doctrines."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from typing import Final

from wargame.content.binding import Roles
from wargame.content.draft import Authored, Draft, maybe_text, text_of
from wargame.content.problems import Problems
from wargame.content.reading import Reading
from wargame.content.schema_institutions import (
    InterestShape,
    LeaningShape,
    ResolutionShape,
)
from wargame.content.schema_rules import DoctrineShape
from wargame.content.scope import ANY, Nouns, RuleScope
from wargame.content.spots import Spot
from wargame.content.verbs import check_gaps, start_reading
from wargame.model.doctrines import Leaning
from wargame.model.errors import Place
from wargame.model.expression import Comparison, Entity, Formula, Number, Read
from wargame.model.institutions import (
    BALLOT,
    PROPOSAL,
    Charter,
    Institutions,
    Resolution,
)
from wargame.model.rules import Binding, Effect, Effects, EntityClause, Mechanism, TieClause

B, M, P = "b", "m", "p"
"""The roles of a ballot, its member and its proposal."""
_BALLOTS: Final = TieClause(B, BALLOT, M, P)


def build_resolution(entry: Authored[ResolutionShape], draft: Draft, members: Container[str] = ()) -> Resolution:
    """Return a resolution; what it does is made into rules that hold when one of its proposals is adopted.

    ``members``: everybody whom a charter names; they may be its subject by name.
    """
    shape, spot = entry.shape, entry.spot
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    basis = draft.basis(shape, spot)
    scale = draft.scale(shape.range, spot, basis)
    if shape.subject is not None:
        actors = draft.nouns.actors()
        draft.kinds_chosen(spot.get("subject"), actors | frozenset(draft.nouns.kinds), "only", members)
    roles = Roles(draft, {P: frozenset((PROPOSAL,))})
    every = Roles(draft, {B: frozenset((BALLOT,)), M: _members(draft.nouns), P: frozenset((PROPOSAL,))})
    of_all = start_reading(roles, parameters, draft)
    of_each = replace(of_all, scope=start_reading(every, parameters, draft).scope)
    only = {P: (f"#{shape.id}",)}
    proposals, ballots = Binding((EntityClause(P, (PROPOSAL,)),), only), Binding((_BALLOTS,), only)
    gaps = {"body", "subject"} if shape.subject is not None else {"body"}
    check_gaps(spot.get("title"), gaps, draft)

    def rule(when: str, binding: Binding, effects: Effects) -> Mechanism:
        return Mechanism(
            shape.id, entry.pack, text_of(shape.title), None, binding, _flag(when), effects, parameters, scale, False,
            basis, spot.place,
        )  # fmt: skip

    found = Resolution(
        shape.id, entry.pack, text_of(shape.title), maybe_text(shape.text), dict(shape.at),
        None if shape.subject is None else tuple(shape.subject),
        rule("adopted", proposals, of_all.effects(spot.get("adopted"))),
        rule("rejected", proposals, of_all.effects(spot.get("rejected"))),
        rule("adopted", ballots, of_each.effects(spot.get("each"))),
        parameters, basis, spot.place,
    )  # fmt: skip
    of_all.finish(spot.get("parameters"))
    return found


def _flag(attribute: str) -> Formula:
    read = Read(Entity(P), attribute)
    return Formula(Comparison(">=", read, Number(0.5, "0.5")), f"{P}.{attribute}", "truth")


def _members(nouns: Nouns) -> frozenset[str]:
    tie = nouns.ties.get(BALLOT)
    return frozenset(tie.source_kinds) if tie else frozenset((ANY,))


def _ballot_roles(draft: Draft) -> Roles:
    roles = Roles(draft, {B: frozenset((BALLOT,)), M: _members(draft.nouns), P: frozenset((PROPOSAL,))})
    roles.clauses.append(_BALLOTS)
    return roles


def build_interest(entry: Authored[InterestShape], draft: Draft) -> Mechanism:
    """Return an interest: a rule that adds to the inclination of ballots."""
    shape, spot = entry.shape, entry.spot
    roles = _ballot_roles(draft)
    binding = roles.read(None, spot.get("only"))
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    reading = start_reading(roles, parameters, draft)
    when = reading.maybe_truth(spot.get("when"))
    effects = leans(reading.number(spot.get("amount")), spot.at("amount"))
    reading.finish(spot.get("parameters"))
    basis = draft.basis(shape, spot)
    return Mechanism(
        shape.id, entry.pack, text_of(shape.title), maybe_text(shape.text), binding, when, effects, parameters,
        draft.scale(shape.range, spot, basis), shape.off, basis, spot.place,
    )  # fmt: skip


def leans(amount: Formula, place: Place) -> Effects:
    """Return the effect of leaning by an amount."""
    return Effects((Effect(Read(Entity(B), "inclination"), amount, place),))


def build_leaning(shape: LeaningShape, spot: Spot, parameters: frozenset[str], reading: Reading) -> Leaning:
    """Return a leaning of a doctrine; ``reading`` is that of the doctrine, whose parameters it shares."""
    draft = reading.draft
    roles = _ballot_roles(draft)
    scope = RuleScope(draft.nouns, roles.kinds, parameters, draft.cast)
    tag = shape.resolution if shape.resolution.startswith("#") else f"#{shape.resolution}"
    return Leaning(
        Binding((_BALLOTS,), {P: (tag,)}),
        reading.maybe_truth(spot.get("when"), scope),
        reading.number(spot.get("amount"), scope),
    )


def check_organs(
    resolutions: Iterable[Authored[ResolutionShape]],
    charters: Mapping[str, Charter],
    broken: Container[str],
    problems: Problems,
) -> None:
    """Note resolutions at bodies that have no charter, or at organs that their charter does not have."""
    for entry in resolutions:
        at = entry.spot.get("at")
        for body, here in at.items() if at else ():
            charter = charters.get(body)
            if charter is None:
                if body not in broken:
                    problems.unknown(here.key_place, "body", body, charters)
            elif entry.shape.at[body] not in charter.organs:
                problems.unknown(here.place, "organ", entry.shape.at[body], charter.organs)


def check_leanings(
    doctrines: Iterable[Authored[DoctrineShape]],
    institutions: Institutions,
    broken: Container[str],
    problems: Problems,
) -> None:
    """Note leanings on what nobody can propose: neither a resolution nor, after ``#``, a body."""
    resolutions = {resolution.id for resolution in institutions.resolutions}
    tags = {f"#{name}" for name in (*resolutions, *institutions.charters)}
    for entry in doctrines:
        at = entry.spot.get("leanings")
        for one, here in zip(entry.shape.leanings, at.each() if at else (), strict=False):
            known = tags if one.resolution.startswith("#") else resolutions
            if one.resolution not in known and one.resolution.removeprefix("#") not in broken:
                problems.unknown(here.at("resolution"), "resolution", one.resolution, known)
