"""Plays a session of the store on from its turns, in many branches at once: as it was, and with something left out.

The past is held fast up to the turn where a branch begins. From there on people go on ordering what they ordered, where
that is still possible, voting as they voted and keeping their deals; bots decide anew in the changed world. Branches
that begin in different turns go on together as one batch as soon as they have all begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from wargame.analysis.continuations import Reached, Reading
from wargame.bots.bots import Bots
from wargame.bots.controls import Chosen
from wargame.bots.scripted import as_given
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine import draws
from wargame.engine import turn as engine_turn
from wargame.engine.activity import Truths
from wargame.engine.chamber import UNTOLD, Told
from wargame.engine.engine import Engine
from wargame.model.orders import NONE, Orders
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.world import World
from wargame.session.polls import ABSTAIN, SeatVoters
from wargame.session.promised import read_bargains
from wargame.session.reports import TurnReport, read_reports
from wargame.session.snapshot import seeds_by_turn, stages
from wargame.session.store import Store

Kind = Literal["order", "vote", "deal"]


@dataclass(frozen=True)
class Given:
    """What people put into one turn, as the log has it."""

    orders: Mapping[str, tuple[tuple[int, int], ...]]
    """Seat → (candidate, amount) in priority."""
    votes: Mapping[str, int]
    bargains: Bargains

    def without(self, seat: str, kind: Kind, what: int | str) -> Given:
        """Return the same without one decision: an order not given, a vote not cast, a deal not struck."""
        if kind == "order":
            kept = tuple(order for order in self.orders[seat] if order[0] != what)
            return replace(self, orders={**self.orders, seat: kept})
        if kind == "vote":
            return replace(self, votes={**self.votes, str(what): ABSTAIN})
        struck, held = self.bargains.struck, self.bargains.withheld
        rows = [row for row in held.rows() if row[1] != what]
        return replace(self, bargains=Bargains(struck.take(np.flatnonzero(struck.deal != what)), Withheld.of(rows)))


NOTHING = Given({}, {}, Bargains())
"""What people put into turns that were never played."""


@dataclass(frozen=True)
class Start:
    """Branches that begin with one turn, and in which lucks of that turn they are played on (0: the session's own)."""

    turn: int
    branches: tuple[Given, ...]
    lucks: range

    @property
    def sessions(self) -> int:
        """Return how many sessions that makes; they lie branch by branch."""
        return len(self.branches) * len(self.lucks)


class Played:
    """A session of the store that has ended, ready to be played on from any of its turns."""

    def __init__(self, store: Store, session: str) -> None:
        self.header = header = store.header(session)
        records = store.records(session)
        scenario = load_bundle(Bundle.from_bytes(store.content(session)))
        self.engine = engine = Engine(scenario, header.lens, short=header.length == "short")
        self.people = tuple(s.seat for s in header.seats if s.by == "people")
        plays = {s.seat: s.doctrine for s in header.seats if s.by == "bot"}
        self.bots = Bots(engine, plays, scenario.level(header.level).sharpness)
        self._others = frozenset(s.id for s in scenario.seats) - set(self.people)
        snapshots = [r.payload for r in records if r.kind == "world"]
        luck = [tuple(pair) for pair in header.extra.get("luck", [])]
        seeds = seeds_by_turn(header.seed, luck, [int(w["turn"]) for w in snapshots])
        self._candidates = {c.key: c.id for c in engine.candidates}
        self.reports = read_reports(records)
        self._worlds = [world.fork() for world in stages(engine, seeds, snapshots)]
        self.given = [self._read(report) for report in self.reports]

    def _read(self, report: TurnReport) -> Given:
        orders = {
            seat: tuple((self._candidates[o.order], o.amount) for o in report.outcomes if o.seat == seat)
            for seat in self.people
        }
        return Given(orders, report.votes, self._own(read_bargains(self.engine, report.deals)) if report.deals
                     else Bargains())  # fmt: skip

    def _own(self, found: Bargains) -> Bargains:
        """Return the deals to which people are a party: bots strike theirs anew."""
        people = [self.engine.seat_number(seat) for seat in self.people]
        sides = self.engine.agreements.sides
        struck = found.struck
        mine = np.isin(sides[struck.candidate], people).any(axis=1)
        rows = [row for row in found.withheld.rows() if sides[row[2], 0] in people]
        return Bargains(struck.take(np.flatnonzero(mine)), Withheld.of(rows))

    # ── playing on ──────────────────────────────────────────────────────────────────────────────────────────

    def play(self, seat: str, starts: Sequence[Start]) -> Reached:
        """Play everything that begins in some turns to the end; sessions lie start by start, branch by branch."""
        due = sorted(starts, key=lambda start: start.turn)
        reading = Reading(self.engine, seat, (), sum(start.sessions for start in due), self.engine.turns)
        world: World | None = None
        turn, begun = due[0].turn, 0
        while not reading.done:
            worlds = [] if world is None else [world]
            while begun < len(due) and due[begun].turn == turn:
                worlds.append(self._world(due[begun]))
                begun += 1
            world = World.joined(*worlds) if len(worlds) > 1 else worlds[0]
            if not world.ended.all():
                given = [one for start in due[:begun] for one in self._given_in(start, turn)]
                voters = _Branched(self.bots, [g.votes for g in given], self.engine)
                orders = self._orders(world, given)
                engine_turn.play(self.engine, world, orders, concluded=reading.take, voters=voters)
            if world.turn == turn:  # all have ended, and wait for those that have yet to begin
                world.turn += 1
                world.past.append(world.values)
            turn += 1
        return reading.reached

    def _given_in(self, start: Start, turn: int) -> list[Given]:
        """Return what people put into a turn, session by session."""
        if turn == start.turn:
            return [given for given in start.branches for _ in start.lucks]
        return [self.given[turn - 1] if turn <= len(self.given) else NOTHING] * start.sessions

    def _world(self, start: Start) -> World:
        """Return the world at the start of a turn, once for each branch and luck."""
        world = self._worlds[start.turn - 1]
        found = world.take(np.zeros(start.sessions, dtype=np.intp))
        others = draws.seeds_of(draws.word(f"hindsight|{self.header.session}|{start.turn}"), start.lucks.stop)
        others[0] = int(world.seeds[0])
        if start.turn > 1:
            found.redrawn = (*found.redrawn, (start.turn, found.seeds))
        found.seeds = np.tile(others[start.lucks.start :], len(start.branches))
        self.engine.look(found)
        return found

    # ── what is put into a turn ─────────────────────────────────────────────────────────────────────────────

    def _orders(self, world: World, given: Sequence[Given]) -> Orders:
        """Return the orders of people, session by session, with those of bots, who know what people have agreed on."""
        struck = Obligations.of(
            (*row[:-1], s) for s, g in enumerate(given) if g.bargains for row in g.bargains.struck.rows()
        )
        held = [(s, *row[1:]) for s, g in enumerate(given) if g.bargains for row in g.bargains.withheld.rows()]
        agreed = world
        if len(struck):
            agreed = world.fork()
            agreed.obligations = Obligations.joined(world.obligations, struck)
        bots = self.bots.choose(agreed, self._others)
        if bots.bargains is not None:
            struck = Obligations.joined(struck, bots.bargains.struck)
            held += bots.bargains.withheld.rows()
        people = self._people(world, given)
        bargains = Bargains(struck, Withheld.of(held))
        return Orders(
            np.concatenate([*(candidates for candidates, _ in people), bots.candidates]),
            np.concatenate([*(amounts for _, amounts in people), bots.amounts]),
            checked=True,
            bargains=bargains or None,
        )

    def _people(self, world: World, given: Sequence[Given]) -> list[Chosen]:
        legality, found = self.engine.legality(world), []
        for seat in self.people:
            wanted = [g.orders.get(seat, ()) for g in given]
            for orders in dict.fromkeys(wanted):
                candidates, amounts = as_given(self.engine, legality, orders)
                candidates[:, ~np.array([w == orders for w in wanted])] = NONE
                found.append((candidates, amounts))
        return found


class _Branched:
    """Voters of several branches: people vote in each as its log says, bots as their doctrine leans."""

    def __init__(self, bots: Bots, votes: Sequence[Mapping[str, int]], engine: Engine) -> None:
        alike: dict[tuple[tuple[str, int], ...], list[int]] = {}
        for session, said in enumerate(votes):
            alike.setdefault(tuple(said.items()), []).append(session)
        self.voters = [
            (SeatVoters(bots, dict(said), engine), _marked(some, len(votes))) for said, some in alike.items()
        ]
        self.lean = bots.lean

    def tell(self, world: World) -> Told | None:
        """Return the votes of people."""
        found: Told | None = None
        for voters, mine in self.voters:
            told = voters.tell(world)
            if told is not None:
                found = np.full_like(told, UNTOLD) if found is None else found
                found[:, mine] = told[:, mine]
        return found


def _marked(places: Sequence[int], count: int) -> Truths:
    found = np.zeros(count, dtype=bool)
    found[list(places)] = True
    return found
