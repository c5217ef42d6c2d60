"""Promises: kept while means last, broken by choice, by orders or for want of means, found out or not, and counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.scenes import ACCORD, play_out, same, scenario, table
from wargame.engine import turn
from wargame.engine.draws import seeds_of
from wargame.engine.dues import owed
from wargame.engine.engine import Engine
from wargame.model.agreements import Compliance
from wargame.model.ledger import CauseKind, Ledger
from wargame.model.orders import Orders
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.ticks import PER_UNIT, as_ticks
from wargame.model.world import World

SESSIONS = 3
ENGINE = Engine(scenario(ACCORD), keep_all=True)
CANDIDATES = len(ENGINE.agreements.candidates)
SUBSIDY = ENGINE.agreements.by_key["government|pay-subsidy|taker=neighbour"].id
QUIET = ENGINE.agreements.by_key["government|no-raids|taker=syndicate,z=uplands,p=presence(syndicate, uplands)"].id
LOAN = ENGINE.agreements.by_key["neighbour|lend-company|taker=government,z=uplands,p=presence(government, uplands)"].id


def promise(candidate: int, deal: int, amount: int = 1, turns: int = 3, session: int = 0, since: int = 1) -> list[int]:
    return [candidate, amount, deal, since, since + turns - 1, 0, 0, session]


def orders(*filed: str, sessions: int = 1, bargains: Bargains | None = None) -> Orders:
    known = {c.key: c.id for c in ENGINE.candidates}
    given = ENGINE.orders([[(known[key], 1) for key in filed] for _ in range(sessions)])
    return Orders(given.candidates, given.amounts, given.checked, bargains)


def play(world: World, bargains: Bargains | None = None, *filed: str) -> Ledger:
    ledger = Ledger([])
    before = world.values.copy()
    turn.play(ENGINE, world, orders(*filed, bargains=bargains), ledger)
    sums = np.zeros(len(world.values))
    for line in ledger.lines:
        sums[line.row] += round(line.amount * PER_UNIT)
    end = ENGINE.layout.sections.constants
    assert np.array_equal(as_ticks(world.values - before)[:end, 0], sums[:end].astype(np.int64))
    return ledger


def start(sessions: int = 1) -> World:
    return ENGINE.start(seeds_of(5, sessions))


def struck(*rows: list[int]) -> Bargains:
    return Bargains(struck=Obligations.of(rows))


def row(owner: str, attribute: str) -> int:
    return ENGINE.layout.row(owner, attribute)


def test_a_promise_is_paid_each_turn_for_as_long_as_it_was_given() -> None:
    world = start()
    found = [[s.compliance for s in play(world, struck(promise(SUBSIDY, 7, 2, 3))).settled]]
    found += [[s.compliance for s in play(world).settled] for _ in range(3)]
    assert found == [[Compliance.KEPT]] * 3 + [[]]
    assert not len(world.obligations)


def test_what_is_paid_arrives_and_stands_in_the_ledger_with_its_working() -> None:
    world = start()
    ledger = play(world, struck(promise(SUBSIDY, 7, 2)))
    lines = {(line.cause.kind, line.row): line for line in ledger.lines if line.cause.rule == "pay-subsidy"}
    assert lines[CauseKind.PLEDGE, row("government", "treasury")].amount == -2.0
    gain = lines[CauseKind.TERM, row("neighbour", "treasury")]
    assert gain.amount == 2.0
    assert gain.working is not None
    assert gain.working.formula.text == "ease * amount"
    assert dict(gain.cause.bound) == {"actor": "government", "taker": "neighbour"}


def test_what_cannot_be_paid_whole_is_paid_in_part_and_costs_trust_in_that_degree() -> None:
    world = start()
    world.values[row("government", "treasury")] = 3.0
    tie = row("alignment(government, neighbour)", "trust")
    before = float(world.values[tie, 0])
    ledger = play(world, struck(promise(SUBSIDY, 7, 4)))
    assert [(s.delivered, s.compliance) for s in ledger.settled] == [(3, Compliance.FOUND)]
    assert float(world.values[tie, 0]) == before - 2.5
    assert not len(world.obligations)


def test_older_deals_are_paid_first() -> None:
    syndicate = ENGINE.agreements.by_key["government|pay-subsidy|taker=syndicate"].id
    for first, second in ((7, 9), (9, 7)):
        world = start()
        world.values[row("government", "treasury")] = 4.0
        ledger = play(world, struck(promise(SUBSIDY, first, 3), promise(syndicate, second, 3)))
        delivered = {s.candidate: s.delivered for s in ledger.settled}
        assert delivered == ({SUBSIDY: 3, syndicate: 1} if first < second else {SUBSIDY: 1, syndicate: 3})


def test_an_order_breaks_the_promise_not_to_give_it_and_only_there() -> None:
    for where, kept in (("uplands", False), ("river", True)):
        world = start()
        raid = f"government|raid-depots|z={where},p=presence(government, {where})"
        (settled,) = play(world, struck(promise(QUIET, 7)), raid).settled
        assert (settled.compliance is Compliance.KEPT) is kept
        assert settled.odds == (0.6 if not kept else None) or settled.odds == pytest.approx(0.6)


def test_a_breach_that_is_not_found_out_leaves_the_deal_standing_and_is_counted() -> None:
    found = set()
    for seed in range(12):
        world = ENGINE.start(seeds_of(seed, 1))
        withheld = Withheld.of([(0, 7, LOAN, 0)])
        (settled,) = play(world, Bargains(Obligations.of([promise(LOAN, 7)]), withheld)).settled
        found.add(settled.compliance)
        left = world.obligations.rows()
        assert left == ([] if settled.compliance is Compliance.FOUND else [(LOAN, 1, 7, 1, 3, 0, 1, 0)])
    assert found == {Compliance.FOUND, Compliance.HIDDEN}


def test_a_kept_promise_may_be_reported_broken() -> None:
    found = [play(ENGINE.start(seeds_of(s, 1)), struck(promise(LOAN, 7))).settled[0].compliance for s in range(40)]
    assert set(found) == {Compliance.KEPT, Compliance.SUSPECTED}
    assert found.count(Compliance.SUSPECTED) < 12


def test_the_whole_deal_ends_with_a_breach_that_is_found_out_and_no_other() -> None:
    world = start()
    other = ENGINE.agreements.by_key["neighbour|pay-subsidy|taker=government"].id
    syndicate = ENGINE.agreements.by_key["government|pay-subsidy|taker=syndicate"].id
    rows = struck(promise(SUBSIDY, 7), promise(other, 7), promise(syndicate, 8))
    ledger = play(world, Bargains(rows.struck, Withheld.of([(0, 7, SUBSIDY, 0)])))
    assert {s.candidate: s.delivered for s in ledger.settled} == {SUBSIDY: 0, other: 1, syndicate: 1}
    assert [r[0] for r in world.obligations.rows()] == [syndicate]


def test_a_promise_to_somebody_who_is_not_there_lapses() -> None:
    world = start()
    splinter = ENGINE.agreements.by_key["government|pay-subsidy|taker=splinter"].id
    (settled,) = play(world, struck(promise(splinter, 7))).settled
    assert (settled.compliance, settled.delivered) == (Compliance.LAPSED, 0)
    assert not len(world.obligations)


def test_what_is_owed_is_known_before() -> None:
    world = start(2)
    due = owed(ENGINE, world, Obligations.of([promise(SUBSIDY, 7, 2), promise(SUBSIDY, 7, 3, session=1)]))
    assert {r: list(v) for r, v in due.items()} == {row("government", "treasury"): [2.0, 3.0]}


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────

DEALS = st.lists(
    st.tuples(st.integers(0, CANDIDATES - 1), st.integers(1, 6), st.integers(1, 4), st.integers(0, 3)),
    max_size=10,
    unique_by=lambda d: d[0],
)
"""Candidate, amount, turns, and how much is withheld (3: nothing)."""


def bargains(deals: list[tuple[int, int, int, int]], session: int = 0) -> Bargains:
    rows = [promise(c, 100 + c, a if limits(c) else 1, turns, session) for c, a, turns, _ in deals]
    held = [(session, 100 + c, c, 0) for c, _, _, held in deals if held == 0]
    return Bargains(Obligations.of(rows), Withheld.of(held))


def limits(candidate: int) -> bool:
    return ENGINE.agreements.term_of(candidate).term.move.amount is not None


@settings(max_examples=40, deadline=None)
@given(deals=DEALS, poor=st.booleans())
def test_obligations_are_neither_lost_nor_doubled(deals: list[tuple[int, int, int, int]], poor: bool) -> None:
    world = start()
    if poor:
        world.values[[row(a, "treasury") for a in ("government", "neighbour", "syndicate")]] = 4.0
    given_up: set[int] = set()
    running = {100 + c: (c, turns) for c, _, turns, _ in deals}
    first: Bargains | None = bargains(deals)
    for played in range(1, 5):
        settled = play(world, first).settled
        first = None
        due = {d for d, (_, turns) in running.items() if played <= turns} - given_up
        assert sorted(s.deal for s in settled) == sorted(due)
        for one in settled:
            assert 0 <= one.delivered <= one.amount
            over = one.compliance in (Compliance.FOUND, Compliance.SUSPECTED, Compliance.LAPSED)
            given_up |= {one.deal} if over else set()
        left = [r[2] for r in world.obligations.rows()]
        assert sorted(left) == sorted(d for d in due - given_up if running[d][1] > played)
        assert all(r[5] + r[6] == played for r in world.obligations.rows())


@settings(max_examples=25, deadline=None)
@given(deals=DEALS, order=st.randoms(use_true_random=False))
def test_the_order_in_which_deals_are_handed_in_is_irrelevant(
    deals: list[tuple[int, int, int, int]], order: object
) -> None:
    shuffled = list(deals)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    worlds = []
    for some in (deals, shuffled):
        world = start()
        world.values[row("government", "treasury")] = 5.0
        play(world, bargains(some))
        play(world)
        worlds.append(world)
    assert same(*worlds)
    assert worlds[0].obligations.of_session(0) == worlds[1].obligations.of_session(0)
    assert ENGINE.digest(worlds[0]) == ENGINE.digest(worlds[1])


@settings(max_examples=25, deadline=None)
@given(deals=st.lists(DEALS, min_size=SESSIONS, max_size=SESSIONS))
def test_a_session_alone_equals_the_same_in_a_batch_of_deals(deals: list[list[tuple[int, int, int, int]]]) -> None:
    many, parts = start(SESSIONS), [bargains(some, n) for n, some in enumerate(deals)]
    both = Bargains(
        Obligations.joined(*(p.struck for p in parts)), Withheld.of([r for p in parts for r in p.withheld.rows()])
    )
    alone = [ENGINE.start(seeds_of(5, SESSIONS)[n : n + 1]) for n in range(SESSIONS)]
    for played in range(3):
        turn.play(ENGINE, many, orders(sessions=SESSIONS, bargains=both if not played else None))
        for n, world in enumerate(alone):
            turn.play(ENGINE, world, orders(bargains=bargains(deals[n]) if not played else None))
    for n, world in enumerate(alone):
        assert same(world, many.take(np.array([n])))
        assert world.obligations.of_session(0) == many.obligations.of_session(n)
        assert ENGINE.digest(world) == ENGINE.digest(many, n)


def test_a_fork_has_its_own_obligations() -> None:
    world = start()
    play(world, struck(promise(SUBSIDY, 7, 2, 3)))
    branch = world.fork()
    play(world, Bargains(withheld=Withheld.of([(0, 7, SUBSIDY, 0)])))
    assert len(branch.obligations) == 1
    play(branch)
    assert [r[5] for r in branch.obligations.rows()] == [2]


# ── bots ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_bots_strike_deals_and_break_some() -> None:
    engine, bots = table(ACCORD)
    world = engine.start(seeds_of(1, 200))
    terms, broken = set(), 0
    while not world.ended.all():
        given = bots.choose(world)
        if given.bargains is not None:
            terms |= {engine.agreements.term_of(int(c)).term.id for c in given.bargains.struck.candidate}
            broken += len(given.bargains.withheld)
            assert (given.bargains.struck.deal >> 16 == world.turn).all()
        turn.play(engine, world, given)
    assert {"pay-subsidy", "lend-company", "no-raids"} <= terms
    assert broken


def test_bots_keep_what_they_promised_unless_they_mean_to_break_it() -> None:
    engine, bots = table(ACCORD)
    for seed in range(6):
        world = engine.start(seeds_of(seed, 1))
        while not world.ended.all():
            given, ledger = bots.choose(world), Ledger([])
            meant = {r[2] for r in given.bargains.withheld.rows()} if given.bargains else set()
            turn.play(engine, world, given, ledger)
            for one in ledger.settled:
                term = engine.agreements.term_of(one.candidate).term
                if (
                    one.delivered < one.amount
                    and one.candidate not in meant
                    and one.compliance is not Compliance.LAPSED
                ):
                    assert term.kept is not None, (term.id, one)


def test_no_promise_runs_twice_in_a_session() -> None:
    engine, bots = table(ACCORD)
    world = engine.start(seeds_of(2, 300))
    while not world.ended.all():
        play_out(engine, bots, world, 1)
        o = world.obligations
        keys = o.session * CANDIDATES + o.candidate
        assert len(np.unique(keys)) == len(keys)
