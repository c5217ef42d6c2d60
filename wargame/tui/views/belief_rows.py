"""How a belief is drawn: then and now as marks on one scale, and the truth as soon as it is out."""

from __future__ import annotations

from wargame.model.kinds import Sight
from wargame.model.text import Text
from wargame.telling.believed import Belief
from wargame.telling.game import Game
from wargame.tui import marks
from wargame.tui.ink import Line, columns
from wargame.tui.named import Named
from wargame.tui.panel import Draw

_NUMBER = 10
"""Cells for a number."""
_ROOMY = 52
"""Cells from which on there is room for the scale."""


def belief_drawer(game: Game, belief: Belief, names: Named) -> Draw:
    """Return how one number is drawn: name, scale, then, now, and the truth with an alarm if it lay outside."""
    number = game.talk.voice.number
    decimals = 0 if belief.error >= 1 or abs(belief.then) >= 100 else 1
    name = game.talk.of(game.scene.name(belief.row))
    then, now = (_sure(number(v, decimals), belief.sight) for v in (belief.then, belief.now))
    truth: Line = ()
    if belief.truth is not None:
        wide = (("! ", "bold $bad"),) if belief.is_wide else (("  ", ""),)
        truth = (*wide, (number(belief.truth, decimals), "bold"))

    def draw(width: int) -> list[Line]:
        scale = min(24, (width - 2 * _NUMBER - (_NUMBER + 1 if truth else 0)) // 2) if width >= _ROOMY else 0
        given = width - scale - 2 * (_NUMBER + 1) - (_NUMBER + 1 if truth else 0) - 1
        cells = [
            (((names.fit(name, given), ""),), given),
            (_scale(belief, scale), scale),
            (then, -_NUMBER),
            (now, -_NUMBER),
        ]
        return [columns([*cells, (truth, -_NUMBER if truth else 0)])]

    return draw


def _sure(shown: str, sight: Sight) -> Line:
    return ((f"«{shown}»" if sight is Sight.REPORTED else f"≈{shown}", "$est"),)


def _scale(belief: Belief, width: int) -> Line:
    """Return then as a dot with its error and now (or the truth) as a square, on a scale of their own."""
    if width < 8:
        return ()
    known = belief.now if belief.truth is None else belief.truth
    ends = (belief.then - 2 * belief.error, belief.then + 2 * belief.error, known, belief.now)
    low, high = min(ends), max(ends)
    line = list(marks.track(belief.then, low, high, width, belief.error, "$est"))
    at = round((known - low) / ((high - low) or 1.0) * (width - 1))
    return _put(tuple(line), at, ("■", "bold"))


def _put(line: Line, at: int, mark: tuple[str, str]) -> Line:
    """Return a line with one cell replaced."""
    found: list[tuple[str, str]] = []
    for text, style in line:
        for letter in text:
            found.append(mark if len(found) == at else (letter, style))
    return tuple(found)


LEGEND = Text("● then  ■ now", "● entonces  ■ ahora")
LEGEND_TRUE = Text("● then  ■ true  ! outside your margin", "● entonces  ■ cierto  ! fuera de su margen")
