"""One number over all turns, with the seat's own orders and the news of each: what the timeline draws, in words."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.model.errors import SessionError
from wargame.model.kinds import Sight
from wargame.model.text import Text
from wargame.session.news import news_of
from wargame.telling.game import Game
from wargame.telling.looking import which


def show_history(game: Game, words: Sequence[str]) -> None:
    """Say what the seat believed of a number at the start of every turn."""
    if not words:
        raise SessionError(_OF_WHICH)
    number, _ = which(game, list(words))
    scene, talk = game.scene, game.talk
    row = scene.reasons.row(number)
    talk.head(scene.name(row))
    if scene.reading(row).sight is Sight.HIDDEN:
        talk.say(Text("Your seat cannot see this number.", "Su puesto no puede ver este indicador."))
        return
    turns = range(1, len(game.session.reports) + 2)
    talk.table([talk.of(text) for text in _HEAD], [_line(game, row, turn) for turn in turns])


def _line(game: Game, row: int, turn: int) -> list[str]:
    scene = game.scene
    value = float(scene.reasons.beliefs.at_start_of(turn)[row])
    orders = sum(o.seat == game.seat.id for r in game.session.reports if r.turn == turn for o in r.outcomes)
    news = len(news_of(game.session, turn, game.seat.id))
    counts = [str(n) if n else "–" for n in (orders, news)]
    return [f"T{turn}", scene.figures.value(value, scene.attribute(row), scene.unit(row)), *counts]


_HEAD = (
    Text("Turn", "Turno"), Text("at its start", "al comenzar"), Text("your orders", "sus órdenes"),
    Text("news", "noticias"),
)  # fmt: skip
_OF_WHICH = Text(
    "Say of which number: its place in the last list (history 2), or its name.",
    "Diga de qué indicador: su lugar en la última lista (historia 2) o su nombre.",
)
