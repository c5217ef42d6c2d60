"""What the seat took the numbers to be when it ordered, and what it knows now; after the end, what they truly were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wargame.model.errors import SessionError
from wargame.model.kinds import AttributeType, Sight
from wargame.model.text import Text
from wargame.session.beliefs import Beliefs
from wargame.telling.game import Game
from wargame.telling.typed import whole_number

MOST = 8
"""How many numbers are told."""
_MARGIN = 2.0
"""An estimate was wide of the mark if the truth lay beyond so many of its errors."""


@dataclass(frozen=True, slots=True)
class Belief:
    """One number: as it was believed when the orders of a turn were given, as it is known now, and as it truly was."""

    row: int
    sight: Sight
    then: float
    error: float
    """The error of the estimate then."""
    now: float
    now_error: float
    truth: float | None
    """What it truly was when the orders were given; None while the session is open."""

    @property
    def is_wide(self) -> bool:
        """Say whether the truth lay outside the margin of the estimate, or a report was false."""
        return self.truth is not None and abs(self.truth - self.then) > max(_MARGIN * self.error, 0.5)


def beliefs_of(game: Game, turn: int, rows: Iterable[int]) -> list[Belief]:
    """Return what the seat believed of some numbers in a turn; those that it knows exactly are left out."""
    session, eyes = game.session, game.session.eyes(game.seat.id)
    then, errors = eyes.look_back(session.world, turn)
    now, now_errors = eyes.look_back(session.world, session.turn + session.ended)
    truth = Beliefs(session.engine, session.world, None).at_start_of(turn) if session.ended else None
    return [
        Belief(
            row, eyes.seen[row].sight, float(then[row]), float(errors[row]), float(now[row]), float(now_errors[row]),
            None if truth is None else float(truth[row]),
        )
        for row in dict.fromkeys(rows)
        if _is_unsure(eyes.seen[row].sight, float(errors[row]) + float(now_errors[row])) and not _is_flag(game, row)
    ]  # fmt: skip


def _is_unsure(sight: Sight, error: float) -> bool:
    return sight is Sight.REPORTED or (sight is Sight.ESTIMATED and error > 0.0)


def _is_flag(game: Game, row: int) -> bool:
    attribute = game.scene.attribute(row)
    return attribute is None or attribute.type is AttributeType.FLAG


def rows_that_matter(game: Game, turn: int) -> list[int]:
    """Return the numbers of the objectives, the headlines, and those that changed most in a turn."""
    wanted = [row for rows in game.matters.objectives.values() for row in rows]
    view = game.session.view(game.seat.id)
    changed = game.matters.changed(game.scene.reasons, view, turn, MOST) if turn <= len(game.session.reports) else []
    return list(
        dict.fromkeys([*wanted, *game.matters.headlines, *(game.scene.reasons.row(why.row) for why in changed)])
    )


# ── in lines ─────────────────────────────────────────────────────────────────────────────────────────────────


def show_believed(game: Game, words: Sequence[str]) -> None:
    """Say what was believed when the orders of a turn were given, and what is known now."""
    turn = whole_number(words[0]) if words else max(1, len(game.session.reports))
    if turn is None or not 1 <= turn <= max(1, len(game.session.reports)):
        raise SessionError(_OF_WHICH)
    tell_believed(game, turn)


def tell_believed(game: Game, turn: int) -> None:
    """Tell the numbers that matter, those about which the seat was surest to be wrong first once the truth is out."""
    talk = game.talk
    talk.head(HEAD)
    found = sorted(beliefs_of(game, turn, rows_that_matter(game, turn)), key=lambda b: not b.is_wide)[:MOST]
    if not found:
        talk.say(ALL_EXACT)
    for belief in found:
        talk.item("-", f"{talk.of(game.scene.name(belief.row))}: {told(game, belief)}")


def told(game: Game, belief: Belief) -> str:
    """Return a belief in words."""
    attribute, unit, figures = game.scene.attribute(belief.row), game.scene.unit(belief.row), game.scene.figures
    decimals = 0 if belief.error >= 1 else None

    def sure(value: float, error: float) -> str:
        said = figures.value(value, attribute, unit, decimals)
        if belief.sight is Sight.REPORTED:
            return f"«{said}»"
        return f"≈{said} ±{game.talk.voice.number(error, 0 if error >= 10 else 1)}" if error else said

    parts = [_THEN.fill(value=sure(belief.then, belief.error)), _NOW.fill(value=sure(belief.now, belief.now_error))]
    said = "; ".join(game.talk.of(part) for part in parts)
    if belief.truth is not None:
        text = _WIDE if belief.is_wide else _TRUE
        said += f"; {game.talk.of(text.fill(value=figures.value(belief.truth, attribute, unit, decimals)))}"
    return f"{said}."


HEAD = Text("Believed then, known now", "Lo que creía entonces, lo que sabe ahora")
_THEN = Text("when you ordered {value}", "al ordenar {value}")
_NOW = Text("now {value}", "ahora {value}")
_TRUE = Text("in truth it was {value}", "en verdad era {value}")
_WIDE = Text("in truth it was {value}, outside your margin!", "en verdad era {value}, ¡fuera de su margen!")
ALL_EXACT = Text(
    "Everything that matters to you is known to you exactly.", "Todo lo que le importa lo conoce con exactitud."
)
_OF_WHICH = Text(
    "Say of which played turn, for example: believed 2.", "Diga de qué turno jugado; por ejemplo: creído 2."
)
