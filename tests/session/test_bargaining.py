"""Negotiation through the door: offers, answers, refusals, promises, messages; kept, replayed, forked and verified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.scenes import ACCORD
from wargame.bots.bots import RANDOM
from wargame.cli.shelf import make_bots
from wargame.content.load import load_with_bundle
from wargame.model.agreements import Compliance
from wargame.model.errors import RefusedOrder, SessionError, WargameError
from wargame.session.bargaining import Bargaining
from wargame.session.beginning import fork
from wargame.session.keeping import Keeping
from wargame.session.library import Library
from wargame.session.memory import MemoryStore
from wargame.session.promised import read_settled
from wargame.session.session import Session, Setting
from wargame.session.store import Store
from wargame.session.verify import verify
from wargame.session.why import Reasons

SCENARIO, BUNDLE = load_with_bundle(ACCORD)
BOTS = {"bosses": "racketeer", "neighbour-cell": "dealer"}
SUBSIDY = "government|pay-subsidy|taker=neighbour"
LOAN = "neighbour|lend-company|taker=government,z=uplands,p=presence(government, uplands)"
QUIET = "government|no-raids|taker=syndicate,z=river,p=presence(syndicate, river)"


def begun(store: Store, bots: dict[str, str] = BOTS, seed: int = 7) -> Session:
    return Session.create(store, SCENARIO, BUNDLE, Setting(seed, bots), make_bots)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Library(tmp_path / "library.sqlite", create=True) as library:
        yield library


def term(session: Session, key: str) -> int:
    return session.engine.agreements.by_key[key].id


def deal(session: Session, give: int = 1) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    return [(term(session, SUBSIDY), give)], [(term(session, LOAN), 1)]


def refused(session: Session, code: str, **asked: object) -> None:
    gives, asks = deal(session)
    seat, to = str(asked.pop("seat", "presidency")), str(asked.pop("to", "neighbour-cell"))
    before = session.store.records(session.id)
    arguments = {"gives": gives, "asks": asks, "turns": 2} | asked
    with pytest.raises(RefusedOrder) as caught:
        session.bargaining.offer(seat, to, **arguments)  # type: ignore[arg-type]
    assert caught.value.refusal.code == code
    assert caught.value.message.es != caught.value.message.en
    assert session.store.records(session.id) == before


def test_a_bot_accepts_what_is_worth_it_and_says_why(store: Store) -> None:
    session = begun(store)
    offered = session.bargaining.offer("presidency", "neighbour-cell", *deal(session), 2, "for the uplands")
    assert offered.status == "accepted"
    assert offered.answer.en == "Agreed. What counts for us: The government pays The neighbour 1 a turn."
    assert "El gobierno paga" in offered.answer.es
    assert [(p.mine, p.since, p.until) for p in session.bargaining.obligations("presidency")] == [
        (True, 1, 2),
        (False, 1, 2),
    ]
    assert session.bargaining.due("presidency") == {("government", "treasury"): 1.0}
    settled = read_settled(session.engine, session.resolve().deals or {})
    assert next(s.compliance for s in settled if s.deal == settled[0].deal) is Compliance.KEPT


def test_a_bot_that_gets_nothing_declines_and_one_that_gets_too_little_counters(store: Store) -> None:
    session = begun(store)
    nothing = session.bargaining.offer("presidency", "neighbour-cell", [], deal(session)[1], 2)
    assert (nothing.status, nothing.answer.en) == ("declined", "There is nothing in it for us.")
    dear = [(term(session, "neighbour|pay-subsidy|taker=government"), 4)]
    asked = session.bargaining.offer("presidency", "neighbour-cell", [(term(session, SUBSIDY), 4)], dear, 2)
    assert asked.status == "countered"
    (counter,) = [o for o in session.bargaining.offers("presidency") if o.reply_to == asked.number]
    assert counter.proposal.seat == "neighbour-cell"
    assert sum(n for _, n in counter.proposal.gives) < 4 or sum(n for _, n in counter.proposal.asks) > 4
    agreed = session.bargaining.answer("presidency", counter.number, "accept")
    assert agreed.status == "accepted"


def test_bots_make_offers_to_people_and_people_answer(store: Store) -> None:
    session = begun(store)
    (first,) = [o for o in session.bargaining.offers("presidency") if o.proposal.seat == "bosses"]
    assert first.status == "open"
    assert first.proposal.words.en.startswith("What we want from this: ")
    session.bargaining.answer("presidency", first.number, "decline", text="no")
    with pytest.raises(RefusedOrder) as caught:
        session.bargaining.answer("presidency", first.number, "accept")
    assert caught.value.refusal.code == "offer-closed"
    assert not session.bargaining.obligations("presidency")


def test_what_cannot_be_is_refused_and_nothing_is_kept_of_it(store: Store) -> None:
    session = begun(store)
    gives, asks = deal(session)
    refused(session, "own-seat", to="presidency")
    refused(session, "empty-deal", gives=[], asks=[])
    refused(session, "unknown-term", gives=[(999, 1)])
    refused(session, "not-these-seats", to="bosses")
    refused(session, "not-these-seats", gives=asks, asks=[])
    refused(session, "amount-out-of-range", gives=[(gives[0][0], 7)])
    refused(session, "turns-out-of-range", turns=4)
    refused(session, "twice-in-deal", gives=[*gives, *gives])
    many = [(term(session, f"government|pay-subsidy|taker={t}"), 6) for t in ("syndicate", "neighbour")]
    session.world.values[session.engine.layout.row("government", "treasury")] = 4.0
    refused(session, "not-enough", gives=many[1:])
    session.world.values[session.engine.layout.row("government", "treasury")] = 2.0
    refused(session, "not-met")
    with pytest.raises(RefusedOrder):
        session.bargaining.answer("presidency", 99, "accept")
    with pytest.raises(RefusedOrder):
        session.bargaining.break_promise("presidency", 1, 1)
    with pytest.raises(SessionError):
        session.bargaining.say("presidency", ["presidency"], "hello")


def test_the_same_thing_is_not_promised_twice(store: Store) -> None:
    session = begun(store)
    session.bargaining.offer("presidency", "neighbour-cell", *deal(session), 2)
    refused(session, "promised-already")
    session.resolve()
    refused(session, "promised-already")


def test_people_bargain_among_themselves_and_an_offer_lapses_with_the_turn(store: Store) -> None:
    session = begun(store, {"bosses": "racketeer"})
    first = session.bargaining.offer("presidency", "neighbour-cell", *deal(session), 2)
    other = session.bargaining.offer("presidency", "neighbour-cell", *deal(session), 1)
    assert first.status == other.status == "open"
    for wrong, code in (("bosses", "not-to-you"), ("presidency", "not-to-you")):
        with pytest.raises(RefusedOrder) as caught:
            session.bargaining.answer(wrong, first.number, "accept")
        assert caught.value.refusal.code == code
    session.bargaining.withdraw_offer("presidency", other.number)
    gives, asks = deal(session, 2)
    counter = session.bargaining.answer("neighbour-cell", first.number, "counter", gives=asks, asks=gives, turns=1)
    statuses = [o.status for o in session.bargaining.offers("neighbour-cell") if o.proposal.seat != "bosses"]
    assert statuses == ["countered", "withdrawn", "open"]
    session.resolve()
    with pytest.raises(RefusedOrder) as caught:
        session.bargaining.answer("presidency", counter.number, "accept")
    assert caught.value.refusal.code == "offer-closed"


def test_offers_messages_and_deals_are_seen_by_the_two_sides_alone(store: Store) -> None:
    session = begun(store, {})
    table: Bargaining = session.bargaining
    offered = table.offer("presidency", "neighbour-cell", *deal(session), 2)
    table.say("presidency", ["neighbour-cell"], "between us")
    table.answer("neighbour-cell", offered.number, "accept")
    assert [list(seen("bosses")) for seen in (table.offers, table.messages, table.obligations)] == [[], [], []]
    assert [m.words.en for m in table.messages("neighbour-cell")] == ["between us"]
    assert [p.candidate for p in table.public("bosses")] == [term(session, LOAN)]
    session.resolve()
    bosses, presidency = (session.view(s).promised for s in ("bosses", "presidency"))
    assert (len(bosses), len(presidency)) == (1, 2)
    mine = Reasons(session, "presidency").why("government.treasury", 1)
    assert "pay-subsidy" in {e.rule for e in mine.entries}
    theirs = Reasons(session, "bosses").why("government.treasury", 1)
    assert "pay-subsidy" not in {e.rule for e in theirs.entries}


def test_a_promise_can_be_broken_and_the_giver_may_think_better_of_it(store: Store) -> None:
    session = begun(store)
    session.bargaining.offer("presidency", "neighbour-cell", *deal(session), 2)
    (mine,) = [p for p in session.bargaining.obligations("presidency") if p.mine]
    session.bargaining.break_promise("presidency", mine.deal, mine.candidate)
    assert session.bargaining.is_broken(mine)
    assert session.bargaining.due("presidency") == {}
    session.bargaining.keep_promise("presidency", mine.deal, mine.candidate)
    with pytest.raises(RefusedOrder):
        session.bargaining.keep_promise("presidency", mine.deal, mine.candidate)
    session.bargaining.break_promise("presidency", mine.deal, mine.candidate)
    settled = read_settled(session.engine, session.resolve().deals or {})
    assert [s.compliance for s in settled if s.candidate == mine.candidate] == [Compliance.FOUND]


def test_bots_answer_messages_in_kind_in_both_languages(store: Store) -> None:
    session = begun(store)
    (answer,) = session.bargaining.say("presidency", ["bosses"], "What do you want?")
    assert answer.seat == "bosses"
    assert "we would agree to this: from us, The syndicate pays The government 1 a turn" in answer.words.en
    assert "aceptaríamos esto" in answer.words.es
    other = begun(store, {"bosses": RANDOM, "neighbour-cell": "dealer"})
    assert other.bargaining.offer("presidency", "bosses", [(term(other, QUIET), 1)], [], 1).status == "declined"


def test_an_opened_session_stands_where_the_last_word_left_it(store: Store) -> None:
    session = begun(store)
    for _ in range(3):
        session.bargaining.say("presidency", ["bosses", "neighbour-cell"], "hello")
        _try_everything(session)
        again = Session.open(store, session.id, make_bots)
        for seat in SCENARIO.seats:
            for asked in ("offers", "messages", "obligations", "public"):
                assert getattr(again.bargaining, asked)(seat.id) == getattr(session.bargaining, asked)(seat.id)
        assert again.bargaining.due("presidency") == session.bargaining.due("presidency")
        again.resolve()
        session = again
    assert verify(store, session.id, make_bots).difference is None


def _try_everything(session: Session) -> None:
    gives, asks = deal(session)
    for do in (
        lambda: session.bargaining.offer("presidency", "neighbour-cell", gives, asks, 2),
        lambda: session.bargaining.answer("presidency", 1, "accept"),
        lambda: session.bargaining.break_promise("presidency", session.bargaining.obligations("presidency")[0].deal,
                                                 gives[0][0]),
    ):  # fmt: skip
        try:
            do()
        except (WargameError, IndexError):
            continue


STEP = st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(0, 40), st.integers(1, 4))


@settings(max_examples=6, deadline=None)
@given(turns=st.lists(st.lists(STEP, max_size=4), min_size=2, max_size=3), seed=st.integers(0, 99))
def test_whatever_is_said_the_log_replays_forks_and_verifies(
    turns: list[list[tuple[int, int, int, int]]], seed: int
) -> None:
    store = MemoryStore()
    session = begun(store, seed=seed)
    for steps in turns:
        for step in steps:
            _take(session, step)
        if steps is turns[-1]:
            again = Session.open(store, session.id, make_bots)
            assert sorted(again.bargaining.promised().rows()) == sorted(session.bargaining.promised().rows())
            assert again.bargaining.offers("presidency") == session.bargaining.offers("presidency")
        session.resolve()
    assert verify(store, session.id, make_bots).difference is None
    branch = Session.open(store, fork(store, session.id, len(turns)), make_bots)
    mine = session.store.records(session.id)
    starts = [r for r in mine if r.kind == "world" and r.turn == len(turns)]
    assert branch.engine.digest(branch.world) == starts[0].payload["digest"]
    branch.resolve()
    assert verify(store, branch.id, make_bots).difference is None


def _take(session: Session, step: tuple[int, int, int, int]) -> None:
    what, first, second, amount = step
    table, seats = session.bargaining, ("neighbour-cell", "bosses")
    to = seats[first % 2]
    gives, asks = table.partners("presidency").get(to, ([], []))
    try:
        if what <= 2 and gives and asks:
            table.offer(
                "presidency", to, [(gives[first % len(gives)], amount)], [(asks[second % len(asks)], 1)], amount
            )
        elif what == 3:
            table.answer("presidency", 1 + first % 6, "accept")
        elif what == 4:
            table.say("presidency", [to], "so?")
        else:
            own = [p for p in table.obligations("presidency") if p.mine]
            if own:
                table.break_promise("presidency", own[0].deal, own[0].candidate)
    except RefusedOrder:
        return


def test_deals_struck_in_any_order_are_the_same_deals(store: Store) -> None:
    worlds = []
    for order in (1, -1):
        session = begun(store, {"bosses": "racketeer"})
        gives, asks = deal(session)
        other = [(term(session, "neighbour|pay-subsidy|taker=government"), 2)]
        offers = [
            session.bargaining.offer("presidency", "neighbour-cell", give, ask, turns)
            for give, ask, turns in ((gives, [], 2), ([], asks, 1), ([], other, 3))
        ]
        for offered in offers[::order]:
            session.bargaining.answer("neighbour-cell", offered.number, "accept")
        session.resolve()
        worlds.append((session.engine.digest(session.world), session.world.obligations.of_session(0)))
    assert worlds[0] == worlds[1]


def test_a_promise_that_the_means_left_cannot_pay_is_known_beforehand(store: Store) -> None:
    session = begun(store)
    gives, asks = deal(session, 2)
    session.bargaining.offer("presidency", "neighbour-cell", gives, asks, 2)
    keeping = Keeping(session, "presidency")
    assert session.bargaining.due("presidency") == {("government", "treasury"): 2.0}
    assert not keeping.short()
    session.world.values[session.engine.layout.row("government", "treasury")] = 1.5
    assert [(s.actor, s.resource, s.due, s.left) for s in keeping.short()] == [("government", "treasury", 2.0, 1.5)]
    [promise] = keeping.promises
    session.bargaining.break_promise("presidency", promise.deal, promise.candidate, 1)
    assert session.bargaining.due("presidency") == {("government", "treasury"): 1.0}
    assert not keeping.short()


def test_a_bot_that_does_not_trust_says_how_far_it_trusts_and_what_would_do() -> None:
    scenario, bundle = load_with_bundle("vraem-2020")
    bots = {seat.id: seat.doctrines[0] for seat in scenario.seats[1:]}
    session = Session.create(MemoryStore(), scenario, bundle, Setting(7, bots), make_bots)
    key = "peru|extradite|taker=united_states,n=illegal_miners"
    asked = "united_states|pay-each-turn|taker=peru"
    offered = session.bargaining.offer(
        "presidency", "washington", [(term(session, key), 1)], [(term(session, asked), 1)], 2
    )
    assert offered.status == "declined"
    assert "of 100, as at the start; we would agree from" in offered.answer.en
    session.bargaining.offer("presidency", "valley-communities", *works(session), 2)
    (answer,) = session.bargaining.say("presidency", ["valley-communities"], "Agreed, then?")
    assert "What we agreed this turn stands: the government in Lima pays" in answer.words.en


def works(session: Session) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    roads = term(session, "valley_communities|keep-the-roads-open|taker=peru")
    return [(term(session, "peru|pay-each-turn|taker=valley_communities"), 1)], [(roads, 1)]
