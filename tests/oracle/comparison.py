"""The engine and the oracle side by side: the same scenario, seeds and orders, every row after every turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.oracle import interpreter, settlement
from tests.oracle.settlement import Struck
from tests.oracle.state import GivenOrder, Promise, State
from wargame.bots.bots import Bots
from wargame.engine.chamber import SILENT, Voters
from wargame.engine.engine import Engine
from wargame.engine.turn import play
from wargame.model.ledger import Ledger
from wargame.model.orders import Candidate, Outcome
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.scenario import Scenario
from wargame.model.ticks import PER_UNIT, Floats, as_ticks
from wargame.model.world import World

Picks = Sequence[Sequence[tuple[int, int]]]
"""Turn by turn: which candidate, which amount (whole numbers that are folded into what there is)."""


class Pair:
    """A batch of sessions on the engine and one oracle for each of them."""

    def __init__(
        self,
        scenario: Scenario,
        seeds: Sequence[int],
        lens: str | None = None,
        doctrines: Mapping[str, str] | None = None,
    ) -> None:
        self.scenario = scenario
        self.engine = Engine(scenario, lens=lens)
        self.voters: Voters = Bots(self.engine, doctrines) if doctrines else SILENT
        self.world: World = self.engine.start(np.array(seeds, dtype=np.uint64))
        self.states = [interpreter.start(scenario, seed, lens, doctrines) for seed in seeds]

    def play(
        self,
        orders: Sequence[Sequence[tuple[Candidate, int]]],
        ledger: Ledger | None = None,
        struck: Sequence[Struck] = (),
    ) -> tuple[Outcome, ...]:
        """Play one turn on both sides, the orders and deals of each session; return the engine's outcomes, if any."""
        filed = self.engine.orders([[(c.id, n) for c, n in own] for own in orders])
        deals = [*struck, *(Struck() for _ in self.states)][: len(self.states)]
        filed = replace(filed, bargains=self._bargains(deals))
        outcomes = play(self.engine, self.world, filed, ledger, voters=self.voters)
        for state, own, deal in zip(self.states, orders, deals, strict=True):
            interpreter.play_turn(state, [_given(c, n) for c, n in own], deal)
        if not self.over:
            for state in self.states:
                if state.turn < self.world.turn:  # it has ended, but its batch goes on
                    interpreter.open_next(state)
        return outcomes

    @property
    def over(self) -> bool:
        """Tell whether every session has ended."""
        return all(state.ending for state in self.states)

    def _bargains(self, deals: Sequence[Struck]) -> Bargains:
        """Return the deals of all sessions as the engine takes them."""
        numbers = {self.promise(c.id, 1, 0, 0, 0).key: c.id for c in self.engine.agreements.candidates}
        rows, withheld = [], []
        for session, deal in enumerate(deals):
            rows += [(p.number, p.amount, p.deal, p.since, p.until, 0, 0, session) for p in deal.promises]
            withheld += [(session, d, numbers[key], n) for (d, key), n in (deal.withheld or {}).items()]
        return Bargains(Obligations.of(rows), Withheld.of(withheld))

    def promise(self, number: int, amount: int, deal: int, since: int, until: int) -> Promise:
        """Return a promise by the engine's number of what is promised."""
        found = self.engine.agreements.candidates[number]
        return Promise(number, found.actor, found.move, found.targets, amount, deal, since, until)

    def strike(self, session: int, picks: Sequence[tuple[int, int]]) -> Struck:
        """Return deals and what is withheld of all that is due, from arbitrary whole numbers.

        A promise that is in force already is not made again; one pick in four keeps back what it names instead.
        """
        state, known = self.states[session], self.engine.agreements.candidates
        made: dict[int, Promise] = {}
        for nth, (picked, chosen) in enumerate(picks if known else ()):
            number = picked % len(known)
            if number not in {p.number for p in (*state.promises, *made.values())}:
                deal, since = state.turn * 100 + nth // 2, state.turn + (chosen % 5 == 4)
                until, amount = since + chosen // 5 % 4, self._promised(number, chosen)
                made[number] = self.promise(number, amount, deal, since, until)
        due = [*state.promises, *made.values()]
        kept_back = [(due[picked % len(due)], n) for picked, n in picks if due and picked // 7 % 4 == 0]
        return Struck(tuple(made.values()), {(p.deal, p.key): n % (p.amount + 1) for p, n in kept_back})

    def _promised(self, number: int, wanted: int) -> int:
        allowed = self.engine.agreements.term_of(number).term.move.amount
        return 1 if allowed is None else allowed.low + wanted % (allowed.high - allowed.low + 1)

    def orders(self, picks: Sequence[tuple[int, int]]) -> list[tuple[Candidate, int]]:
        """Return different candidates and amounts in their range, from arbitrary whole numbers."""
        candidates = self.engine.candidates
        chosen = {picked % len(candidates): amount for picked, amount in picks} if candidates else {}
        return [(candidates[c], self._amount(candidates[c], amount)) for c, amount in chosen.items()]

    def _amount(self, candidate: Candidate, wanted: int) -> int:
        allowed = self.scenario.ruleset.moves[candidate.move].amount
        return 1 if allowed is None else allowed.low + wanted % (allowed.high - allowed.low + 1)

    def differences(self) -> list[str]:
        """Return a line for every row, in any session, on which the two do not agree."""
        return [line for session, state in enumerate(self.states) for line in self._of(session, state)]

    def _of(self, session: int, state: State) -> Iterable[str]:
        sections = self.engine.layout.sections
        if state.turn != self.world.turn:
            yield f"session {session}: engine is in turn {self.world.turn}, oracle in turn {state.turn}"
        rows = [*range(sections.constants), *range(sections.derived, len(self.engine.layout.names))]
        for row in rows:
            name = self.engine.layout.names[row]
            here = float(self.world.values[row, session]) * PER_UNIT
            there = state.values[name]
            if here != there:
                values = f"engine {here / PER_UNIT!r} oracle {there / PER_UNIT!r}"
                yield f"session {session} turn {state.turn} {name}: {values}"
        yield from self._promises(session, state)
        yield from self._endings(session, state)

    def _promises(self, session: int, state: State) -> Iterable[str]:
        here = self.world.obligations.of_session(session)
        there = sorted((p.number, p.amount, p.deal, p.since, p.until, p.kept, p.missed) for p in state.promises)
        if here != there:
            yield f"session {session} turn {state.turn} promises: engine {here} oracle {there}"

    def _endings(self, session: int, state: State) -> Iterable[str]:
        ended = int(self.world.ended[session])
        here = self.scenario.endings[ended - 1].id if ended else None
        if here != state.ending:
            yield f"session {session} turn {state.turn} ending: engine {here} oracle {state.ending}"
        turns = self.world.noted[:, session]
        noted = {e.id: int(t) for e, t in zip(self.scenario.endings, turns, strict=True) if t}
        if noted != state.noted:
            yield f"session {session} turn {state.turn} noted: engine {noted} oracle {state.noted}"

    def candidates_agree(self) -> None:
        """Compare what seats may ever order."""
        seats = {actor: seat for seat in self.scenario.seats for actor in seat.actors}
        here = [(c.actor, c.move, tuple(sorted(c.targets.items()))) for c in self.engine.candidates]
        there = [
            (actor, move, tuple(sorted(targets.items())))
            for actor, move, targets in self.states[0].board.candidates()
            if actor in seats and move not in seats[actor].moves_denied
        ]
        expect_none([f"candidate of one side only: {c}" for c in set(here) ^ set(there)])
        assert len(here) == len(there)
        known = self.engine.agreements.candidates
        promised = {(c.actor, c.move, tuple(sorted(c.targets.items()))) for c in known}
        own = {(a, t, tuple(sorted(targets.items()))) for a, t, targets in settlement.candidates(self.states[0])}
        expect_none([f"promise of the engine alone: {c}" for c in promised - own])
        expect_none([f"promise of the oracle alone: {c}" for c in own - promised])

    def scores_agree(self) -> None:
        """Compare the score of every seat in every session."""
        scores = self.engine.reckoning.scores(self.world, self.engine.reader(self.world))
        for seat in self.scenario.seats:
            for session, state in enumerate(self.states):
                assert float(scores[seat.id][session]) == pytest.approx(interpreter.score(state, seat), abs=1e-6)


def expect_none(differences: Sequence[str]) -> None:
    """Fail with the first differences, if there are any."""
    assert not differences, "\n".join(differences[:12])


def compare_with_ledger(
    scenario: Scenario, seed: int, lens: str | None, picks: Picks, doctrines: Mapping[str, str] | None = None
) -> None:
    """Play one session with its ledger on: equal values and outcomes, and lines that add up to every change."""
    pair = Pair(scenario, [seed], lens, doctrines)
    for picked in picks:
        before = pair.world.values.copy()
        ledger = Ledger([])
        outcomes = pair.play([pair.orders(picked)], ledger, [pair.strike(0, picked)])
        expect_none(pair.differences())
        settled = [found.compliance.value for found in ledger.settled]
        assert settled == pair.states[0].settled, f"promises: engine {settled} oracle {pair.states[0].settled}"
        fates = [outcome.fate.value for outcome in outcomes]
        assert fates == pair.states[0].fates, f"fates: engine {fates} oracle {pair.states[0].fates}"
        expect_none(_unexplained(pair, before, ledger))
        if pair.over:
            break


def _unexplained(pair: Pair, before: Floats, ledger: Ledger) -> list[str]:
    """Return the rows whose lines do not add up to their change."""
    sums: Counter[int] = Counter()
    for line in ledger.lines:
        sums[line.row] += round(line.amount * PER_UNIT)
    rows = range(pair.engine.layout.sections.constants)
    changes = as_ticks(pair.world.values - before)[:, 0]
    wrong = [row for row in rows if sums[row] != changes[row]]
    return [f"{pair.engine.layout.names[r]}: lines {sums[r]} ticks, change {changes[r]}" for r in wrong]


def _given(candidate: Candidate, amount: int) -> GivenOrder:
    return candidate.actor, candidate.move, candidate.targets, amount


def compare(
    scenario: Scenario,
    seeds: Sequence[int],
    lens: str | None,
    picks: Sequence[Picks],
    doctrines: Mapping[str, str] | None = None,
) -> None:
    """Play a batch on both sides, picks for each turn of each session, and expect equality after every turn."""
    pair = Pair(scenario, seeds, lens, doctrines)
    pair.candidates_agree()
    expect_none(pair.differences())
    for turn in range(max(map(len, picks))):
        struck = [pair.strike(session, own[turn]) for session, own in enumerate(picks)]
        pair.play([pair.orders(own[turn]) for own in picks], struck=struck)
        expect_none(pair.differences())
        if pair.over:
            break
    pair.scores_agree()
