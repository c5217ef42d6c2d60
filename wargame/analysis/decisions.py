"""Which decisions of a played session mattered: each against its absence, in the luck it had and in others.

The past is held fast up to the turn of the decision. From there on the seat goes on ordering what it ordered, where
that is still possible, voting as it voted and keeping its deals; bots decide anew in the changed world.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from wargame.analysis.continuations import Reached, Reading
from wargame.analysis.intervals import Interval, mean
from wargame.bots.bots import Bots
from wargame.bots.controls import Chosen
from wargame.bots.scripted import as_given
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine import draws
from wargame.engine import turn as engine_turn
from wargame.engine.chamber import UNTOLD, Told
from wargame.engine.engine import Engine
from wargame.model.orders import NONE, Orders
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.world import World
from wargame.session.polls import ABSTAIN, SeatVoters
from wargame.session.promised import read_bargains
from wargame.session.reports import TurnReport, read_reports
from wargame.session.snapshot import restore, seeds_by_turn
from wargame.session.store import Store

LUCKS = 16
"""Continuations of each side: the luck of the session itself, and others from the turn of the decision on."""
_FEWEST, _SIDES = 6, 600
"""A session of many decisions gets fewer lucks each, so that it is told in seconds."""

Kind = Literal["order", "vote", "deal"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision and what it did to the seat's score: with it minus without it.

    ``what`` is the key of an order, a ballot, or the number of a deal as text.
    """

    turn: int
    kind: Kind
    what: str
    amount: int
    here: float
    """In the luck that the session had."""
    usual: Interval
    """The mean over lucks."""
    objectives: Mapping[str, float]
    """Mean difference of each objective's degree."""
    endings: Mapping[int, float]
    """Number of an ending → difference of its share among the lucks."""

    @property
    def weight(self) -> float:
        """Return how much the decision mattered."""
        return abs(self.usual.value)


@dataclass(frozen=True)
class _Given:
    """What people put into one turn, as the log has it."""

    orders: Mapping[str, tuple[tuple[int, int], ...]]
    """Seat → (candidate, amount) in priority."""
    votes: Mapping[str, int]
    bargains: Bargains

    def without(self, seat: str, kind: Kind, what: int | str) -> _Given:
        """Return the same without one decision: an order not given, a vote not cast, a deal not struck."""
        if kind == "order":
            kept = tuple(order for order in self.orders[seat] if order[0] != what)
            return replace(self, orders={**self.orders, seat: kept})
        if kind == "vote":
            return replace(self, votes={**self.votes, str(what): ABSTAIN})
        struck, held = self.bargains.struck, self.bargains.withheld
        rows = [row for row in held.rows() if row[1] != what]
        return replace(self, bargains=Bargains(struck.take(np.flatnonzero(struck.deal != what)), Withheld.of(rows)))


class Hindsight:
    """Plays a session of the store anew from its turns."""

    def __init__(self, store: Store, session: str) -> None:
        self.header = header = store.header(session)
        records = store.records(session)
        scenario = load_bundle(Bundle.from_bytes(store.content(session)))
        self.engine = engine = Engine(scenario, header.lens, short=header.length == "short", keep_all=True)
        self.people = tuple(s.seat for s in header.seats if s.by == "people")
        plays = {s.seat: s.doctrine for s in header.seats if s.by == "bot"}
        self.bots = Bots(engine, plays, scenario.level(header.level).sharpness)
        self._others = frozenset(s.id for s in scenario.seats) - set(self.people)
        self._worlds = [r.payload for r in records if r.kind == "world"]
        luck = [tuple(pair) for pair in header.extra.get("luck", [])]
        self._seeds = seeds_by_turn(header.seed, luck, [int(w["turn"]) for w in self._worlds])
        self._candidates = {c.key: c.id for c in engine.candidates}
        self.reports = read_reports(records)
        self._given = [self._read(report) for report in self.reports]

    def _read(self, report: TurnReport) -> _Given:
        orders = {
            seat: tuple((self._candidates[o.order], o.amount) for o in report.outcomes if o.seat == seat)
            for seat in self.people
        }
        return _Given(orders, report.votes, self._own(read_bargains(self.engine, report.deals)) if report.deals
                      else Bargains())  # fmt: skip

    def _own(self, found: Bargains) -> Bargains:
        """Return the deals to which people are a party: bots strike theirs anew."""
        people = [self.engine.seat_number(seat) for seat in self.people]
        sides = self.engine.agreements.sides
        struck = found.struck
        mine = np.isin(sides[struck.candidate], people).any(axis=1)
        rows = [row for row in found.withheld.rows() if sides[row[2], 0] in people]
        return Bargains(struck.take(np.flatnonzero(mine)), Withheld.of(rows))

    # ── decisions ───────────────────────────────────────────────────────────────────────────────────────────

    def decisions(self, seat: str, lucks: int = 0) -> list[Decision]:
        """Return every decision of a seat against its absence, those that mattered most first.

        ``lucks``: continuations of each side (0: as many as can be told in seconds).
        """
        made = sum(len(self._made(seat, given)) for given in self._given)
        lucks = lucks or min(LUCKS, max(_FEWEST, _SIDES // max(made, 1)))
        found = [d for turn in range(1, len(self.reports) + 1) for d in self._of_turn(seat, turn, lucks)]
        return sorted(found, key=lambda d: (-d.weight, d.turn, d.what))

    def unchanged(self, seat: str, turn: int, lucks: int = 1) -> Reached:
        """Return where the session leads from a turn on if nothing is left out; its own luck comes first."""
        return self._play(seat, turn, [self._given[turn - 1]], lucks)

    def _of_turn(self, seat: str, turn: int, lucks: int) -> list[Decision]:
        given = self._given[turn - 1]
        made = self._made(seat, given)
        if not made:
            return []
        branches = [given, *(given.without(seat, kind, what) for kind, what, _, _ in made)]
        reached = self._play(seat, turn, branches, lucks)
        parts = [slice(i * lucks, (i + 1) * lucks) for i in range(len(branches))]
        return [
            self._decision(seat, turn, kind, name, amount, reached, parts[0], part)
            for (kind, _, name, amount), part in zip(made, parts[1:], strict=True)
        ]

    def _made(self, seat: str, given: _Given) -> list[tuple[Kind, int | str, str, int]]:
        """Return what a seat decided in a turn: kind, what, its name in the log, amount."""
        engine = self.engine
        found: list[tuple[Kind, int | str, str, int]] = [
            ("order", candidate, engine.candidates[candidate].key, amount) for candidate, amount in given.orders[seat]
        ]
        actors = engine.scenario.seats[engine.seat_number(seat)].actors
        members = {b["b"]: b["m"] for b in engine.chamber.ballots} if engine.chamber else {}
        found += [("vote", b, b, vote) for b, vote in given.votes.items() if vote and members.get(b) in actors]
        struck, number = given.bargains.struck, engine.seat_number(seat)
        mine = (engine.agreements.sides[struck.candidate] == number).any(axis=1)
        found += [("deal", d, str(d), 1) for d in dict.fromkeys(struck.deal[mine].tolist())]
        return found

    def _decision(
        self, seat: str, turn: int, kind: Kind, what: str, amount: int, reached: Reached, given: slice, absent: slice
    ) -> Decision:
        difference = reached.scores[given] - reached.scores[absent]
        degrees = (reached.degrees[:, given] - reached.degrees[:, absent]).mean(axis=1)
        names = [objective.id for objective, _ in self.engine.reckoning.objectives[seat]]
        ended = sorted({*reached.ending[given].tolist(), *reached.ending[absent].tolist()})
        shares = {e: float((reached.ending[given] == e).mean() - (reached.ending[absent] == e).mean()) for e in ended}
        return Decision(
            turn,
            kind,
            what,
            amount,
            float(difference[0]),
            mean(difference),
            dict(zip(names, degrees.tolist(), strict=True)),
            {e: share for e, share in shares.items() if share},
        )

    # ── playing on ──────────────────────────────────────────────────────────────────────────────────────────

    def _play(self, seat: str, turn: int, branches: Sequence[_Given], lucks: int) -> Reached:
        """Play every branch of a turn to the end, in the same lucks; sessions lie branch by branch."""
        world = self._world(turn, len(branches), lucks)
        reading = Reading(self.engine, seat, (), world.sessions, self.engine.turns)
        given = list(branches)
        while True:
            orders = self._orders(world, given, lucks)
            voters = _Branched(self.bots, [g.votes for g in given], lucks, self.engine)
            engine_turn.play(self.engine, world, orders, concluded=reading.take, voters=voters)
            if reading.done:
                return reading.reached
            now = world.turn - 1
            given = [self._given[now] if now < len(self._given) else _NOTHING] * len(branches)

    def _orders(self, world: World, given: list[_Given], lucks: int) -> Orders:
        """Return the orders of people, branch by branch, with those of bots, who know what people have agreed on."""
        own = [self._in_branch(branch.bargains, i, lucks) for i, branch in enumerate(given)]
        struck = Obligations.joined(*(b.struck for b in own))
        held = [row for b in own for row in b.withheld.rows()]
        agreed = world
        if len(struck):
            agreed = world.fork()
            agreed.obligations = Obligations.joined(world.obligations, struck)
        bots = self.bots.choose(agreed, self._others)
        if bots.bargains is not None:
            struck = Obligations.joined(struck, bots.bargains.struck)
            held += bots.bargains.withheld.rows()
        people = self._people(world, given, lucks)
        bargains = Bargains(struck, Withheld.of(held))
        return Orders(
            np.concatenate([*(candidates for candidates, _ in people), bots.candidates]),
            np.concatenate([*(amounts for _, amounts in people), bots.amounts]),
            checked=True,
            bargains=bargains or None,
        )

    def _people(self, world: World, given: list[_Given], lucks: int) -> list[Chosen]:
        legality, found = self.engine.legality(world), []
        for seat in self.people:
            wanted = [branch.orders.get(seat, ()) for branch in given]
            for orders in dict.fromkeys(wanted):
                candidates, amounts = as_given(self.engine, legality, orders)
                candidates[:, ~np.repeat([w == orders for w in wanted], lucks)] = NONE
                found.append((candidates, amounts))
        return found

    @staticmethod
    def _in_branch(bargains: Bargains, branch: int, lucks: int) -> Bargains:
        """Return the bargains of one session for every session of a branch."""
        sessions = range(branch * lucks, (branch + 1) * lucks)
        struck = [(*row[:-1], s) for s in sessions for row in bargains.struck.rows()]
        held = [(s, *row[1:]) for s in sessions for row in bargains.withheld.rows()]
        return Bargains(Obligations.of(struck), Withheld.of(held))

    def _world(self, turn: int, branches: int, lucks: int) -> World:
        """Return the world at the start of a turn, once for each branch and luck."""
        world = restore(self.engine, self._seeds[:turn], self._worlds[:turn])
        found = world.take(np.zeros(branches * lucks, dtype=np.intp))
        own = int(world.seeds[0])
        others = draws.seeds_of(draws.word(f"hindsight|{self.header.session}|{turn}"), lucks)
        others[0] = own
        if turn > 1:
            found.redrawn = (*found.redrawn, (turn, found.seeds))
        found.seeds = np.tile(others, branches)
        self.engine.look(found)
        return found


class _Branched:
    """Voters of several branches: people vote in each as its log says, bots as their doctrine leans."""

    def __init__(self, bots: Bots, votes: Sequence[Mapping[str, int]], lucks: int, engine: Engine) -> None:
        self.voters = [SeatVoters(bots, v, engine) for v in votes]
        self.lucks = lucks
        self.lean = bots.lean

    def tell(self, world: World) -> Told | None:
        """Return the votes of people."""
        found: Told | None = None
        for i, voters in enumerate(self.voters):
            told = voters.tell(world)
            if told is not None:
                part = slice(i * self.lucks, (i + 1) * self.lucks)
                found = np.full_like(told, UNTOLD) if found is None else found
                found[:, part] = told[:, part]
        return found


_NOTHING = _Given({}, {}, Bargains())
