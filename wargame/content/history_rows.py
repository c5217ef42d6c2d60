"""The figures of history that a case keeps beside its chapters: a table of dated values, each with its source."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from datetime import date
from typing import Final

from wargame.content.problems import Problems
from wargame.model.errors import Place
from wargame.model.hindcast import Row
from wargame.model.text import Text

HISTORY: Final = "history.csv"
"""The file of a case that holds its figures."""
COLUMNS: Final = (
    "series_id", "quantity", "unit", "place", "period_start", "period_end", "value", "low", "high", "source",
    "source_kind", "note",
)  # fmt: skip


def read_rows(text: str, file: str, problems: Problems) -> tuple[Row, ...]:
    """Return the figures of a table; what is wrong with a line is noted, and the line left out."""
    reader = csv.reader(io.StringIO(text), strict=True)
    found: list[Row] = []
    try:
        head = next(reader, [])
        if tuple(head) != COLUMNS:
            problems.add(Place(file, 1, 1), "wrong-columns", _COLUMNS.fill(columns=",".join(COLUMNS)))
            return ()
        for cells in reader:
            row = _row(cells, Place(file, reader.line_num, 1), problems) if cells else None
            found += [row] if row else []
    except csv.Error as error:
        problems.add(Place(file, reader.line_num, 1), "wrong-row", _NOT_CSV.fill(reason=error))
    return tuple(found)


def _row(cells: list[str], place: Place, problems: Problems) -> Row | None:
    if len(cells) != len(COLUMNS):
        problems.add(place, "wrong-row", _CELLS.fill(n=len(cells), all=len(COLUMNS)))
        return None
    named = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    start, end = (_day(named[key], key, place, problems) for key in ("period_start", "period_end"))
    value, low, high = (_number(named, key, place, problems) for key in ("value", "low", "high"))
    if not named["series_id"]:
        problems.add(place, "wrong-row", _NO_SERIES)
    if value is None and low is None and high is None and not any(named[k] for k in ("value", "low", "high")):
        problems.add(place, "wrong-row", _NO_VALUE)
    if start is None or end is None or not named["series_id"]:
        return None
    if start > end:
        problems.add(place, "wrong-row", _BACKWARDS.fill(start=start, end=end))
        return None
    return Row(
        named["series_id"], named["quantity"], named["unit"], named["place"], start, end, value, low, high,
        named["source"], named["note"], place,
    )  # fmt: skip


def _day(text: str, key: str, place: Place, problems: Problems) -> date | None:
    try:
        if len(text) != len("2020-01-31"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        problems.add(place, "wrong-date", _NO_DAY.fill(key=key, value=text))
        return None


def _number(named: Mapping[str, str], key: str, place: Place, problems: Problems) -> float | None:
    if not named[key]:
        return None
    try:
        found = float(named[key])
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        problems.add(place, "wrong-row", _NO_NUMBER.fill(key=key, value=named[key]))
        return None
    return found


_COLUMNS: Final = Text("the columns of this table are {columns}", "las columnas de esta tabla son {columns}")
_NOT_CSV: Final = Text("this line is not comma-separated text: {reason}", "esta línea no es texto CSV: {reason}")
_CELLS: Final = Text(
    "this line has {n} cells instead of {all}; put texts that hold commas in quotes",
    "esta línea tiene {n} celdas en vez de {all}; ponga entre comillas los textos con comas",
)
_NO_SERIES: Final = Text("this line names no series", "esta línea no nombra ninguna serie")
_NO_VALUE: Final = Text("this line has neither value nor bounds", "esta línea no tiene valor ni límites")
_BACKWARDS: Final = Text(
    "the period ends ({end}) before it begins ({start})", "el periodo termina ({end}) antes de empezar ({start})"
)
_NO_DAY: Final = Text(
    "{key}: '{value}' is not a date such as 2020-01-31", "{key}: «{value}» no es una fecha como 2020-01-31"
)
_NO_NUMBER: Final = Text("{key}: '{value}' is not a number", "{key}: «{value}» no es un número")
