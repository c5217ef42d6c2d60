"""The vote phase of a session: orders closed, ballots cast by those who may, and all of it kept and re-run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.house import PACK, built_report
from tests.engine.scenes import LEAGUE
from tests.session.test_session import _Retold, _worlds, begin, play_on
from wargame.bots.bots import Bots
from wargame.model.errors import SessionError
from wargame.session.beginning import fork
from wargame.session.exchange import export_session, import_session
from wargame.session.library import Library
from wargame.session.memory import MemoryStore
from wargame.session.polls import ABSTAIN, NO, YES
from wargame.session.records import Draft, Record
from wargame.session.session import Session, Setting
from wargame.session.store import Store
from wargame.session.verify import verify

ALBA, BOREAS, DORADO = "alba-cell", "boreas-cell", "dorado-cell"
TEXT = "text_consensus_league"
"""Its organ may meet at once."""


def ballot(member: str, proposal: str = TEXT) -> str:
    return f"ballot({member}, {proposal})"


def order(session: Session, seat: str, move: str, target: str = "") -> None:
    """File the order of a seat that is about a proposal or tie."""
    actors = session.seat(seat).actors
    found = next(
        c for c in session.engine.candidates if c.move == move and c.actor in actors and target in str(c.targets)
    )
    session.file(seat, found.id)


def convened(store: Store, people: int = 1) -> Session:
    """Return a session in which people have called a vote for this very turn, and orders are closed."""
    session = begin(store, LEAGUE, people=people)
    order(session, ALBA, "call-session", TEXT)
    assert session.voting.close_orders()
    return session


def vote_of(session: Session, member: str, proposal: str = TEXT) -> tuple[float, float]:
    rows = session.engine.layout
    vote, cast = (session.world.values[rows.row(ballot(member, proposal), name), 0] for name in ("vote", "cast"))
    return float(vote), float(cast)


def length(session: Session) -> int:
    return len(session.store.records(session.id))


# ── who votes on what ────────────────────────────────────────────────────────────────────────────────────────


def test_where_nothing_is_voted_orders_stay_open() -> None:
    session = begin(MemoryStore(), LEAGUE)
    before = length(session)
    assert not session.voting.close_orders()
    assert session.voting.polls is None
    assert session.voting.papers(ALBA) == ()
    assert length(session) == before
    order(session, ALBA, "table-text", TEXT)
    assert not session.voting.close_orders()  # it is tabled for the next turn
    session.resolve()
    assert session.voting.close_orders()


def test_a_seat_has_a_paper_for_each_of_its_members_and_for_no_other() -> None:
    session = convened(MemoryStore(), people=2)
    for seat, member in ((ALBA, "alba"), (BOREAS, "boreas")):
        papers = session.voting.papers(seat)
        assert [(p.ballot, p.member, p.proposal, p.body, p.subject, p.vote) for p in papers] == [
            (ballot(member), member, TEXT, "league", "", None)
        ]
        assert papers[0].organ.id == "consensus"
    assert session.voting.papers(DORADO) != ()
    session.voting.vote(ALBA, ballot("alba"), YES)
    assert [p.vote for p in session.voting.papers(ALBA)] == [YES]
    assert [p.vote for p in session.voting.papers(BOREAS)] == [None]


Deed = Callable[[Session], object]
REFUSED: dict[str, Deed] = {
    "somebody else's ballot": lambda s: s.voting.vote(ALBA, ballot("boreas"), YES),
    "a ballot of nobody": lambda s: s.voting.vote(ALBA, ballot("celta"), YES),
    "a ballot that is not voted": lambda s: s.voting.vote(ALBA, ballot("alba", "text_weighted_league"), YES),
    "a ballot that there is not": lambda s: s.voting.vote(ALBA, "ballot(alba, atlantis)", YES),
    "a seat that there is not": lambda s: s.voting.vote("nobody", ballot("alba"), YES),
    "a vote of seven": lambda s: s.voting.vote(ALBA, ballot("alba"), 7),
    "half a vote": lambda s: s.voting.vote(ALBA, ballot("alba"), 0.5),  # type: ignore[arg-type]
    "an order": lambda s: order(s, ALBA, "befriend"),
    "taking an order back": lambda s: s.withdraw(ALBA, 0),
    "an offer": lambda s: s.bargaining.offer(ALBA, BOREAS, [], [], 1),
    "other priorities": lambda s: s.reorder(ALBA, [0]),
}


@pytest.mark.parametrize("deed", REFUSED.values(), ids=REFUSED)
def test_what_may_not_be_done_while_votes_are_cast_is_refused_and_leaves_no_trace(deed: Deed) -> None:
    session = convened(MemoryStore())
    session.voting.vote(ALBA, ballot("alba"), NO)
    before, filed = length(session), list(session.filed[ALBA])
    with pytest.raises(SessionError) as refusal:
        deed(session)
    assert refusal.value.message.es.strip()
    assert length(session) == before
    assert session.filed[ALBA] == filed
    assert [p.vote for p in session.voting.papers(ALBA)] == [NO]


def test_nobody_votes_before_orders_are_closed_or_after_the_turn() -> None:
    session = begin(MemoryStore(), LEAGUE)
    order(session, ALBA, "call-session", TEXT)
    with pytest.raises(SessionError, match="orders are still open"):
        session.voting.vote(ALBA, ballot("alba"), YES)
    assert session.voting.close_orders()
    assert session.voting.close_orders()
    session.resolve()
    with pytest.raises(SessionError, match="Nothing is being voted"):
        session.voting.vote(ALBA, ballot("alba"), YES)
    order(session, ALBA, "befriend")


def test_a_member_that_stays_away_from_this_very_session_has_no_vote() -> None:
    session = begin(MemoryStore(), LEAGUE, people=2)
    order(session, ALBA, "call-session", TEXT)
    order(session, ALBA, "boycott")
    assert session.voting.close_orders()
    assert session.voting.papers(ALBA) == ()
    with pytest.raises(SessionError, match="not among the ballots"):
        session.voting.vote(ALBA, ballot("alba"), YES)
    session.voting.vote(BOREAS, ballot("boreas"), YES)
    session.resolve()
    assert vote_of(session, "alba") == (0, 0)
    assert vote_of(session, "boreas") == (1, 1)


def test_those_who_were_absent_may_object_in_the_next_turn_and_those_who_voted_may_not_vote_again() -> None:
    calm = built_report((PACK, "amount: noise(25)", "amount: noise(0.1)"))
    assert calm.scenario is not None
    assert calm.bundle is not None
    session = Session.create(MemoryStore(), calm.scenario, calm.bundle, Setting(7, {}), Bots)
    order(session, ALBA, "call-session", TEXT)
    order(session, DORADO, "boycott")
    assert session.voting.close_orders()
    session.voting.vote(ALBA, ballot("alba"), YES)
    session.voting.vote(BOREAS, ballot("boreas"), YES)
    session.resolve()
    rows = session.engine.layout
    assert session.world.values[rows.row(TEXT, "pending"), 0] == 1
    assert session.voting.close_orders()
    assert session.voting.papers(ALBA) == session.voting.papers(BOREAS) == ()
    assert [p.ballot for p in session.voting.papers(DORADO)] == [ballot("dorado")]
    session.voting.vote(DORADO, ballot("dorado"), NO)
    session.resolve()
    assert vote_of(session, "dorado") == (-1, 0)
    assert session.world.values[rows.row(TEXT, "outcome"), 0] == 4
    assert verify(session.store, session.id, Bots).difference is None


def test_a_suspended_member_has_no_vote() -> None:
    report = built_report(
        (PACK, "{who: boreas, from: 2001-01-01}", "{who: boreas, from: 2001-01-01, status: suspended}")
    )
    assert report.scenario is not None
    assert report.bundle is not None
    setting = Setting(7, {DORADO: "sulker"})
    session = Session.create(MemoryStore(), report.scenario, report.bundle, setting, Bots)
    order(session, ALBA, "call-session", TEXT)
    assert session.voting.close_orders()
    assert session.voting.papers(BOREAS) == ()
    with pytest.raises(SessionError, match="not among the ballots"):
        session.voting.vote(BOREAS, ballot("boreas"), YES)


# ── what becomes of votes ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("said", "counted"), [((), 0), ((YES,), 1), ((YES, NO), -1), ((NO, ABSTAIN), 0)])
def test_the_last_word_counts_and_silence_is_abstention(said: tuple[int, ...], counted: int) -> None:
    session = convened(MemoryStore(), people=2)
    for vote in said:
        session.voting.vote(ALBA, ballot("alba"), vote)
    session.resolve()
    assert vote_of(session, "alba") == (counted, 1)
    assert vote_of(session, "boreas") == (0, 1)
    assert session.voting.polls is None
    assert session.filed[ALBA] == []


def test_a_turn_played_out_without_closing_orders_is_one_in_which_people_abstain() -> None:
    stores = MemoryStore(), MemoryStore()
    closed, open_ = convened(stores[0]), begin(stores[1], LEAGUE)
    order(open_, ALBA, "call-session", TEXT)
    closed.resolve()
    open_.resolve()
    assert _worlds(stores[0], closed.id) == _worlds(stores[1], open_.id)
    assert vote_of(open_, "alba") == (0, 1)


def test_a_vote_that_cannot_be_kept_is_not_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    session = convened(MemoryStore())
    session.voting.vote(ALBA, ballot("alba"), YES)

    def full(*args: object, **named: object) -> tuple[Record, ...]:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(session.store, "append", full)
        with pytest.raises(OSError, match="full"):
            session.voting.vote(ALBA, ballot("alba"), NO)
    assert [p.vote for p in session.voting.papers(ALBA)] == [YES]
    session.resolve()
    assert vote_of(session, "alba") == (1, 1)


# ── kept, re-run, forked, carried ────────────────────────────────────────────────────────────────────────────


def _steps(session: Session) -> list[Callable[[], object]]:
    return [
        lambda: order(session, ALBA, "call-session", TEXT),
        lambda: order(session, BOREAS, "befriend"),
        session.voting.close_orders,
        lambda: session.voting.vote(ALBA, ballot("alba"), YES),
        lambda: session.voting.vote(BOREAS, ballot("boreas"), NO),
        lambda: session.voting.vote(BOREAS, ballot("boreas"), YES),
        session.resolve,
        lambda: order(session, ALBA, "lobby", "text_consensus"),
    ]


def test_a_session_opened_after_any_step_stands_where_it_was_left(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite"
    with Library(path) as store:
        session = begin(store, LEAGUE, people=2)
        for step in _steps(session)[:-1]:
            step()
            with Library(path) as after:  # nothing of the first is closed or flushed: as after a kill
                again = Session.open(after, session.id, Bots)
                assert again.filed == session.filed
                assert (again.voting.polls is None) == (session.voting.polls is None)
                assert [again.voting.papers(s) for s in again.people] == [
                    session.voting.papers(s) for s in session.people
                ]
                assert again.view(ALBA).fingerprint() == session.view(ALBA).fingerprint()
                if again.voting.polls is not None:
                    with pytest.raises(SessionError, match="closed"):
                        order(again, BOREAS, "befriend")


def test_a_session_opened_in_the_vote_phase_comes_to_the_same_world(tmp_path: Path) -> None:
    with Library(tmp_path / "sessions.sqlite") as store:
        session = convened(store)
        session.voting.vote(ALBA, ballot("alba"), YES)
        export_session(store, session.id, tmp_path / "one.wargame")
        there = MemoryStore()
        import_session(tmp_path / "one.wargame", there)
        again = Session.open(there, session.id, Bots)
        assert [p.vote for p in again.voting.papers(ALBA)] == [YES]
        again.resolve()
        session.resolve()
        assert _worlds(there, session.id) == _worlds(store, session.id)
        play_on(again)
        assert verify(there, session.id, Bots).difference is None


def test_a_re_run_finds_a_vote_that_was_changed() -> None:
    store = MemoryStore()
    session = convened(store)
    session.voting.vote(ALBA, ballot("alba"), NO)
    session.resolve()
    play_on(session, 2)
    assert verify(store, session.id, Bots).difference is None
    outcomes = next(r for r in store.records(session.id) if r.kind == "outcomes")
    assert outcomes.payload["votes"] == {ballot("alba"): NO}
    for votes in ({ballot("alba"): YES}, {ballot("alba"): ABSTAIN}):
        retold = replace(outcomes, payload={**outcomes.payload, "votes": votes})
        difference = verify(_Retold(store, {outcomes.seq: retold}), session.id, Bots).difference
        assert difference is not None
        assert difference.turn == 2


def test_a_fork_before_or_after_a_vote_stands_at_the_beginning_of_its_turn() -> None:
    store = MemoryStore()
    session = convened(store)
    session.voting.vote(ALBA, ballot("alba"), NO)
    open_polls = Session.open(store, fork(store, session.id, 1), Bots)
    assert open_polls.voting.polls is None
    assert open_polls.filed[ALBA] == []
    session.resolve()
    branch = Session.open(store, fork(store, session.id, 2), Bots)
    assert vote_of(branch, "alba") == (-1, 1)
    for one in (session, branch):
        one.resolve()
    assert _worlds(store, branch.id) == _worlds(store, session.id)
    assert verify(store, branch.id, Bots).difference is None


def test_votes_out_of_place_in_a_log_are_passed_over() -> None:
    """A log may have been written by another program; a vote without polls opens none."""
    store = MemoryStore()
    session = begin(store, LEAGUE)
    store.append(session.id, [Draft("vote", {"ballot": ballot("alba"), "vote": 1}, 1, "vote", session.date(), ALBA)])
    again = Session.open(store, session.id, Bots)
    assert again.voting.polls is None
    again.resolve()
    assert verify(store, session.id, Bots).difference is None
