"""The figures of history that a case keeps beside its chapters: a table of dated values, each with its source."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from wargame.content.problems import Problems
from wargame.model.errors import Place
from wargame.model.hindcast import Row
from wargame.model.text import Text, same

HISTORY: Final = "history.csv"
"""The file of a case that holds its figures."""
COLUMNS: Final = (
    "series_id", "quantity", "unit", "place", "period_start", "period_end", "value", "low", "high", "source",
    "source_kind", "note",
)  # fmt: skip


def read_rows(text: str, file: str, problems: Problems) -> tuple[Row, ...]:
    """Return the figures of a table; what is wrong with a line is noted, and the line left out.

    A table whose columns are parted by something else than commas is refused, but read to its end all the same: what
    else is wrong with it is told at once.
    """
    parted, lines = _parted_by(text), text.split("\n")
    reader = csv.reader(io.StringIO(text), strict=True, delimiter=parted)
    found: list[Row] = []
    try:
        head = next(reader, [])
        if tuple(head) != COLUMNS:
            problems.add(Place(file, 1, 1), "wrong-columns", _COLUMNS.fill(columns=",".join(COLUMNS)))
            return ()
        if parted != ",":
            at = lines[0].index(parted) + 1
            problems.add(Place(file, 1, at), "wrong-columns", _PARTED.fill(by=_SEPARATORS[parted]))
        begun = reader.line_num
        for cells in reader:
            at_line = _Line(file, begun + 1, _columns(lines[begun], parted) if reader.line_num == begun + 1 else ())
            row = _row(cells, at_line, problems) if cells else None
            found += [row] if row else []
            begun = reader.line_num
    except csv.Error as error:
        problems.add(Place(file, reader.line_num, 1), "wrong-row", _NOT_CSV.fill(reason=error))
    return tuple(found) if parted == "," else ()


def _parted_by(text: str) -> str:
    """Return what parts the columns: what makes of the first line the columns of such a table, else a comma."""
    head = text.partition("\n")[0].replace('"', "")
    return next((mark for mark in _SEPARATORS if tuple(head.split(mark)) == COLUMNS), ",")


def _columns(line: str, parted: str) -> tuple[int, ...]:
    """Return at which column of a line each of its cells begins."""
    found, quoted = [1], False
    for at, mark in enumerate(line, 2):
        if mark == '"':
            quoted = not quoted
        elif mark == parted and not quoted:
            found.append(at)
    return tuple(found)


@dataclass(frozen=True)
class _Line:
    """Where a line of the table stands, and where its cells begin (nothing for one that goes over several lines)."""

    file: str
    number: int
    columns: tuple[int, ...]

    def at(self, key: str = "") -> Place:
        """Return where the cell of a column stands; the beginning of the line, if no column is named."""
        index = COLUMNS.index(key) if key else 0
        return Place(self.file, self.number, self.columns[index] if index < len(self.columns) else 1)


def _row(cells: list[str], line: _Line, problems: Problems) -> Row | None:
    if len(cells) != len(COLUMNS):
        problems.add(line.at(), "wrong-row", _CELLS.fill(n=len(cells), all=len(COLUMNS)))
        return None
    named = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    start, end = (_day(named[key], key, line, problems) for key in ("period_start", "period_end"))
    value, low, high = (_number(named, key, line, problems) for key in ("value", "low", "high"))
    if not named["series_id"]:
        problems.add(line.at(), "wrong-row", _NO_SERIES)
    if value is None and low is None and high is None and not any(named[k] for k in ("value", "low", "high")):
        problems.add(line.at("value"), "wrong-row", _NO_VALUE)
    if low is not None and high is not None and low > high:
        problems.add(line.at("low"), "wrong-row", _CROSSED.fill(low=named["low"], high=named["high"]))
    if start is None or end is None or not named["series_id"]:
        return None
    if start > end:
        problems.add(line.at("period_start"), "wrong-row", _BACKWARDS.fill(start=start, end=end))
        return None
    return Row(
        named["series_id"], named["quantity"], named["unit"], named["place"], start, end, value, low, high,
        named["source"], named["note"], line.at(),
    )  # fmt: skip


def _day(text: str, key: str, line: _Line, problems: Problems) -> date | None:
    try:
        if len(text) != len("2020-01-31"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        problems.add(line.at(key), "wrong-date", _NO_DAY.fill(key=key, value=text))
        return None


def _number(named: Mapping[str, str], key: str, line: _Line, problems: Problems) -> float | None:
    if not named[key]:
        return None
    try:
        found = float(named[key])
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        problems.add(line.at(key), "wrong-row", _NO_NUMBER.fill(key=key, value=named[key], hint=_plainer(named[key])))
        return None
    return found


def _plainer(value: str) -> Text:
    """Return how to write a number that seems to hold a decimal comma or marks within its thousands."""
    if _DECIMAL_COMMA.fullmatch(value):
        return _WRITE.fill(number=value.replace(".", "").replace(" ", "").replace(",", "."))
    return _WRITE_PLAINLY if _MARKED.fullmatch(value) else same("")


_SEPARATORS: Final = {";": Text("semicolons", "punto y coma"), "\t": Text("tabs", "tabuladores")}
"""What some programs part columns by."""
_DECIMAL_COMMA: Final = re.compile(r"[-+]?(\d+|\d{1,3}([. ]\d{3})+),(\d{1,2}|\d{4,})")
"""Three digits behind a comma may be thousands."""
_MARKED: Final = re.compile(r"[-+]?\d[\d., ]*")
_COLUMNS: Final = Text("the columns of this table are {columns}", "las columnas de esta tabla son {columns}")
_PARTED: Final = Text(
    "this table seems to be separated by {by}: separate the columns by commas (in a spreadsheet, save it as CSV UTF-8 "
    "with commas), and write decimals with a point (20.5)",
    "esta tabla parece separada por {by}: separe las columnas con comas (en una hoja de cálculo, guárdela como CSV "
    "UTF-8 delimitado por comas) y escriba los decimales con punto (20.5)",
)
_NOT_CSV: Final = Text("this line is not comma-separated text: {reason}", "esta línea no es texto CSV: {reason}")
_CELLS: Final = Text(
    "this line has {n} cells instead of {all}; put texts that hold commas in quotes, and write decimals with "
    "a point (20.5)",
    "esta línea tiene {n} celdas en vez de {all}; ponga entre comillas los textos con comas y escriba los "
    "decimales con punto (20.5)",
)
_NO_SERIES: Final = Text("this line names no series", "esta línea no nombra ninguna serie")
_NO_VALUE: Final = Text("this line has neither value nor bounds", "esta línea no tiene valor ni límites")
_BACKWARDS: Final = Text(
    "the period ends ({end}) before it begins ({start})", "el periodo termina ({end}) antes de empezar ({start})"
)
_NO_DAY: Final = Text(
    "{key}: '{value}' is not a date such as 2020-01-31", "{key}: «{value}» no es una fecha como 2020-01-31"
)
_CROSSED: Final = Text("low ({low}) is above high ({high})", "low ({low}) es mayor que high ({high})")
_NO_NUMBER: Final = Text("{key}: '{value}' is not a number{hint}", "{key}: «{value}» no es un número{hint}")
_WRITE: Final = Text(": write {number}", ": escriba {number}")
_WRITE_PLAINLY: Final = Text(
    ": write it without marks between thousands, and decimals with a point (20.5)",
    ": escríbalo sin separar los miles, y los decimales con punto (20.5)",
)
