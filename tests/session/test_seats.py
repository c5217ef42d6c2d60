"""A seat that two claim, in a session: who gets a paper, who is refused and told who sits there, what is seen of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import play
from tests.engine.claimed import GAMA, RECOGNISED, RIVAL, claimed, claimed_texts
from tests.engine.house import PACK
from wargame.bots.bots import Bots
from wargame.model.errors import RefusedOrder, SessionError
from wargame.model.institutions import Status
from wargame.model.text import Language
from wargame.session.assembly import Assembly
from wargame.session.memory import MemoryStore
from wargame.session.session import Session, Setting
from wargame.session.verify import verify
from wargame.session.why import Reasons

ALBA, BOREAS, DORADO = "alba-cell", "boreas-cell", "dorado-cell"
OPEN = "text_majority_league_dorado"
SITS = "In the League the seat of Gama is held by the other Gama."
SEATED = (PACK, "    members:\n      - {who: alba,", RECOGNISED)


def begin(*changes: tuple[str, str, str]) -> Session:
    report = claimed(*changes)
    assert report.scenario is not None, report.problems
    assert report.bundle is not None
    return Session.create(MemoryStore(), report.scenario, report.bundle, Setting(7, {}), Bots)


def order(session: Session, seat: str, move: str, actor: str, proposal: str) -> None:
    found = next(
        c
        for c in session.engine.candidates
        if c.move == move and c.actor == actor and proposal in str(c.targets)
    )  # fmt: skip
    session.file(seat, found.id)


def test_the_authority_that_is_seated_casts_the_vote_and_the_other_is_told_who_does() -> None:
    session = begin(SEATED)
    order(session, ALBA, "call-session", "alba", OPEN)
    assert session.voting.close_orders()
    assert [p.member for p in session.voting.papers(BOREAS)] == ["boreas", RIVAL]
    assert [p.member for p in session.voting.papers(DORADO)] == []
    session.voting.vote(BOREAS, f"ballot({RIVAL}, {OPEN})", 1)
    with pytest.raises(SessionError, match=SITS):
        session.voting.vote(DORADO, f"ballot({GAMA}, {OPEN})", -1)
    session.resolve()
    row = session.engine.layout.row
    assert session.world.values[row(f"ballot({RIVAL}, {OPEN})", "vote"), 0] == 1
    count = Reasons(session, ALBA).counts.of(session.reports[-1])[0]
    assert {v.member for v in count.votes} == {"alba", "boreas", "celta", "estrella", RIVAL}
    assert verify(session.store, session.id, Bots).difference is None


def test_who_may_not_table_is_told_who_sits_there() -> None:
    session = begin(SEATED)
    with pytest.raises(RefusedOrder, match=SITS):
        order(session, DORADO, "table-text", GAMA, OPEN)
    order(session, BOREAS, "table-text", RIVAL, OPEN)
    with pytest.raises(RefusedOrder) as refused:
        order(session, DORADO, "soften", GAMA, OPEN)
    assert SITS not in str(refused.value), "that refusal is about something else"


def test_members_are_listed_with_who_sits_and_who_claims() -> None:
    for changes, statuses in (((), (Status.NOTICE, Status.CLAIMANT)), ((SEATED,), (Status.DISPLACED, Status.NOTICE))):
        assembly = Assembly(begin(*changes), ALBA)
        known = {m.who: m for m in assembly.members("league")}
        assert (known[GAMA].status, known[RIVAL].status) == statuses
        assert known[RIVAL].seat == GAMA
        assert assembly.votes_in("league") == 6


def test_a_seat_that_changes_hands_is_told() -> None:
    session = begin((PACK, "amount: noise(25)", "amount: 100"))
    order(session, ALBA, "call-session", "alba", "text_two_thirds_league_gama")
    assert session.voting.close_orders()
    for seat in (ALBA, BOREAS, DORADO):
        for paper in session.voting.papers(seat):
            session.voting.vote(seat, paper.ballot, 1)
    session.resolve()
    said = [text.en for text in Reasons(session, ALBA).comings.changes(session.reports[-1])]
    adopted = session.world.values[session.engine.layout.row("membership(gama, league)", "rival_seated"), 0]
    assert adopted == 1
    assert SITS in said


def test_bodies_say_in_lines_who_sits_and_who_claims(tmp_path: Path) -> None:
    for path, text in claimed_texts(SEATED).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    league = str(tmp_path / "scenarios" / "toy-league")
    said = " ".join(play(["bodies", "body league"], scenario=league, seat=DORADO).split())
    assert f"{SITS.removesuffix('.')}, and is claimed by Gama too." in said
    assert "Gama: member, but another delegation has its seat" in said
    said = " ".join(play(["organismo liga"], Language.ES, scenario=league, seat=DORADO).split())
    assert "En la Liga el asiento de Gama lo ocupa la otra Gama; también lo reclama Gama." in said
