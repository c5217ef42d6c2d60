"""How a seat reads a number: exactly, by estimate, as it is reported, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle import draws
from tests.oracle.board import PER_UNIT, ticks
from tests.oracle.state import Desk, State, Values
from wargame.model.expression import START_LAG, Read
from wargame.model.kinds import Attribute, AttributeType, Sight
from wargame.model.scenario import Seat, SightRule


@dataclass(frozen=True)
class SeatDesk(Desk):
    """A desk at which a seat computes a formula: it reads what the seat sees."""

    seat: Seat | None = None

    def _read(self, read: Read) -> float:
        board = self.state.board
        owner = board.owner(read.subject, self.bound)
        if owner is None or self.seat is None:
            return super()._read(read)
        attribute = board.attribute(owner, read.attribute)
        if attribute is None or is_own(self.state, self.seat, owner):
            return super()._read(read)
        return self._seen(owner, attribute, read)

    def _seen(self, owner: str, attribute: Attribute, read: Read) -> float:
        rule = _exception(self.state, self.seat, owner, attribute.id)
        sight = rule.sight if rule else attribute.sight
        spread = attribute.spread if rule is None or rule.spread is None else rule.spread
        if sight is Sight.HIDDEN:
            return ticks(attribute.guess) / PER_UNIT
        if sight is Sight.ESTIMATED and spread > 0.0:
            return self._believed(owner, attribute, spread, read.lag)
        told = f"{owner}.{attribute.reported_as}"
        values = self._world(read.lag)
        return values[told if sight is Sight.REPORTED and told in values else f"{owner}.{attribute.id}"] / PER_UNIT

    def _believed(self, owner: str, attribute: Attribute, spread: float, lag: int) -> float:
        """Return an estimate, made when a turn began: one error for the whole session, another for the turn."""
        assert self.seat is not None
        turn = 1 if lag == START_LAG else max(1, self.state.turn - max(lag - 1, 0))
        values = self.state.past[turn - 1]
        true = values[f"{owner}.{attribute.id}"] / PER_UNIT
        text = f"sight|{self.seat.id}|{owner}.{attribute.id}"
        error = draws.noise(self.state.seed, 0, f"{text}|bias") * 0.96
        error += draws.noise(self.state.seed, turn, f"{text}|noise") * 0.28
        relative = attribute.type is AttributeType.STOCK
        error = (
            error * ((spread * abs(true) if relative else spread) / _sharpness(self.state, self.seat, values)) + true
        )
        low, high = ticks(attribute.low), ticks(attribute.high)
        return min(max(ticks(error), low), high) / PER_UNIT


def is_own(state: State, seat: Seat, owner: str) -> bool:
    """Tell whether a seat controls an entity, or the end of a tie that the tie belongs to."""
    tie = state.board.ties.get(owner)
    if tie is None:
        return owner in seat.actors
    symmetric = state.scenario.ruleset.ties[tie.type].symmetric
    return tie.source in seat.actors or (symmetric and tie.target in seat.actors)


def _exception(state: State, seat: Seat | None, owner: str, attribute: str) -> SightRule | None:
    tie = state.board.ties.get(owner)
    names = {owner} if tie is None else {owner, tie.source, tie.target}
    fitting = [r for r in state.scenario.sight if seat and r.seat == seat.id and r.attribute == attribute]
    named = [r for r in fitting if names & set(r.entities)]
    general = [r for r in fitting if not r.entities]
    return next(iter(named or general), None)


def _sharpness(state: State, seat: Seat, values: Values) -> float:
    for attribute in state.scenario.ruleset.attributes:
        row = f"{seat.actors[0]}.{attribute.id}"
        if attribute.sharpens > 0.0 and row in values:
            return 1.0 + attribute.sharpens * (values[row] / PER_UNIT)
    return 1.0
