"""The engine and the oracle side by side: the same scenario, seeds and orders, every row after every turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pytest

from tests.oracle import interpreter
from tests.oracle.state import GivenOrder, State
from wargame.bots.bots import Bots
from wargame.engine.chamber import SILENT, Voters
from wargame.engine.engine import Engine
from wargame.engine.turn import play
from wargame.model.ledger import Ledger
from wargame.model.orders import Candidate, Outcome
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
        self, orders: Sequence[Sequence[tuple[Candidate, int]]], ledger: Ledger | None = None
    ) -> tuple[Outcome, ...]:
        """Play one turn on both sides, the orders of each session; return the engine's outcomes, if it has any."""
        filed = self.engine.orders([[(c.id, n) for c, n in own] for own in orders])
        outcomes = play(self.engine, self.world, filed, ledger, voters=self.voters)
        for state, own in zip(self.states, orders, strict=True):
            interpreter.play_turn(state, [_given(c, n) for c, n in own])
        if not self.over:
            for state in self.states:
                if state.turn < self.world.turn:  # it has ended, but its batch goes on
                    interpreter.begin(state, state.turn + 1)
        return outcomes

    @property
    def over(self) -> bool:
        """Tell whether every session has ended."""
        return all(state.ending for state in self.states)

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
        yield from self._endings(session, state)

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
        outcomes = pair.play([pair.orders(picked)], ledger)
        expect_none(pair.differences())
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
    """Play a batch on both sides, a list of picks for each session, and expect equality after every turn."""
    pair = Pair(scenario, seeds, lens, doctrines)
    pair.candidates_agree()
    expect_none(pair.differences())
    for turn in range(scenario.calendar.full):
        pair.play([pair.orders(own[turn]) for own in picks])
        expect_none(pair.differences())
        if pair.over:
            break
    pair.scores_agree()
