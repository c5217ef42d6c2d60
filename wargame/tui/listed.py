"""The scenarios as the first screen lists them: those for playing, and apart from them the cases of history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len

from wargame.model.text import Text, counted
from wargame.tui.ink import Line, columns, cut, dim, plain, wrap
from wargame.tui.panel import Row

if TYPE_CHECKING:
    from wargame.content.reports import Report
    from wargame.model.scenario import Calendar
    from wargame.tui.dialogs import Say


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of the scenarios so far. Where a column does not fit beside whole titles it is left out."""

    say: Say
    names: Sequence[str]
    cases: Collection[str]
    titles: Mapping[str, Text]
    """What they are called, from before they have been read."""
    reports: Mapping[str, Report]
    begin_with: str
    """The one that is pointed out to those who are here for the first time."""

    def rows(self) -> Iterator[Row]:
        """Yield a row for each scenario; cases stand under a line that says what they are."""
        yield from (Row(partial(self._draw, name), name) for name in self.names if name not in self.cases)
        if any(name in self.cases for name in self.names):
            yield Row(lambda width: wrap(self.say(_CASES), width, "$dim"), "", pick=False)
        yield from (Row(partial(self._draw, name), name) for name in self.names if name in self.cases)

    def head(self, width: int) -> list[Line]:
        """Return the heads of the columns."""
        title, where, years, seats, turns = (dim(self.say(t)) for t in _HEADS)
        return [self._line(title, where, years, seats, turns, width)]

    def _title(self, name: str) -> str:
        return self.say(self.titles[name]) if name in self.titles else name

    def _draw(self, name: str, width: int) -> list[Line]:
        report, title = self.reports.get(name), self._title(name)
        begin = [((self.say(_START_HERE), "bold $accent"),)] if name == self.begin_with else []
        if report is None:
            return [*begin, cut(((title, ""), ("  …", "$dim")), width)]
        scenario = report.scenario
        if scenario is None:
            broken = self.say(counted(len(report.problems), *_BROKEN))
            return [*begin, cut(((name, ""), (f"  × {broken}", "$bad")), width)]
        line = self._line(
            plain(title), dim(self.say(scenario.where)), dim(_years(scenario.calendar)),
            plain(str(len(scenario.seats))), plain(str(scenario.calendar.full)), width,
        )  # fmt: skip
        return [*begin, line]

    def _line(self, title: Line, where: Line, years: Line, seats: Line, turns: Line, width: int) -> Line:
        wanted = max((cell_len(self._title(name)) for name in self.names), default=0)
        of_seats, of_turns = (max(cell_len(self.say(head)), _NUMBER) for head in _HEADS[3:])
        if wanted + of_seats + of_turns + 2 > width:
            of_seats = 0  # the card says it too
        spare = width - wanted - of_seats - of_turns - 2
        of_years = _YEARS if spare > _YEARS else 0
        of_places = spare - of_years - 2 if spare - of_years - 2 >= _PLACE else 0
        taken = (
            sum(size + 1 for size in (of_places, of_years) if size) + of_turns + 1 + (of_seats + 1 if of_seats else 0)
        )
        return columns(
            [(title, width - taken), (where, of_places), (years, of_years), (seats, -of_seats), (turns, -of_turns)]
        )


def _years(calendar: Calendar) -> str:
    last = date.fromordinal(calendar.date_of(calendar.full + 1).toordinal() - 1).year  # of the last day played
    return f"{calendar.start.year}" if calendar.start.year == last else f"{calendar.start.year}–{last}"


_NUMBER, _YEARS, _PLACE = 5, 9, 16
_HEADS = (Text("scenario", "escenario"), Text("place", "lugar"), Text("years", "años"), Text("seats", "puestos"),
          Text("turns", "turnos"))  # fmt: skip
_START_HERE = Text("start here:", "empiece aquí:")
_CASES = Text(
    "Cases: history as it was, to test the model; they can be played.",
    "Casos: la historia como fue, para probar el modelo; se pueden jugar.",
)
_BROKEN = (
    Text("1 problem in its files", "1 problema en sus archivos"),
    Text("{n} problems in its files", "{n} problemas en sus archivos"),
)
