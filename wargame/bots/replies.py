"""What bots offer people, how they answer them, and why, in words built from the largest terms of their reckoning."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from wargame.bots.bargaining import STEPS, Found, Round
from wargame.bots.swing import Swing
from wargame.bots.table import Option, Table
from wargame.engine.agreements import ALIGNMENT, EVEN_TRUST, TRUST
from wargame.engine.engine import Engine
from wargame.engine.naming import Names
from wargame.engine.promising import Clause, PromiseDesk, join_words, term_words
from wargame.engine.views import SeatEyes
from wargame.model.agreements import TAKER
from wargame.model.promises import Obligations
from wargame.model.scenario import Seat
from wargame.model.text import Text, join
from wargame.model.world import World
from wargame.session.beliefs import Beliefs
from wargame.session.deals import Proposal, Reply

_TRUSTING, _WARY = 60.0, 35.0


class Correspondent:
    """Speaks for the bots of a live session; each reckons from its own view."""

    def __init__(self, engine: Engine, table: Table) -> None:
        self.engine = engine
        self.table = table
        self._eyes: dict[str, SeatEyes] = {}

    @cached_property
    def names(self) -> Names:
        """The titles of the scenario."""
        return Names.of(self.engine.scenario, self.engine.cast)

    def eyes(self, seat: str) -> SeatEyes:
        """Return how a seat sees every number."""
        if seat not in self._eyes:
            self._eyes[seat] = SeatEyes(self.engine, self._seat(seat))
        return self._eyes[seat]

    # ── offers to people ────────────────────────────────────────────────────────────────────────────────────

    def proposals(self, world: World, people: frozenset[str]) -> list[Proposal]:
        """Return the best offer of each bot to each person who may want it."""
        numbers = {self.engine.seat_number(seat) for seat in people}
        if not self.table.options:
            return []
        turn, found = Round(self.table, world, frozenset(self.table.doctrines)), []
        for pair, options in self.table.options.items():
            if len(numbers & set(pair)) == 1:
                proposal = self._best(turn, [o for o in options if o.seats[1] in numbers])
                found += [proposal] if proposal else []
        return found

    def _best(self, turn: Round, options: Sequence[Option]) -> Proposal | None:
        best = turn.best(options)
        if best is None or best[0][0] < 0:
            return None
        found = best[1][int(best[0][0])]
        proposal = self._proposal(turn, found)
        if _Reckoning(self, turn.world, proposal.seat).idle(proposal.asks):
            return None
        return replace(proposal, words=self._why_offered(turn.world, proposal))

    def _proposal(self, turn: Round, found: Found) -> Proposal:
        seats, option = self.engine.scenario.seats, found.option
        clauses = [
            (slot.candidates[int(place[0])].id, slot.amount)
            for slot, place in zip(option.slots, found.places, strict=True)
        ]
        gives, asks = (
            tuple(c for c, slot in zip(clauses, option.slots, strict=True) if slot.giver == side) for side in (0, 1)
        )
        return Proposal(seats[option.seats[0]].id, seats[option.seats[1]].id, gives, asks, turn.turns(option))

    def _why_offered(self, world: World, proposal: Proposal) -> Text:
        reckoning = _Reckoning(self, world, proposal.seat)
        received = reckoning.largest(proposal.asks, mine=False)
        if received is None:
            return Text("We ask for nothing in return.", "No pedimos nada a cambio.")
        return _WANTED.fill(what=self._words(received))

    def _words(self, clause: Clause) -> Text:
        return term_words(self.engine, self.names, *clause, begins=False)

    # ── answers ─────────────────────────────────────────────────────────────────────────────────────────────

    def consider(self, world: World, proposal: Proposal, promised: Obligations, *, may_counter: bool) -> Reply:
        """Answer an offer: accept it if it is worth it, else name the smallest change that would make it so."""
        number = self.engine.seat_number(proposal.to)
        if number not in self.table.doctrines:
            return Reply("decline", _NO_TALKS)
        own = Proposal(proposal.to, proposal.seat, proposal.asks, proposal.gives, proposal.turns)
        reckoning, margin = _Reckoning(self, world, own.seat), self.table.margins[number]
        refusal = self._refusal(world, own, promised)
        if refusal is not None:
            return Reply("decline", _CANNOT.fill(why=refusal))
        if reckoning.value(own) >= margin:
            return Reply("accept", self._why_accepted(reckoning, own))
        for changed in _changes(self.engine, own) if may_counter else ():
            if reckoning.value(changed) >= margin and self._refusal(world, changed, promised) is None:
                words = _RATHER.fill(why=self._why_not(reckoning, own, margin))
                return Reply("counter", words, changed)
        return Reply("decline", self._why_not(reckoning, own, margin))

    def _refusal(self, world: World, own: Proposal, promised: Obligations) -> Text | None:
        desk = PromiseDesk(self.engine, self.names, world, self._seat(own.seat))
        other = self.engine.seat_number(own.to)
        refusal = desk.refuse_deal(other, own.gives, own.asks, own.turns, promised)
        return refusal.message if refusal else None

    def _seat(self, seat: str) -> Seat:
        return self.engine.scenario.seats[self.engine.seat_number(seat)]

    def _why_accepted(self, reckoning: _Reckoning, own: Proposal) -> Text:
        received = reckoning.largest(own.asks, mine=False)
        return _AGREED_FREE if received is None else _AGREED.fill(what=self._words(received))

    def _why_not(self, reckoning: _Reckoning, own: Proposal, margin: float) -> Text:
        idle = reckoning.idle(own.asks)
        if idle is not None:
            return _IDLE.fill(what=self._words(idle))
        received, given = reckoning.largest(own.asks, mine=False), reckoning.largest(own.gives, mine=True)
        if received is None:
            return _NOTHING_FOR_US
        if reckoning.value(own, trusting=True) >= margin:
            return self._why_not_trusted(reckoning, own, margin, received)
        return _TOO_DEAR.fill(what=self._words(given)) if given else _TOO_LITTLE.fill(what=self._words(received))

    def _why_not_trusted(self, reckoning: _Reckoning, own: Proposal, margin: float, received: Clause) -> Text:
        """Say how far the word of the other side counts, whether it has come to count for more, and what would do."""
        now, before = reckoning.trust(received), reckoning.trust(received, at=1)
        moved = _AS_BEFORE if abs(now - before) < 1.0 else _RISEN if now > before else _FALLEN
        return _NOT_TRUSTED.fill(
            what=self._words(received), trust=round(now), moved=moved.fill(before=round(before)),
            need=math.ceil(reckoning.trust_needed(own, margin)),
        )  # fmt: skip

    # ── messages ────────────────────────────────────────────────────────────────────────────────────────────

    def reply(self, world: World, seat: str, to: str) -> Text:
        """Answer a message: how far the bot trusts the other, and what it would agree to now."""
        pair = sorted((self.engine.seat_number(seat), self.engine.seat_number(to)))
        options = [
            o for o in self.table.options.get((pair[0], pair[1]), ()) if o.seats[0] == self.engine.seat_number(seat)
        ]
        turn = Round(self.table, world, frozenset(self.table.doctrines))
        best = turn.best(options) if options else None
        said = join([_Reckoning(self, world, seat).trust_in_words(to), *self._just_agreed(world, pair)])
        if best is None or best[0][0] < 0:
            return Text("{trust} {rest}", "{trust} {rest}").fill(trust=said, rest=_NOTHING_NOW)
        proposal = self._proposal(turn, best[1][int(best[0][0])])
        gives, asks = (
            join_words(self.engine, self.names, part) if part else _NOTHING for part in (proposal.gives, proposal.asks)
        )
        rest = _WOULD.fill(gives=gives, asks=asks, turns=proposal.turns)
        return Text("{trust} {rest}", "{trust} {rest}").fill(trust=said, rest=rest)

    def _just_agreed(self, world: World, pair: Sequence[int]) -> list[Text]:
        """Return what two seats have agreed on this turn, if anything, in a sentence."""
        promised, sides = world.obligations, self.engine.agreements.sides
        new = [
            (candidate, amount)
            for candidate, amount, _, since, *_ in promised.rows()
            if since == world.turn and sorted(sides[candidate].tolist()) == list(pair)
        ]
        return [_STANDS.fill(what=join_words(self.engine, self.names, new))] if new else []


class _Reckoning:
    """What clauses are worth to one seat, by what it sees now."""

    def __init__(self, owner: Correspondent, world: World, seat: str) -> None:
        self.engine, self.world = owner.engine, world
        self.seat = owner.engine.scenario.seats[owner.engine.seat_number(seat)]
        self.beliefs = Beliefs(owner.engine, world, owner.eyes(seat))
        self.swing = Swing(owner.engine, world, owner.eyes(seat), seat)

    def value(self, own: Proposal, *, trusting: bool = False) -> float:
        """Return what a deal is worth, from the side that ``own`` names first."""
        turns = min(own.turns, self.engine.turns - self.world.turn + 1)
        total = sum(self.worth(c, mine=True) for c in own.gives)
        for clause in own.asks:
            total += self.worth(clause, mine=False) * (1.0 if trusting else self.trust(clause) / 100.0)
        return total * turns

    def worth(self, clause: Clause, *, mine: bool) -> float:
        """Return what a turn of a clause is worth to the seat."""
        candidate, term = self.engine.agreements.candidates[clause[0]], self.engine.agreements.term_of(clause[0]).term
        formula, bound = term.worth_giver if mine else term.worth_taker, {"actor": candidate.actor, **candidate.targets}
        found = self.beliefs.reckon(formula, term.id, bound, self.world.turn, amount=float(clause[1])).value
        return 0.0 if not mine and found > 0.0 and self.swing.wasted(candidate) else found

    def idle(self, asked: Sequence[Clause]) -> Clause | None:
        """Return a vote among what is asked that would change nothing; None: there is none."""
        candidates = self.engine.agreements.candidates
        return next((clause for clause in asked if self.swing.wasted(candidates[clause[0]])), None)

    def trust(self, clause: Clause, at: int | None = None) -> float:
        """Return how far the seat trusts the giver of a clause, from 0 to 100: now, or at the start of a turn."""
        candidate = self.engine.agreements.candidates[clause[0]]
        return self._trust(candidate.actor, candidate.targets[TAKER], at)

    def trust_needed(self, own: Proposal, margin: float) -> float:
        """Return from which trust on a deal would do that would do if everything promised were kept."""
        turns = min(own.turns, self.engine.turns - self.world.turn + 1)
        given = sum(self.worth(c, mine=True) for c in own.gives)
        received = sum(self.worth(c, mine=False) for c in own.asks)
        return min(100.0, 100.0 * (margin / turns - given) / received)

    def _trust(self, first: str, second: str, at: int | None = None) -> float:
        layout = self.engine.layout
        tie = layout.ties.get((ALIGNMENT, first, second)) or layout.ties.get((ALIGNMENT, second, first))
        row = layout.index.get((tie, TRUST)) if tie else None
        return EVEN_TRUST if row is None else float(self.beliefs.at_start_of(at or self.world.turn)[row])

    def largest(self, clauses: Sequence[Clause], *, mine: bool) -> Clause | None:
        """Return the clause that counts most."""
        found = [(abs(self.worth(c, mine=mine)), -i, c) for i, c in enumerate(clauses)]
        return max(found)[2] if found else None

    def trust_in_words(self, other: str) -> Text:
        """Return how far the seat trusts another, in words."""
        them = self.engine.scenario.seats[self.engine.seat_number(other)]
        trust = self._trust(self.seat.actors[0], them.actors[0])
        return _TRUST if trust >= _TRUSTING else _NO_TRUST if trust <= _WARY else _SOME_TRUST


def _changes(engine: Engine, own: Proposal) -> Iterator[Proposal]:
    """Yield every change of one amount in favour of the side that ``own`` names first, smallest first."""
    for step in range(1, STEPS + 1):
        for part, sign in (("asks", 1), ("gives", -1)):
            clauses: tuple[Clause, ...] = getattr(own, part)
            for i, (candidate, amount) in enumerate(clauses):
                limits = engine.agreements.term_of(candidate).term.move.amount
                changed = amount + sign * step
                if limits is not None and limits.low <= changed <= limits.high:
                    others = (*clauses[:i], (candidate, changed), *clauses[i + 1 :])
                    yield replace(own, asks=others) if part == "asks" else replace(own, gives=others)


_WANTED = Text("What we want from this: {what}.", "Lo que buscamos con esto: {what}.")
_AGREED = Text("Agreed. What counts for us: {what}.", "De acuerdo. Lo que cuenta para nosotros: {what}.")
_AGREED_FREE = Text("Agreed; it costs us little.", "De acuerdo; nos cuesta poco.")
_CANNOT = Text("We cannot do that. {why}", "No podemos hacer eso. {why}")
_RATHER = Text("Not like this. {why} We would agree to what we now propose.",
               "Así no. {why} Aceptaríamos lo que ahora proponemos.")  # fmt: skip
_NOTHING_FOR_US = Text("There is nothing in it for us.", "No hay nada para nosotros.")
_NOT_TRUSTED = Text(
    "It would be worth it if we could rely on this: {what}. Our trust in that word is {trust} of 100{moved}; "
    "we would agree from {need} on. Every turn in which a promise to us is kept raises it, and a broken one costs "
    "far more. Or ask less of us, or promise more.",
    "Valdría la pena si pudiéramos confiar en esto: {what}. Nuestra confianza en esa palabra es {trust} de 100{moved}; "
    "aceptaríamos a partir de {need}. Cada turno en que se nos cumple una promesa la sube, y una incumplida cuesta "
    "mucho más. O pídannos menos, o prometan más.",
)
_AS_BEFORE = Text(", as at the start", ", como al comienzo")
_RISEN = Text(", up from {before} at the start", ", frente a {before} al comienzo: ha subido")
_FALLEN = Text(", down from {before} at the start", ", frente a {before} al comienzo: ha bajado")
_STANDS = Text("What we agreed this turn stands: {what}.", "Lo acordado este turno sigue en pie: {what}.")
_TOO_DEAR = Text(
    "This costs us more than the rest brings: {what}.", "Esto nos cuesta más de lo que trae el resto: {what}."
)
_TOO_LITTLE = Text("This brings us too little: {what}.", "Esto nos trae muy poco: {what}.")
_IDLE = Text(
    "By our count that is decided with this vote or without it, and we do not pay for it: {what}.",
    "Según nuestra cuenta, eso está decidido con ese voto o sin él, y no pagamos por él: {what}.",
)
_NO_TALKS = Text("We do not bargain.", "No negociamos.")
_TRUST = Text("We trust your word.", "Confiamos en su palabra.")
_SOME_TRUST = Text("We take your word with some care.", "Tomamos su palabra con cierta cautela.")
_NO_TRUST = Text("We do not trust your word.", "No confiamos en su palabra.")
_NOTHING_NOW = Text("We have nothing to propose to you now.", "Por ahora no tenemos nada que proponerle.")
_NOTHING = Text("nothing", "nada")
_WOULD = Text(
    "For {turns} turns we would agree to this: from us, {gives}; from you, {asks}.",
    "Por {turns} turnos aceptaríamos esto: de nuestra parte, {gives}; de la suya, {asks}.",
)
