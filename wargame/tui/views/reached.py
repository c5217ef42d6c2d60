"""What a session came to, drawn: each objective, each seat, and where the run lies among those of bots."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from rich.cells import cell_len

from wargame.model.text import Text
from wargame.telling import ending, hindsight
from wargame.telling.game import Game
from wargame.tui import marks
from wargame.tui.ink import Line, apart, bold, wrap, wrap_apart
from wargame.tui.panel import Row, page_row, text_row

if TYPE_CHECKING:
    from wargame.analysis.standing import Standing
    from wargame.tui.sitting import Sitting


def reached_rows(game: Game) -> Iterator[Row]:
    """Yield a row for each objective: reached, in part or missed, its degree, and the numbers behind it."""
    yield text_row(())
    yield text_row(bold(game.talk.of(ending.REACHED).upper()))
    for one in ending.reached(game):
        yield Row(partial(_objective, game, one), "", pick=False)


def _objective(game: Game, one: ending.Reached, width: int) -> list[Line]:
    say, share = game.talk.of, game.scene.figures.share
    mark, word, style = _FATES[0 if one.degree >= _MET else 1 if one.degree >= _PARTLY else 2]
    weight = f"  ×{game.talk.voice.number(one.objective.weight)} "
    bars = marks.stock(one.degree) if width >= _ROOMY else ()
    right: Line = (*bars, (weight, "$dim"), (share(one.degree), "bold"))
    label: Line = ((f"{mark} ", style), (f"{say(word):<{_WORD}} ", style))
    lines = wrap_apart(say(one.objective.title), right, width, "bold", _WORD + 3, label)
    said = one.working
    if abs(one.degree - one.believed) >= _APART:
        said = f"{said} {say(_BELIEVED.fill(guess=share(one.believed)))}".strip()
    return [*lines, *(wrap(said, width, "$dim", _WORD + 3, ((" " * (_WORD + 3), ""),)) if said else ())]


def scores_rows(game: Game) -> Iterator[Row]:
    """Yield the score of the seat with its verdict, then every seat with its own."""
    yield text_row(())
    said = game.talk.of(ending.verdict(game))
    yield Row(lambda width: wrap(said, width, "bold"), "", pick=False)
    scores = ending.final_scores(game)
    for seat, score in scores:
        own = seat.id == game.seat.id
        mark: Line = (("► ", "$accent"),) if own else (("  ", ""),)
        name: Line = (*mark, (game.talk.of(seat.title), "bold" if own else ""))
        yield Row(partial(_score, name, score, game.scene.figures.share(score)), "", pick=False)


def _score(name: Line, score: float, shown: str, width: int) -> list[Line]:
    return [apart(name, (*marks.stock(score), (f"  {shown}", "bold")), width)]


def standing_rows(sitting: Sitting, found: Standing) -> list[Row]:
    """Return the run among those of bots: their distribution with the own score below it, then in words."""
    head, *said = sitting.told(lambda: hindsight.tell_standing(sitting.game.scene, found))
    words = page_row([block for block in said if block.kind == "say"])
    drawn = Row(partial(_distribution, sitting, found), "", pick=False)
    return [text_row(()), text_row(bold(head.text.upper())), drawn, words]


def _distribution(sitting: Sitting, found: Standing, width: int) -> list[Line]:
    bins = min(width // 2, _BINS)
    counts, _ = np.histogram(found.scores, np.linspace(0.0, 1.0, bins + 1))
    own = min(int(found.score * bins), bins - 1)
    share = sitting.game.scene.figures.share
    you = f"▲ {sitting.of(_YOU.fill(score=share(found.score)))}"
    at = min(2 * own, 2 * bins - cell_len(you))
    under: Line = ((" " * max(at, 0), ""), (you, "bold $accent"))
    ends = apart(((share(0.0), "$dim"),), ((share(1.0), "$dim"),), 2 * bins)
    return [*marks.pile(counts.tolist(), _HIGH, own), (("─" * 2 * bins, "$line"),), ends, under]


_FATES = (
    ("■", Text("met", "logrado"), "$good"),
    ("◊", Text("partly", "en parte"), ""),
    ("□", Text("missed", "fallido"), "$bad"),
)
_MET, _PARTLY = 0.75, 0.4
_APART = 0.05
"""From so much on, what was believed of an objective is told beside what was true."""
_WORD = 8
_ROOMY = 56
_BELIEVED = Text("You believed {guess}.", "Usted creía {guess}.")
_BINS, _HIGH = 25, 5
"""Columns of the distribution, two cells each, and its rows."""
_YOU = Text("you {score}", "usted {score}")
