"""Bodies, one vote after the other: who leans how, how they vote, what comes of it, and who has the chair next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from tests.oracle import draws
from tests.oracle.board import PER_UNIT, Bound, roles_used
from tests.oracle.phase import Phase
from tests.oracle.sight import SeatDesk
from tests.oracle.state import Desk, State, is_on, settings_of
from tests.oracle.tally import ABSTAIN, NO, YES, Ballot, Vote, expected
from wargame.model.expression import Entity, Read
from wargame.model.institutions import Charter, DecisionRule, Organ, Resolution, Verdict
from wargame.model.rules import Binding, Effect, Effects, Mechanism
from wargame.model.scenario import EntityStart, Seat, TieStart


def _is(state: State, owner: str, name: str) -> bool:
    return state.values[f"{owner}.{name}"] * 2 >= PER_UNIT


def _put(state: State, owner: str, name: str, value: float | Fraction) -> None:
    low, high = state.board.bounds(owner, name)
    state.values[f"{owner}.{name}"] = min(max(int(value * PER_UNIT), low), high)


# ── the agenda ───────────────────────────────────────────────────────────────────────────────────────────────


def _proposals(state: State) -> list[EntityStart]:
    return [e for e in state.scenario.entities if e.kind == "proposal"]


def _resolution(state: State, proposal: EntityStart) -> Resolution:
    return next(r for r in state.scenario.ruleset.institutions.resolutions if r.id == proposal.proposes)


def _organ(state: State, proposal: EntityStart) -> Organ:
    body = proposal.references["body"]
    return state.scenario.ruleset.institutions.charters[body].organs[_resolution(state, proposal).at[body]]


def agenda(state: State) -> list[EntityStart]:
    """Return the proposals that are voted now."""
    return [p for p in _proposals(state) if _is(state, p.id, "tabled") and _comes_up(state, p)]


def _comes_up(state: State, proposal: EntityStart) -> bool:
    if state.values[f"{proposal.id}.waited"] >= PER_UNIT:
        return True
    return _organ(state, proposal).urgent and _is(state, proposal.id, "urgent")


# ── leaning ──────────────────────────────────────────────────────────────────────────────────────────────────


def lean(phase: Phase, voted: list[EntityStart]) -> None:
    """Let interests and doctrines add to the inclinations of those who have a ballot on what is voted."""
    state, names = phase.state, {p.id for p in voted}
    seats = {actor: seat for seat in state.scenario.seats for actor in seat.actors}
    for interest in state.scenario.ruleset.institutions.interests:
        if is_on(state, interest.id, interest.off):
            settings = settings_of(state, interest.id, interest.parameters, interest.scale)
            for bound in state.board.bindings(interest.binding, {}, roles_used(interest)):
                if bound["p"] in names:
                    _lean(phase, interest, bound, seats.get(bound["m"]), settings)
    for seat_id, doctrine in state.doctrines.items():
        seat = next(s for s in state.scenario.seats if s.id == seat_id)
        settings = settings_of(state, doctrine, state.scenario.ruleset.doctrines[doctrine].parameters) | {"scale": 1.0}
        for rule in _leanings(state, doctrine, seat):
            for bound in state.board.bindings(rule.binding, {}, roles_used(rule)):
                if bound["p"] in names:
                    _lean(phase, rule, bound, seat, settings)


def _leanings(state: State, doctrine: str, seat: Seat) -> list[Mechanism]:
    """Return what a doctrine adds for the members of its seat, as rules; made once, because bindings are kept."""
    if seat.id not in state.leanings:
        state.leanings[seat.id] = list(_made(state, doctrine, seat))
    return state.leanings[seat.id]


def _made(state: State, doctrine: str, seat: Seat) -> Iterator[Mechanism]:
    declared = state.scenario.ruleset.doctrines[doctrine]
    like = state.scenario.ruleset.institutions.interests[0]
    for leaning in declared.leanings:
        only = Binding(leaning.binding.clauses, {**leaning.binding.only, "m": seat.actors})
        effects = Effects((Effect(Read(Entity("b"), "inclination"), leaning.amount, declared.place),))
        yield replace(like, id=doctrine, binding=only, when=leaning.when, effects=effects)


def _lean(phase: Phase, rule: Mechanism, bound: Bound, seat: Seat | None, settings: dict[str, float]) -> None:
    scope = draws.scope(rule.id, [(role, bound[role]) for role in rule.binding.roles])
    desk = SeatDesk(phase.state, bound, settings, scope, seat=seat)
    if phase.state.all_active(bound) and desk.holds(rule.when):
        phase.bring(rule.effects, desk, [settings["scale"]])


# ── voting ───────────────────────────────────────────────────────────────────────────────────────────────────


def count(state: State, voted: list[EntityStart]) -> None:
    """Count what is voted, and write down votes, counts and verdicts."""
    for proposal in _proposals(state):
        if proposal in voted:
            _count(state, proposal)
        elif not _is(state, proposal.id, "tabled"):
            _put(state, proposal.id, "waited", 0)
            _put(state, proposal.id, "pending", 0)
        else:
            _put(state, proposal.id, "waited", 1)


def _count(state: State, proposal: EntityStart) -> None:
    organ, body = _organ(state, proposal), proposal.references["body"]
    pending = _is(state, proposal.id, "pending")
    ties = [t for t in state.scenario.ties if t.type == "ballot" and t.target == proposal.id]
    ballots = [_ballot(state, tie, proposal, organ, pending) for tie in ties]
    asleep = _is(state, body, "dormant") or not state.active(body)
    numbers, verdict = expected(Vote(organ, tuple(ballots), pending, asleep))
    for name, number in zip(("yes", "no", "abstained", "missing"), numbers, strict=True):
        _put(state, proposal.id, name, number)
    done = verdict is not Verdict.PENDING
    for tie, ballot in zip(ties, ballots, strict=True):
        here = ballot.sits and not ballot.excluded and not ballot.absent
        objects = pending and ballot.sits and not ballot.excluded and ballot.vote == NO
        _put(state, tie.id, "vote", ballot.vote if here or objects else 0)
        _put(state, tie.id, "cast", here)
        if done:
            _put(state, tie.id, "sponsor", 0)
    _put(state, proposal.id, "outcome", verdict)
    _put(state, proposal.id, "adopted", verdict is Verdict.ADOPTED)
    _put(state, proposal.id, "rejected", done and verdict is not Verdict.ADOPTED)
    _put(state, proposal.id, "pending", not done)
    _put(state, proposal.id, "waited", not done)
    if done:
        _put(state, proposal.id, "tabled", 0)
        _put(state, proposal.id, "urgent", 0)


def _ballot(state: State, tie: TieStart, proposal: EntityStart, organ: Organ, pending: bool) -> Ballot:
    member, body = tie.source, proposal.references["body"]
    owner = _owner(state, member, body)
    seat = f"membership({owner}, {body})"
    voted = pending and _is(state, tie.id, "cast")
    leans = state.values[f"{tie.id}.inclination"] / PER_UNIT
    vote = YES if leans > organ.abstains_within else NO if leans < -organ.opposes_beyond else ABSTAIN
    concerned = organ.excludes_subject and proposal.references.get("subject") == owner
    return Ballot(
        vote=round(state.values[f"{tie.id}.vote"] / PER_UNIT) if voted else vote,
        sits=_sits(state, owner, body) and _in_the_seat(state, owner, body) == member,
        absent=not voted if pending else _is(state, f"membership({member}, {body})", "absent"),
        weight=Fraction(state.values[f"{seat}.votes"], PER_UNIT),
        excluded=concerned or (bool(organ.keys) and owner not in organ.keys),
        veto=state.board.chosen(owner, organ.veto),
        key=owner in organ.keys,
        seat=owner,
        rival=owner != member,
    )


def _owner(state: State, who: str, body: str) -> str:
    """Return whose seat somebody votes from."""
    claimed = state.board.entities[who].references.get("claims", "")
    return claimed if f"membership({claimed}, {body})" in state.board.ties else who


def _in_the_seat(state: State, owner: str, body: str) -> str:
    """Return whom the body seats for a member."""
    rivals = [e.id for e in state.scenario.entities if e.references.get("claims") == owner]
    rivals = [r for r in rivals if f"membership({r}, {body})" in state.board.ties]
    return rivals[0] if rivals and _is(state, f"membership({owner}, {body})", "rival_seated") else owner


def take_effect(state: State) -> None:
    """Let what was adopted or rejected take effect; what was signed, for its signers."""
    phase = Phase(state)
    for resolution in state.scenario.ruleset.institutions.resolutions:
        if is_on(state, resolution.id, False):
            for rule in (resolution.adopted, resolution.rejected, resolution.each):
                _take_effect(phase, rule)
    phase.apply()


def _take_effect(phase: Phase, rule: Mechanism) -> None:
    state = phase.state
    settings = settings_of(state, rule.id, rule.parameters, rule.scale)
    for bound in state.board.bindings(rule.binding, {}, roles_used(rule)):
        scope = draws.scope(rule.id, [(role, bound[role]) for role in rule.binding.roles])
        desk = Desk(state, bound, settings, scope)
        if state.all_active(bound) and desk.holds(rule.when) and _reaches(state, bound):
            phase.bring(rule.effects, desk, [settings["scale"]])


def _reaches(state: State, bound: Bound) -> bool:
    if "b" not in bound:
        return True
    proposal = state.board.entities[bound["p"]]
    return _organ(state, proposal).rule is not DecisionRule.SIGN_ON or _is(state, bound["b"], "vote")


# ── chairs ───────────────────────────────────────────────────────────────────────────────────────────────────


def rotate(phase: Phase) -> None:
    """Hand on the chairs whose term is over."""
    state = phase.state
    for charter in state.scenario.ruleset.institutions.charters.values():
        known = charter.chair is not None and charter.body in state.board.entities
        if known and not _is(state, charter.body, "dormant"):
            _rotate(phase, charter)


def _rotate(phase: Phase, charter: Charter) -> None:
    state, chair = phase.state, charter.chair
    assert chair is not None
    ties = {who: f"membership({who}, {charter.body})" for who in chair.order}
    order = [who for who, tie in ties.items() if tie in state.board.ties]
    if not order:
        return
    left = state.values[f"{charter.body}.chair_left"]
    holding = [who for who in order if _is(state, ties[who], "chair")]
    lost = not chair.outlasts_suspension and any(not _sits(state, who, charter.body) for who in holding)
    if not lost and (left > PER_UNIT or _is(state, charter.body, "chair_frozen")):
        phase.changes[f"{charter.body}.chair_left"] -= min(left, PER_UNIT)
        return
    phase.changes[f"{charter.body}.chair_left"] += chair.turns * PER_UNIT - left
    follows = {one: order.index(two) for one, two in pairwise([*order, order[0]])}
    first = follows[holding[0]] if holding else 0
    sitting = [who for who in (*order[first:], *order[:first]) if _sits(state, who, charter.body)]
    for who in holding:
        phase.changes[f"{ties[who]}.chair"] -= PER_UNIT
    for who in sitting[:1]:
        phase.changes[f"{ties[who]}.chair"] += PER_UNIT


def _sits(state: State, owner: str, body: str) -> bool:
    """Tell whether somebody sits in the seat of a member."""
    seat = f"membership({owner}, {body})"
    there = state.active(_in_the_seat(state, owner, body))
    return _is(state, seat, "standing") and not _is(state, seat, "suspended") and there
