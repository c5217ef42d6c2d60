"""The first line of a session's screen: who plays, which turn and phase it is, when, and what there is to pay with."""

from __future__ import annotations

from wargame.model.text import Language, Text
from wargame.tui.ink import Line, apart, cut, width_of
from wargame.tui.means import Means, means_of
from wargame.tui.sitting import Sitting

TIGHT = 100
"""Below so many columns words are shortened."""
_KEPT = 4
"""Pieces that always stay: the seat, the word turn, its number, and of how many."""
_TONGUES = 10
"""Cells that the two languages take, with what stands before them."""


def head_line(sitting: Sitting, language: Language, width: int, busy: str) -> Line:
    """Return it; ``busy`` says what is being worked at, and stands for the turn meanwhile."""
    had, tight = means_of(sitting), width < TIGHT
    seat = _seat(sitting, had, width)
    say, session = sitting.of, sitting.session
    left: Line = (
        *seat, (" T" if tight else f"  {say(_TURN)} ", "$dim"), (str(session.turn), "bold"),
        (f"/{session.engine.turns} " if tight else f"/{session.engine.turns}  ", "$dim"),
        (f"■ {say(_phase(sitting))}", "$accent"), ("" if tight else f"  {_when(sitting)}", "$dim"),
    )  # fmt: skip
    if busy:
        left = (*seat, (f"  ◊ {busy}", "bold $est"))
    es = language is Language.ES
    tongues: Line = (("   ", ""), ("en", "$dim" if es else "bold underline"), (" ", ""),
                     ("es", "bold underline" if es else "$dim"))  # fmt: skip
    while len(had.fit(width - width_of(left) - _TONGUES)) < had.whole and len(left) > _KEPT:
        left = left[:-1]  # the date, then the phase, give way to what there is to pay with
    return apart(left, (*had.fit(width - width_of(left) - _TONGUES), *tongues), width)


def _seat(sitting: Sitting, had: Means, width: int) -> Line:
    """Return the name of the seat, as long as the phase has room beside it: that says what can be done now."""
    tight = width < TIGHT
    other = len(sitting.of(_phase(sitting))) + (9 if tight else 26 + len(_when(sitting))) + _TONGUES
    seat: Line = ()
    for room in (24, 20, 16) if tight else (60, 36):
        seat = cut(((sitting.of(sitting.seat.title), "bold"),), room)
        if len(had.fit(width - width_of(seat) - other)) == had.whole:
            break
    return seat


def _phase(sitting: Sitting) -> Text:
    session = sitting.session
    return _ENDED if session.ended else _VOTE if session.orders_closed else _ORDERS


def _when(sitting: Sitting) -> str:
    return sitting.game.scene.figures.period(sitting.session.scenario.calendar, sitting.session.turn)


_TURN = Text("Turn", "Turno")
_ORDERS, _VOTE, _ENDED = Text("Orders", "Órdenes"), Text("Vote", "Votación"), Text("Ended", "Terminada")
