"""The toy league as tests of votes play it."""

from __future__ import annotations

from tests.engine.scenes import TOY
from wargame.session.session import Session

LEAGUE = TOY.replace("toy-valley", "toy-league")


def order(session: Session, seat: str, move: str, proposal: str) -> None:
    """File an order about a text, by the names of its move and of the text."""
    for option in session.options(seat):
        if option.candidate.move == move and proposal in option.candidate.targets.values():
            session.file(seat, option.candidate.id)
            return
    raise AssertionError(f"no such order: {move} {proposal}")


def put_on_agendas(session: Session) -> Session:
    """Let the person table two texts, one that is voted in secret and one openly, and play the turn."""
    order(session, session.people[0], "table-text", "text_simple_league")
    order(session, session.people[0], "call-session", "text_unanimity_league_gama")
    assert not session.voting.close_orders(), "neither organ meets at once"
    session.resolve()
    return session
