"""Which promise a cause is about: in words with its names and amount, and whether it was kept whole or in part."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.engine.promising import short_words
from wargame.engine.views import SeatEyes
from wargame.model.agreements import Compliance, Settled
from wargame.model.text import Text
from wargame.session.causes import LoggedCause
from wargame.session.promised import read_settled
from wargame.session.reports import TurnReport
from wargame.session.session import Session


@dataclass(frozen=True, slots=True)
class Given:
    """A promise of a turn in words; ``part``: less was given than promised, and whoever asks knows it."""

    words: Text
    part: bool


def given(session: Session, eyes: SeatEyes | None, cause: LoggedCause, report: TurnReport) -> Given | None:
    """Return the promise that a cause is about, as these eyes know it; None if the log does not have it."""
    bound = dict(cause.bound or {})
    engine = session.engine
    for one in read_settled(engine, report.deals) if report.deals else ():
        found = engine.agreements.candidates[one.candidate]
        if found.move == cause.rule and {"actor": found.actor, **found.targets} == bound:
            part = one.delivered < one.amount and _is_known(one, found.actor, eyes)
            amount = one.delivered if part and one.delivered else one.amount
            return Given(short_words(engine, session.names, one.candidate, amount), part)
    return None


def _is_known(settled: Settled, giver: str, eyes: SeatEyes | None) -> bool:
    """Say whether it is known how much was given: the giver knows, the other side when it was found out."""
    if eyes is None or giver in eyes.seat.actors:
        return True
    return settled.compliance is not Compliance.HIDDEN
