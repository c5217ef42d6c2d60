"""When what an order sets going comes due, and whether there is still time for it before the session ends."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.model.rules import Move, Programme
from wargame.model.text import Text, join
from wargame.session.session import Session


def due(session: Session, programme: Programme, turn: int) -> tuple[int, int]:
    """Return the first and last turn of a programme ordered in a turn; the first is the later where it has no time."""
    first = turn + programme.after
    return first, min(first + programme.length - 1, session.engine.turns)


def when_due(session: Session, programme: Programme, turn: int) -> Text:
    """Return in words in which turns a programme ordered in a turn will do something."""
    first, last = due(session, programme, turn)
    text = _TOO_LATE if first > last else _GOES_ON_ONCE if first == last else _GOES_ON
    return text.fill(title=programme.title, first=first, last=last)


def warnings(session: Session, move: Move) -> Iterator[Text]:
    """Yield which programmes an order of this turn would start too late, or so late that part of them is lost."""
    for programme in move.programmes:
        first, last = due(session, programme, session.turn)
        if first > last:
            yield _BEWARE_LATE.fill(title=programme.title, first=first, end=session.engine.turns)
        elif last - first + 1 < programme.length:
            text = _BEWARE_CUT_ONCE if first == last else _BEWARE_CUT
            yield text.fill(title=programme.title, n=last - first + 1, all=programme.length)


def comes_too_late(session: Session, move: Move) -> Text | None:
    """Return what of a move would begin after the last turn if it were ordered now, for a line in a list."""
    late = [p.title for p in move.programmes if session.turn + p.after > session.engine.turns]
    return _LATE.fill(what=join(list(dict.fromkeys(late)), ", ")) if late else None


_TOO_LATE = Text(
    "{title}: it would begin in turn {first}, after the end.",
    "{title}: empezaría en el turno {first}, después del final.",
)
_GOES_ON = Text(
    "Still to come: {title}, in turns {first} to {last}.", "Todavía viene: {title}, en los turnos {first} a {last}."
)
_GOES_ON_ONCE = Text("Still to come: {title}, in turn {first}.", "Todavía viene: {title}, en el turno {first}.")
_BEWARE_LATE = Text(
    "Too late for '{title}': ordered now, it would begin in turn {first}, and the session ends with turn {end}. "
    "The order is paid for all the same.",
    "Ya no hay tiempo para «{title}»: si se ordena ahora, empezaría en el turno {first}, y la sesión acaba con el "
    "turno {end}. La orden se paga igual.",
)
_BEWARE_CUT = Text(
    "Of '{title}' there is time for {n} of {all} turns.", "De «{title}» hay tiempo para {n} de {all} turnos."
)
_BEWARE_CUT_ONCE = Text(
    "Of '{title}' there is time for 1 of {all} turns.", "De «{title}» hay tiempo para 1 de {all} turnos."
)
_LATE = Text("too late for: {what}", "ya no hay tiempo para: {what}")
