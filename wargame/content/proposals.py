"""What charters and resolutions make of a scenario's cast: memberships on its first day, proposals, and ballots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil
from typing import Final

from wargame.content.claims import claims_of
from wargame.content.draft import Authored, name_of
from wargame.content.schema_scenario import EntityShape, TieStartShape
from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.institutions import (
    BALLOT,
    BODY,
    CHAIR_LEFT,
    MEMBERSHIP,
    PROPOSAL,
    RIVAL_SEATED,
    SUBJECT,
    Charter,
    Institutions,
    Organ,
    Recognition,
    Resolution,
    Spell,
    Status,
    Tablers,
)
from wargame.model.kinds import Sight
from wargame.model.scenario import Calendar, EntityStart, Seat, SightRule, StartValue, Step, TieStart
from wargame.model.text import Text

_DAYS: Final = {Step.WEEK: 7.0, Step.MONTH: 30.4, Step.QUARTER: 91.25, Step.YEAR: 365.0}
_SECRETS: Final = ("vote", "cast")
_STANDING: Final = {Status.MEMBER, Status.ABSENT, Status.SUSPENDED, Status.NOTICE}
_SITTING: Final = _STANDING - {Status.SUSPENDED}


@dataclass(frozen=True)
class Made:
    """The entities and ties that nobody wrote into the scenario's files."""

    entities: tuple[EntityStart, ...] = ()
    ties: tuple[TieStart, ...] = ()
    secret: tuple[str, ...] = ()
    """Proposals that are voted in secret."""
    terms: Mapping[str, StartValue] = field(default_factory=dict)
    """Body → how many turns its chair has left."""

    def complete(self, entity: EntityStart) -> EntityStart:
        """Return an entity with what follows from its charter, where its author has not said otherwise."""
        if entity.id not in self.terms:
            return entity
        return replace(entity, values={CHAIR_LEFT: self.terms[entity.id], **entity.values})

    def sight(self, seats: Iterable[Seat]) -> tuple[SightRule, ...]:
        """Return what keeps single votes secret: nobody but the voter sees how it voted."""
        if not self.secret:
            return ()
        return tuple(SightRule(s.id, name, self.secret, Sight.HIDDEN, None) for s in seats for name in _SECRETS)


def make(
    institutions: Institutions,
    entities: Iterable[Authored[EntityShape]],
    ties: Iterable[Authored[TieStartShape]],
    calendar: Calendar,
) -> Made:
    """Return the memberships, proposals and ballots of a scenario."""
    authored = list(entities)
    cast, claims = {e.shape.id: e.shape for e in authored}, claims_of(authored)
    written = [(t.shape.from_, t.shape.to) for t in ties if t.shape.type == MEMBERSHIP]
    charters = [c for body, c in institutions.charters.items() if body in cast]
    memberships = [tie for c in charters for tie in _memberships(c, cast, frozenset(written), calendar, claims)]
    members: dict[str, list[str]] = {}
    for who, body in (*written, *((t.source, t.target) for t in memberships)):
        if who in cast and who not in members.get(body, ()):
            members.setdefault(body, []).append(who)
    memberships += [tie for c in charters for tie in _claimed_seats(c, members.get(c.body, []), claims)]
    proposals: list[EntityStart] = []
    ballots: list[TieStart] = []
    secret: list[str] = []
    for resolution in institutions.resolutions:
        for proposal, organ in _proposals(resolution, institutions, cast):
            proposals.append(proposal)
            secret += [proposal.id] if organ.secret else []
            known = members.get(proposal.references[BODY], [])
            ballots += [_ballot(m, claims.get(m, m), proposal, organ) for m in known]
    terms = {c.body: _term(c, calendar) for c in charters if c.chair is not None}
    return Made(tuple(proposals), (*memberships, *ballots), tuple(secret), terms)


# ── memberships ──────────────────────────────────────────────────────────────────────────────────────────────


def _memberships(
    charter: Charter,
    cast: Mapping[str, EntityShape],
    written: frozenset[tuple[str, str]],
    calendar: Calendar,
    claims: Mapping[str, str],
) -> Iterator[TieStart]:
    spells: dict[str, list[Spell]] = {}
    for spell in charter.members:
        spells.setdefault(spell.who, []).append(spell)
    known = {who: at_dates for who, at_dates in spells.items() if who in cast}
    holder = _holder(charter, calendar.start, known)
    displaced = {claims.get(r.who) for r in charter.recognises if _holds(r, calendar.start)}
    for who, at_dates in known.items():
        if (who, charter.body) not in written:
            values = _standing(_on(calendar.start, at_dates), charter, calendar)
            values["chair"] = float(who == holder)
            values["quota"] = charter.quotas.get(who, 0.0)
            values["notice_needed"] = _turns(charter.notice_days, calendar)
            if who in displaced:
                values[RIVAL_SEATED] = 1.0
            yield _tie(MEMBERSHIP, who, charter.body, values, charter.basis, charter.place)


def _claimed_seats(charter: Charter, members: list[str], claims: Mapping[str, str]) -> Iterator[TieStart]:
    """Give rival authorities a tie of their own, without standing: what they claim is the seat of another."""
    for rival, claimed in claims.items():
        if claimed in members and rival not in members:
            members.append(rival)
            yield _tie(MEMBERSHIP, rival, charter.body, {"standing": 0.0}, charter.basis, charter.place)


def _on(day: date, spells: Iterable[Spell]) -> Spell | None:
    return next((s for s in spells if _holds(s, day)), None)


def _holds(spell: Spell | Recognition, day: date) -> bool:
    return spell.since <= day and (spell.until is None or day < spell.until)


def _standing(spell: Spell | None, charter: Charter, calendar: Calendar) -> dict[str, float]:
    status = spell.status if spell else Status.WITHDRAWN
    values = {
        "standing": float(status in _STANDING),
        "absent": float(status is Status.ABSENT),
        "suspended": float(status is Status.SUSPENDED),
    }
    if spell is not None and status is Status.NOTICE:
        leaves = spell.until or spell.since + timedelta(charter.notice_days)
        values["notice"] = max(1.0, _turns((leaves - calendar.start).days, calendar))
    return values


def _turns(days: int, calendar: Calendar) -> float:
    """Return the turns in which some days have passed."""
    return float(ceil(days / _DAYS[calendar.step]))


def _holder(charter: Charter, day: date, spells: Mapping[str, list[Spell]]) -> str:
    """Return who holds the chair on a day: as the charter says, or the first in its order that sits."""
    if charter.chair is None:
        return ""
    held = [(since, who) for who, since in charter.chair.held if since <= day]
    if held:
        return max(held)[1]
    sitting = {who for who, found in spells.items() if (s := _on(day, found)) and s.status in _SITTING}
    return next((who for who in charter.chair.order if who in sitting), "")


def _term(charter: Charter, calendar: Calendar) -> StartValue:
    """Return what is left of the chair's term: a whole one unless the charter says from when it is held."""
    assert charter.chair is not None
    held = [since for _, since in charter.chair.held if since <= calendar.start]
    past = int((calendar.start - max(held)).days / _DAYS[calendar.step]) if held else 0
    left = float(max(1, charter.chair.turns - past))
    return StartValue(left, left, left, charter.basis)


def _tie(kind: str, source: str, target: str, values: Mapping[str, float], basis: Basis, place: Place) -> TieStart:
    started = {name: StartValue(v, v, v, basis) for name, v in values.items()}
    return TieStart(kind, source, target, None, started, basis, place)


# ── proposals and ballots ────────────────────────────────────────────────────────────────────────────────────


def _proposals(
    resolution: Resolution, institutions: Institutions, cast: Mapping[str, EntityShape]
) -> Iterator[tuple[EntityStart, Organ]]:
    for body, organ in resolution.at.items():
        charter = institutions.charters.get(body)
        if body not in cast or charter is None or organ not in charter.organs:
            continue
        for subject in _subjects(resolution, body, cast):
            yield _proposal(resolution, body, subject, cast), charter.organs[organ]


def _subjects(resolution: Resolution, body: str, cast: Mapping[str, EntityShape]) -> list[str]:
    if resolution.subject is None:
        return [""]
    wanted = frozenset(resolution.subject)
    return [name for name, shape in cast.items() if name != body and wanted & _words_of(shape)]


def _words_of(shape: EntityShape) -> set[str]:
    return {shape.id, shape.kind, *(f"#{tag}" for tag in shape.tags)}


def _proposal(resolution: Resolution, body: str, subject: str, cast: Mapping[str, EntityShape]) -> EntityStart:
    name = "_".join(part for part in (resolution.id.replace("-", "_"), body, subject) if part)
    shapes = {role: cast[who] for role, who in ((BODY, body), (SUBJECT, subject)) if who}
    titles = {role: name_of(shape.title, shape.called) for role, shape in shapes.items()}
    title = _filled(resolution.title, titles)
    references = {BODY: body, **({SUBJECT: subject} if subject else {})}
    return EntityStart(
        name, PROPOSAL, title, resolution.text, (resolution.id, body), references, True, None, (), {},
        resolution.basis, resolution.place, resolution.id,
    )  # fmt: skip


def _filled(title: Text, gaps: Mapping[str, Text]) -> Text:
    """Return a title with its gaps filled; as it stands if it has others, of which its author is told elsewhere."""
    try:
        return title.fill(**gaps)
    except (KeyError, IndexError, ValueError, AttributeError):
        return title


def _ballot(member: str, owner: str, proposal: EntityStart, organ: Organ) -> TieStart:
    """Return a member's ballot; ``owner``: whose seat it votes from or claims; rights in the organ go with it."""
    tabler = {
        Tablers.MEMBERS: True,
        Tablers.CHAIR: False,
        Tablers.SUBJECT: proposal.references.get(SUBJECT) == owner,
        Tablers.KEYS: owner in organ.keys,
    }[organ.tables]
    values = {
        "tabler": float(tabler),
        "chair_tables": float(organ.tables is Tablers.CHAIR),
        "concerned": float(proposal.references.get(SUBJECT) == member),
    }
    return _tie(BALLOT, member, proposal.id, values, proposal.basis, proposal.place)
