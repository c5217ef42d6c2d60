"""The forecast of an order: asked of a worker process, drawn as dots with it and without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.widget import Widget

from wargame.analysis.forecast import Forecast, Outlook
from wargame.analysis.foresight import keep, question_of
from wargame.model.orders import Order
from wargame.model.text import Text
from wargame.telling import foreseeing
from wargame.telling.shortened import shortened
from wargame.tui import marks
from wargame.tui.ink import Line, columns, cut, dim, wrap
from wargame.tui.panel import Panel, Row, text_row

if TYPE_CHECKING:
    from wargame.tui.sitting import Sitting

DOTS = 20


class ForecastPanel(Panel):
    """What an order may come to. Empty, and not shown, until it is asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._asked = ""
        self._future: Future[Forecast] | None = None
        self._since = 0.0
        self._found: tuple[Sitting, Forecast] | None = None
        self._clock: Timer | None = None

    @property
    def is_asking(self) -> bool:
        """Say whether an answer is being waited for."""
        return self._future is not None

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, sitting: Sitting, order: Order, key: str) -> None:
        """Ask about an order; while a question is open, let go of it."""
        if self._future is not None:
            self._let_go()
            self._stand_out(asked=False)
            return
        self._asked, self._since, self._found = key, monotonic(), None
        self._stand_out(asked=True)
        question = question_of(sitting.session, sitting.game.matters, order)
        self._future = future = sitting.warm().ask(question)
        self._clock = self.set_interval(0.2, lambda: self._wait(sitting))
        self._wait(sitting)
        future.add_done_callback(lambda done: self._done(sitting, done))

    def belongs_to(self, key: str) -> None:
        """Hide a forecast that is about another order than the one at the cursor."""
        if key != self._asked:
            self._let_go()
            self._asked, self._found = "", None
            self._stand_out(asked=False)

    def _stand_out(self, *, asked: bool) -> None:
        """Show the panel, or hide it; the column knows, for where there is little room it stands alone there."""
        self.set_class(asked, "-asked")
        if isinstance(self.parent, Widget):
            self.parent.set_class(asked, "-asked")

    def _let_go(self) -> None:
        if self._future is not None:
            self._future.cancel()
        self._future = None
        if self._clock is not None:
            self._clock.stop()

    def _wait(self, sitting: Sitting) -> None:
        said = f"◊ {sitting.voice.fixed(monotonic() - self._since, 1)} s"
        text = sitting.of(_ASKING)
        self.show(
            sitting.of(_TITLE), [Row(lambda width: wrap(text, width, "$dim"), "", pick=False)], meta=((said, "$est"),)
        )

    def _done(self, sitting: Sitting, done: Future[Forecast]) -> None:
        """Hand the answer to the loop of the app; this runs in a thread of the pool."""
        if not done.cancelled() and self.is_attached:
            self.app.call_later(self._answered, sitting, done)

    def _answered(self, sitting: Sitting, done: Future[Forecast]) -> None:
        if done is not self._future:
            return
        self._let_go()
        try:
            found = done.result()
        except CancelledError:
            return
        except Exception:
            sitting.close()  # the worker has died; the next question starts another
            text = sitting.of(_DIED)
            self.show(sitting.of(_TITLE), [Row(lambda width: wrap(text, width), "", pick=False)])
            return
        keep(sitting.session, found)
        self._found = sitting, found
        self._draw(sitting, found)

    def speak(self) -> None:
        """Say an answer again, in the language that is spoken now."""
        if self._found is not None and self._asked and self._future is None:
            self._draw(*self._found)

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────

    def _draw(self, sitting: Sitting, found: Forecast) -> None:
        say, game = sitting.of, sitting.game
        rows = [_figures(sitting, found), Row(lambda width: _dot_plot(sitting, found.score, width), "", pick=False)]
        names: list[str] = []
        for objective, _ in game.session.engine.reckoning.objectives[sitting.seat.id]:
            names.append(say(objective.title))
            rows += _tracks(sitting, names, found.objectives[objective.id], 0.0, 1.0, 2)
        for row, outlook in found.numbers.items():
            if (outlook.more or outlook.less) and not sitting.surroundings.is_flag(row):
                values = [v for band in outlook.bands for v in band]
                low, high = sitting.surroundings.bounds([row]) if max(values) <= 100 else (0.0, max(values) * 1.1)
                names.append(say(game.scene.name(row)))
                rows += _tracks(sitting, names, outlook, low, high, 0)
        rows += [text_row(()), *(_note(say(text)) for text in (_DOTS, _HOW_READ, foreseeing.how_made(found)))]
        inside, of = foreseeing.record_of(game)
        if of:
            rows.append(_note(say(_RECORD.fill(n=of, k=inside))))
        until = say(Text("turn {n}", "turno {n}").fill(n=found.until))
        self.show(say(_TITLE), rows, meta=(("○ ", ""), (f"{say(_WITHOUT)}  ", "$dim"), ("● ", "bold"),
                                           (f"{say(_WITH)} · {until}", "$dim")))  # fmt: skip


def _figures(sitting: Sitting, found: Forecast) -> Row:
    """Return what was asked, in one sentence: the score without the order and with it, and how often it differs."""
    share, score = sitting.game.scene.figures.share, found.score
    (_, given, _), (_, absent, _) = score.bands
    more, less = (str(round(10 * part)) for part in (score.more, score.less))
    told = _FIGURES.fill(n=found.until, absent=share(absent), given=share(given))
    pairs = _PAIRS.fill(more=more, less=less) if more != "0" or less != "0" else _NO_PAIR

    def draw(width: int) -> list[Line]:
        return [*wrap(sitting.of(told), width), *wrap(sitting.of(pairs), width, "bold")]

    return Row(draw, "", pick=False)


def _note(said: str) -> Row:
    return Row(lambda width: wrap(said, width, "$dim"), "", pick=False)


def _dot_plot(sitting: Sitting, outlook: Outlook, width: int) -> list[Line]:
    """Return a mirrored dot plot: without the order above the axis, with it below; each dot is one world in twenty."""
    given, absent = foreseeing.dots(outlook, DOTS)
    low, high = min(*given, *absent), max(*given, *absent)
    span = (high - low) or 1.0
    room = max(min(width, 60), 20)

    def stacked(values: Sequence[float], mark: str, style: str) -> list[Line]:
        heights: Counter[int] = Counter()
        cells: dict[tuple[int, int], str] = {}
        for value in values:
            column = round((value - low) / span * (room - 1))
            cells[column, heights[column]] = mark
            heights[column] += 1
        tall = max(heights.values())
        return [
            (("".join(cells.get((column, level), " ") for column in range(room)), style),)
            for level in range(min(tall, 6))
        ]

    share = sitting.game.scene.figures.share
    ends: Line = ((share(low), "$dim"), (" " * max(room - 8, 1), ""), (share(high), "$dim"))
    return [*reversed(stacked(absent, "○", "")), (("─" * room, "$line"),), *stacked(given, "●", "bold"), ends]


def _tracks(
    sitting: Sitting, names: Sequence[str], outlook: Outlook, low: float, high: float, decimals: int
) -> list[Row]:
    """Return two tracks, without the order and with it, and in how many of ten pairs it is higher, and lower.

    The last of the names so far is this one's; drawn, it is cut so that it differs from all the others.
    """
    number, at = sitting.voice.fixed, len(names) - 1
    (given, absent), ten = outlook.bands, 10
    more, less = round(ten * outlook.more), round(ten * outlook.less)
    said = f"↑{more} ↓{less}" if more or less else sitting.of(_SAME)

    def draw(width: int) -> list[Line]:
        tight = width < _ROOMY
        track = max(min(width - _BESIDE - (0 if tight else 28), 40), 8)
        label = 0 if tight else width - track - _BESIDE - 1
        name = shortened(names, width if tight else label)[at]
        lines: list[Line] = [cut(dim(name), width)] if tight else []
        for values, mark, words, last in ((absent, "○", name, ""), (given, "●", "", said)):
            first, middle, end = values
            bar = marks.band(middle, first, end, low, high, track, mark)
            value: Line = ((number(middle, decimals), "bold"),)
            lines.append(columns([(dim(words), label), (bar, track), (value, -_VALUE), (dim(last), _TENTHS)]))
        return lines

    return [Row(draw, "", pick=False)]


_VALUE, _TENTHS = 8, 12
_BESIDE = _VALUE + _TENTHS + 2
"""Cells that stand right of a track."""
_ROOMY = 50
"""Cells from which on names stand beside their tracks."""
_TITLE = Text("Forecast", "Pronóstico")
_ASKING = Text(
    "Playing 200 pairs of worlds as you may believe them, with the order and without it. p lets go.",
    "Jugando 200 pares de mundos que usted considera posibles, con la orden y sin ella. p lo deja.",
)
_DIED = Text(
    "The worker that makes forecasts has died; nothing else is lost. p starts another.",
    "El proceso que hace los pronósticos murió; no se perdió nada más. p inicia otro.",
)
_FIGURES = Text(
    "Your score at the end of turn {n}: {absent} without the order, {given} with it.",
    "Su puntaje al final del turno {n}: {absent} sin la orden, {given} con ella.",
)
_PAIRS = Text(
    "Of ten pairs of worlds it ends higher in {more} and lower in {less}.",
    "De cada diez pares de mundos, queda más alto en {more} y más bajo en {less}.",
)
_NO_PAIR = Text(
    "Of ten pairs of worlds it ends the same in all.", "De cada diez pares de mundos, queda igual en todos."
)
_DOTS = Text(
    "Score: 20 dots, each for a twentieth of the worlds.",
    "Puntaje: 20 puntos, cada uno por un veinteavo de los mundos.",
)
_HOW_READ = Text(
    "Numbers: the world in the middle. ↑ ↓: of ten pairs of worlds, in how many the number ends higher with the order, "
    "and in how many lower.",
    "Números: el mundo del medio. ↑ ↓: de cada diez pares de mundos, en cuántos el indicador queda más alto con la "
    "orden, y en cuántos más bajo.",
)
_WITHOUT, _WITH = Text("without", "sin ella"), Text("with it", "con ella")
_SAME = Text("no change", "igual")
_RECORD = Text("Of {n} numbers foretold, {k} came to lie in their bands (eight in ten should).",
               "De {n} indicadores previstos, {k} cayeron en su banda (deberían ser ocho de cada diez).")  # fmt: skip
