"""What a seat may order in a live session: every candidate with its cost and odds, or the sentence that refuses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.engine.moves import BoundMove, Check
from wargame.engine.naming import NOT_IN_PLAY, Names
from wargame.engine.readers import Values
from wargame.engine.seating import Contest, asks, contest_of, readings_of_seating
from wargame.model.errors import Refusal
from wargame.model.institutions import BODY, MEMBERSHIP, RIVAL_SEATED
from wargame.model.kinds import Sight
from wargame.model.orders import Candidate, Order
from wargame.model.scenario import Seat
from wargame.model.text import Text, counted, join, lower
from wargame.model.world import World


@dataclass(frozen=True, slots=True)
class Option:
    """One candidate as its seat sees it now; cost and odds are for the default amount (odds None: it is sure)."""

    candidate: Candidate
    refusal: Refusal | None
    cost: Mapping[str, float]
    odds: float | None


@dataclass(slots=True)
class _Listing:
    """What is the same for all candidates while they are listed: what is left, and where checks hold."""

    left: Mapping[tuple[str, str], float]
    holds: dict[int, Values] = field(default_factory=dict)
    asks: dict[int, bool] = field(default_factory=dict)
    """By check: is it about who sits in a seat?"""


class Desk:
    """Where the orders of one seat are checked, at one moment of a live session (a batch of one)."""

    def __init__(self, engine: Engine, names: Names, world: World, seat: Seat) -> None:
        self.engine = engine
        self.names = names
        self.world = world
        self.seat = seat
        self.number = engine.seat_number(seat.id)
        self.legality: Legality = engine.legality(world)
        self._moves = {move.move.id: move for move in engine.catalogue.moves}
        self._odds: dict[tuple[str, int], list[float] | None] = {}
        self._contests: dict[tuple[str, str], Contest | None] = {}
        self._listing: _Listing | None = None

    def options(self, filed: Sequence[Order] = ()) -> tuple[Option, ...]:
        """Return every candidate of the seat, given what it has filed already."""
        mine = {pair.id for pair in self.engine.catalogue.pairs if pair.seat == self.number}
        self._listing = _Listing(self.left(filed))
        try:
            return tuple(self.option(c, filed) for c in self.engine.candidates if c.pair in mine)
        finally:
            self._listing = None

    def option(self, candidate: Candidate, filed: Sequence[Order] = ()) -> Option:
        """Return one candidate with its cost and odds, or why it is refused."""
        amount = self.default_amount(candidate)
        order = Order(candidate.id, amount)
        return Option(candidate, self.refuse(order, filed), self.cost(candidate, amount), self.odds(candidate, amount))

    def default_amount(self, candidate: Candidate) -> int:
        """Return the amount that an order has unless another is named."""
        limits = self._moves[candidate.move].move.amount
        return limits.default if limits else 1

    def refuse(self, order: Order, filed: Sequence[Order]) -> Refusal | None:
        """Return why an order may not be filed after the others; None if it may."""
        if not 0 <= order.candidate < len(self.engine.candidates):
            return Refusal("unknown-order", Text("There is no such order.", "No existe esa orden."))
        candidate = self.engine.candidates[order.candidate]
        pair = self.engine.catalogue.pairs[candidate.pair]
        if pair.seat != self.number:
            return Refusal("not-your-actor", self._not_yours(candidate))
        move = self._moves[candidate.move]
        return (
            self._refuse_filing(order, candidate, move, filed)
            or self._refuse_actor(candidate, move)
            or self._refuse_target(candidate, move)
            or self._refuse_cost(order, candidate, filed)
        )

    def cost(self, candidate: Candidate, amount: int) -> dict[str, float]:
        """Return what an order costs, by resource."""
        move = self._moves[candidate.move]
        at = candidate.pair - move.pairs[0].id
        return {name: float(cost[at, 0]) for name, cost in self.legality.costs(move, amount).items()}

    def odds(self, candidate: Candidate, amount: int) -> float | None:
        """Return the odds of success by the seat's own estimates; None: the move is sure."""
        move = self._moves[candidate.move]
        key = (candidate.move, amount)
        if key not in self._odds:
            found = self.legality.odds(move, amount)
            self._odds[key] = None if found is None else [float(v) for v in found[:, 0]]
        odds = self._odds[key]
        return None if odds is None else odds[candidate.id - move.first]

    def left(self, filed: Sequence[Order]) -> dict[tuple[str, str], float]:
        """Return what each actor of the seat still has after the filed orders: (actor, resource) → points."""
        found = {
            (actor, resource): float(self.world.values[self.engine.layout.row(actor, resource), 0])
            for actor in self.seat.actors
            for resource in self.resources(actor)
        }
        for order in filed:
            candidate = self.engine.candidates[order.candidate]
            for resource, cost in self.cost(candidate, order.amount).items():
                found[candidate.actor, resource] -= cost
        return found

    def resources(self, actor: str) -> list[str]:
        """Return the resources that an actor has."""
        attributes = self.engine.scenario.ruleset.attributes
        return [a.id for a in attributes if a.resource and (actor, a.id) in self.engine.layout.index]

    def _refuse_filing(
        self, order: Order, candidate: Candidate, move: BoundMove, filed: Sequence[Order]
    ) -> Refusal | None:
        if any(other.candidate == order.candidate for other in filed):
            return Refusal(
                "already-filed", Text("You have already filed this order.", "Esta orden ya está presentada.")
            )
        if any(self.engine.candidates[other.candidate].pair == candidate.pair for other in filed):
            text = Text("Only once in a turn: '{move}' ({actor}).", "Solo una vez por turno: «{move}» ({actor}).")
            return Refusal("once-a-turn", text.fill(actor=self.names.brief(candidate.actor), move=move.move.title))
        if len(filed) >= self.seat.orders:
            return Refusal("too-many-orders", counted(self.seat.orders, *_TOO_MANY))
        limits = move.move.amount
        low, high = (limits.low, limits.high) if limits else (1, 1)
        if not low <= order.amount <= high:
            text = Text("The amount must lie between {low} and {high}.", "La cantidad debe estar entre {low} y {high}.")
            return Refusal("amount-out-of-range", text.fill(low=low, high=high))
        return None

    def _refuse_actor(self, candidate: Candidate, move: BoundMove) -> Refusal | None:
        at = candidate.pair - move.pairs[0].id
        if move.actors_active is not None and not (self.world.values[move.actors_active[:, at], 0] >= 0.5).all():
            return Refusal("actor-inactive", self._inactive(candidate.actor))
        if not self.legality.rested(move)[at, 0]:
            return self._refuse_rest(candidate, move)
        return self._refuse_check(move.requires, at, {"actor": candidate.actor})

    def _refuse_rest(self, candidate: Candidate, move: BoundMove) -> Refusal:
        if move.move.once:
            return Refusal(
                "only-once", Text("This can be done only once in a session.", "Solo puede hacerse una vez por sesión.")
            )
        ready = int(self.world.last_given[candidate.pair, 0]) + move.move.cooldown + 1
        text = Text("It can be ordered again from turn {turn}.", "Se podrá ordenar de nuevo desde el turno {turn}.")
        return Refusal("cooldown", text.fill(turn=ready))

    def _refuse_target(self, candidate: Candidate, move: BoundMove) -> Refusal | None:
        at = candidate.id - move.first
        if move.active is not None and not (self.world.values[move.active[:, at], 0] >= 0.5).all():
            return TARGET_INACTIVE
        return self._refuse_check(move.where, at, {"actor": candidate.actor, **candidate.targets})

    def _refuse_check(self, checks: Sequence[Check], at: int, bound: Mapping[str, str]) -> Refusal | None:
        for check in checks:
            if not _at(self._holds(check), at):
                otherwise = check.requirement.otherwise
                return self._refuse_seat(check, bound) or Refusal("not-met", otherwise or self._needs(check, bound))
        return None

    def _holds(self, check: Check) -> Values:
        """Return where a check holds, for all that a move may be given for at once."""
        known = self._listing.holds if self._listing is not None else {}
        if id(check) not in known:
            known[id(check)] = self.legality.reader.evaluate(check.seen)
        return known[id(check)]

    def _asks_who_sits(self, check: Check) -> bool:
        known = self._listing.asks if self._listing is not None else {}
        if id(check) not in known:
            known[id(check)] = asks(check.requirement.check, self._of_seating)
        return known[id(check)]

    def _refuse_seat(self, check: Check, bound: Mapping[str, str]) -> Refusal | None:
        """Return who sits in the actor's place, where that is what a check asks and everybody knows it."""
        ties = self.engine.cast.ties
        if not self._asks_who_sits(check):
            return None
        for tie in (ties[name] for name in bound.values() if name in ties):
            body = self.engine.cast.entities[tie.target].references.get(BODY, tie.target)
            contest = self._contest(bound["actor"], body) if tie.source == bound["actor"] else None
            if contest is None:
                continue
            row = self.engine.layout.row(self.engine.layout.ties[MEMBERSHIP, contest.owner, body], RIVAL_SEATED)
            rival, known = self.world.values[row, 0] >= 0.5, self.engine.layout.attributes[row]
            if known and known.sight is Sight.EXACT and contest.seated(rival=rival) != bound["actor"]:
                return Refusal("seat-held-by-other", contest.say(self.names, rival=rival))
        return None

    def _contest(self, who: str, body: str) -> Contest | None:
        if (who, body) not in self._contests:
            self._contests[who, body] = contest_of(self.engine.cast, who, body)
        return self._contests[who, body]

    @cached_property
    def _of_seating(self) -> frozenset[str]:
        return readings_of_seating(self.engine.scenario.ruleset)

    def _needs(self, check: Check, bound: Mapping[str, str]) -> Text:
        known = {source.parameter[1]: source.value for source in check.seen.sources if source.parameter}
        return Text("It needs: {what}.", "Se necesita: {what}.").fill(
            what=self.names.words(check.requirement.check, bound, known)
        )

    def _refuse_cost(self, order: Order, candidate: Candidate, filed: Sequence[Order]) -> Refusal | None:
        left = self.left(filed) if self._listing is None else self._listing.left
        short = [
            self._short_of(resource, cost, left[candidate.actor, resource])
            for resource, cost in self.cost(candidate, order.amount).items()
            if cost > left[candidate.actor, resource]
        ]
        if not short:
            return None
        text = Text("It cannot be paid at present. Short of {short}.", "No alcanza para pagarla. Falta {short}.")
        return Refusal("not-enough", text.fill(short=join(short, "; ")))

    def _short_of(self, resource: str, cost: float, left: float) -> Text:
        """Return what is missing, with as many decimals as show the difference."""
        decimals = next((d for d in (1, 2) if round(cost, d) != round(left, d)), 4)
        text = Text("{what} (needed: {cost}; left: {left})", "{what} (necesario: {cost}; disponible: {left})")
        what = lower(self.names.attribute(resource))
        return text.fill(what=what, cost=points(cost, decimals), left=points(left, decimals))

    def _not_yours(self, candidate: Candidate) -> Text:
        return Text("Not an actor of your seat: {actor}.", "No es un actor de su puesto: {actor}.").fill(
            actor=self.names.owner(candidate.actor)
        )

    def _inactive(self, actor: str) -> Text:
        return NOT_IN_PLAY.fill(who=self.names.owner(actor))


TARGET_INACTIVE = Refusal(
    "target-inactive", Text("The target is not in play at present.", "El objetivo no está en actividad.")
)
_TOO_MANY = (
    Text("You may give one order a turn; withdraw it first.", "Puede dar una orden por turno; retírela antes."),
    Text("You may give {n} orders a turn; withdraw one first.", "Puede dar {n} órdenes por turno; retire una antes."),
)


def _at(values: object, position: int) -> bool:
    import numpy as np

    array = np.asarray(values)
    return bool(array) if array.ndim == 0 else bool(array.reshape(array.shape[0], -1)[position, 0])


def points(value: float, decimals: int = 1) -> Text:
    """Return points with so many decimals at most."""
    shown = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return Text(shown, shown.replace(".", ","))
