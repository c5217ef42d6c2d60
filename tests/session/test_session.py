"""A session in play: kept at once, opened where it stood, re-run to the same digests, forked from any turn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.engine.scenes import SMALL, TOY
from wargame.bots.bots import Bots
from wargame.content.bundle import Bundle
from wargame.content.load import load_with_bundle
from wargame.model.errors import RefusedOrder, SessionError
from wargame.model.scenario import Scenario
from wargame.model.ticks import PER_UNIT, as_ticks
from wargame.session.beginning import fork
from wargame.session.causes import read_causes
from wargame.session.exchange import export_session, import_session
from wargame.session.library import Library
from wargame.session.memory import MemoryStore
from wargame.session.records import Record
from wargame.session.session import Session, Setting
from wargame.session.store import Store
from wargame.session.verify import verify


@cache
def loaded(name: str) -> tuple[Scenario, Bundle]:
    """Return a scenario and its bundle, loaded once."""
    return load_with_bundle(name)


def begin(store: Store, name: str = TOY, seed: int = 7, people: int = 1) -> Session:
    """Start a session in which people play the first seats."""
    scenario, bundle = loaded(name)
    plays = {seat.id: seat.doctrines[0] for seat in scenario.seats[people:]}
    return Session.create(store, scenario, bundle, Setting(seed, plays), Bots)


def file_something(session: Session, seat: str, skip: int = 0) -> bool:
    """File the first legal order of a seat (after skipping some); say whether there was one."""
    legal = [option for option in session.options(seat) if option.refusal is None]
    if not legal:
        return False
    chosen = legal[skip % len(legal)].candidate
    session.file(seat, chosen.id, session.desk(seat).default_amount(chosen), "because")
    return True


def play_on(session: Session, turns: int = 1000) -> None:
    """Play a session on, with one order of the first seat in each turn."""
    while turns and not session.ended:
        file_something(session, session.people[0], session.turn)
        session.resolve()
        turns -= 1


@pytest.mark.parametrize("name", SMALL)
def test_a_whole_session_verifies_and_so_does_every_fork_of_it(name: str) -> None:
    store = MemoryStore()
    session = begin(store, name)
    play_on(session)
    found = verify(store, session.id, Bots)
    assert (found.difference, found.turns, found.same_engine) == (None, session.turn, True)
    for turn, seed in ((2, None), (3, 99)):
        branch = Session.open(store, fork(store, session.id, turn, seed=seed), Bots)
        assert branch.turn == turn
        assert branch.header.lineage is not None
        assert branch.header.lineage.parent == session.id
        play_on(branch)
        assert verify(store, branch.id, Bots).difference is None


@pytest.mark.parametrize("name", SMALL)
def test_a_fork_is_the_original_up_to_the_fork_and_beyond_it_with_the_same_orders(name: str) -> None:
    store = MemoryStore()
    session = begin(store, name, people=0)
    while not session.ended:
        session.resolve()
    branch = Session.open(store, fork(store, session.id, 3), Bots)
    while not branch.ended:
        branch.resolve()
    assert _worlds(store, branch.id) == _worlds(store, session.id)
    other = Session.open(store, fork(store, session.id, 3, seed=5), Bots)
    while not other.ended:
        other.resolve()
    assert _worlds(store, other.id)[:2] == _worlds(store, session.id)[:2]
    assert _worlds(store, other.id) != _worlds(store, session.id)


def _worlds(store: Store, session: str) -> list[str]:
    return [r.payload["digest"] for r in store.records(session) if r.kind == "world"]


@pytest.mark.parametrize("name", SMALL)
def test_the_world_is_a_fold_of_the_log(name: str) -> None:
    store = MemoryStore()
    session = begin(store, name)
    play_on(session)
    records = store.records(session.id)
    worlds = [r.payload["values"] for r in records if r.kind == "world"]
    values: dict[str, int] = dict(worlds[0])
    for ledger, world in zip((r for r in records if r.kind == "ledger"), worlds[1:], strict=True):
        for cause in read_causes(ledger.payload):
            values[cause.number] += cause.ticks
        assert values == world


@pytest.mark.parametrize("name", SMALL)
def test_a_session_in_the_log_equals_the_same_seed_in_an_ensemble(name: str) -> None:
    import numpy as np

    from tests.engine.scenes import play_out, table

    session = begin(MemoryStore(), name, seed=12345, people=0)
    while not session.ended:
        session.resolve()
    engine, bots = table(name)
    world = engine.start(np.array([5, 12345, 8], dtype=np.uint64))
    while not world.ended[1]:
        play_out(engine, bots, world, 1)
    rows = engine.layout.sections.constants
    assert list(as_ticks(world.values[:rows, 1])) == list(as_ticks(session.world.values[:rows, 0]))


def test_opening_after_every_record_finds_the_session_as_it_was(tmp_path: Path) -> None:
    with Library(tmp_path / "sessions.sqlite") as store:
        session = begin(store)
        seat = session.people[0]
        for step in range(12):
            if step % 4 == 3:
                session.resolve()
            elif step % 4 == 2 and session.filed[seat]:
                session.withdraw(seat, 0)
            else:
                file_something(session, seat, step)
            again = Session.open(store, session.id, Bots)
            assert again.filed == session.filed
            assert again.turn == session.turn
            assert (again.world.values == session.world.values).all()
            assert again.view(seat).fingerprint() == session.view(seat).fingerprint()
            assert again.options(seat) == session.options(seat)


def test_an_exported_session_is_the_same_elsewhere_and_goes_on(tmp_path: Path) -> None:
    here, there = MemoryStore(), MemoryStore()
    session = begin(here)
    play_on(session, 3)
    export_session(here, session.id, tmp_path / "one.wargame")
    import_session(tmp_path / "one.wargame", there)
    assert there.records(session.id) == here.records(session.id)
    again = Session.open(there, session.id, Bots)
    play_on(again)
    play_on(session)
    assert _worlds(there, session.id) == _worlds(here, session.id)


class _Retold(MemoryStore):
    """A store that tells the records of a session otherwise than they were written."""

    def __init__(self, inner: MemoryStore, change: dict[int, Record]) -> None:
        self.__dict__.update(inner.__dict__)
        self._change = change

    def records(self, session: str, from_seq: int = 0, to_seq: int | None = None) -> tuple[Record, ...]:
        return tuple(self._change.get(r.seq, r) for r in super().records(session, from_seq, to_seq))


def test_verify_names_the_first_record_that_a_re_run_does_not_give_and_by_how_much() -> None:
    store = MemoryStore()
    session = begin(store)
    play_on(session)
    world = [r for r in store.records(session.id) if r.kind == "world"][3]
    number = next(iter(world.payload["values"]))
    values = {**world.payload["values"], number: world.payload["values"][number] + PER_UNIT}
    change = replace(world, payload={**world.payload, "values": values})
    found = verify(_Retold(store, {world.seq: change}), session.id, Bots).difference
    assert found is not None
    assert (found.seq, found.number, found.logged - found.rerun) == (world.seq, number, 1.0)


def test_what_cannot_be_done_is_refused_and_changes_nothing() -> None:
    store = MemoryStore()
    session = begin(store)
    seat = session.people[0]
    before = len(store.records(session.id))
    illegal = next(o.candidate for o in session.options(seat) if o.refusal is not None)
    with pytest.raises(RefusedOrder):
        session.file(seat, illegal.id)
    with pytest.raises(SessionError):
        session.withdraw(seat, 0)
    with pytest.raises(SessionError):
        session.reorder(seat, [1])
    with pytest.raises(SessionError):
        session.view("nobody")
    with pytest.raises(SessionError):
        fork(store, session.id, 5)
    assert len(store.records(session.id)) == before


class Play(RuleBasedStateMachine):
    """People and bots play the sample scenario in any way they like; what is kept is always what is in memory."""

    @initialize(seed=st.integers(0, 50))
    def start(self, seed: int) -> None:
        self.store = MemoryStore()
        self.session = begin(self.store, seed=seed, people=2)

    @precondition(lambda self: not self.session.ended)
    @rule(data=st.data())
    def file(self, data: st.DataObject) -> None:
        seat = data.draw(st.sampled_from(self.session.people))
        file_something(self.session, seat, data.draw(st.integers(0, 20)))

    @precondition(lambda self: not self.session.ended)
    @rule(data=st.data())
    def withdraw_or_reorder(self, data: st.DataObject) -> None:
        seat = data.draw(st.sampled_from(self.session.people))
        count = len(self.session.filed[seat])
        if count and data.draw(st.booleans()):
            self.session.withdraw(seat, data.draw(st.integers(0, count - 1)))
        elif count:
            self.session.reorder(seat, data.draw(st.permutations(range(count))))

    @precondition(lambda self: not self.session.ended)
    @rule()
    def resolve(self) -> None:
        report = self.session.resolve()
        sums: dict[str, int] = defaultdict(int)
        for cause in report.causes:
            sums[cause.number] += cause.ticks
        past = self.session.world.past
        before = past[report.turn - 1]
        after = past[report.turn] if report.turn < len(past) else self.session.world.values
        names = self.session.engine.layout.names
        for row in range(self.session.engine.layout.sections.constants):
            assert round((after[row, 0] - before[row, 0]) * PER_UNIT) == sums[names[row]]

    @rule()
    def reopen(self) -> None:
        again = Session.open(self.store, self.session.id, Bots)
        assert again.filed == self.session.filed
        assert (again.world.values == self.session.world.values).all()
        self.session = again

    @precondition(lambda self: self.session.turn > 1)
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        turn = data.draw(st.integers(1, self.session.turn))
        try:
            branch = fork(self.store, self.session.id, turn)
        except SessionError:
            assert self.session.ended
            return
        self.session = Session.open(self.store, branch, Bots)
        assert self.session.turn == turn

    @invariant()
    def a_re_run_gives_the_same(self) -> None:
        assert verify(self.store, self.session.id, Bots).difference is None


TestPlay = Play.TestCase
TestPlay.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
