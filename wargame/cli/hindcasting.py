"""Hindcasts from the command line: a case's figures beside what the sessions say of them, with the scores."""

from __future__ import annotations

import json
import math
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wargame.analysis.hindcast import CaseScores, SeriesScores, case_of, hindcast
from wargame.analysis.scoring import ENOUGH_TO_TURN, Scores
from wargame.cli.exits import ExitCode
from wargame.cli.lines import table, wrapped
from wargame.cli.named import lens_of, scenario_of
from wargame.cli.simulate import Progress
from wargame.cli.speech import Voice
from wargame.content.files import read_file, shown
from wargame.content.history_rows import read_rows
from wargame.content.problems import Problems
from wargame.model.errors import ContentError
from wargame.model.hindcast import Row
from wargame.model.scenario import Scenario
from wargame.model.text import Text, counted

_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``wargame hindcast`` was asked for."""

    case: str
    against: Path | None = None
    sessions: int = 1000
    seed: int | None = None
    lens: str = ""
    workers: int | None = None
    as_json: bool = False


def hindcast_case(voice: Voice, asked: Asked) -> ExitCode:
    """Play the case, write its scores to stdout; Ctrl-C keeps what is done."""
    scenario, bundle = scenario_of(asked.case)
    case_of(scenario)
    lens, rows = lens_of(scenario, asked.lens), rows_of(asked.against)
    seed = secrets.randbelow(2**32) if asked.seed is None else asked.seed
    started = time.monotonic()
    with Progress(voice, asked.sessions, sys.stderr) as progress:
        found = hindcast(
            bundle, lens, asked.sessions, seed, against=rows, workers=asked.workers, progress=progress.show
        )
    if asked.as_json:
        voice.data(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        for line in shown_case(voice, scenario, found):
            voice.data(line)
    text = _STOPPED if found.sessions < asked.sessions else _DONE
    named = {"name": found.case, "lens": lens, "seed": seed, "sets": found.sets}
    seconds = voice.number(time.monotonic() - started)
    voice.narrate(text.fill(**named, n=found.sessions, all=asked.sessions, s=seconds))
    return ExitCode.OK if found.sessions == asked.sessions else ExitCode.INTERRUPTED


def rows_of(path: Path | None) -> tuple[Row, ...] | None:
    """Return the figures of a table (None: those of the case); raise ContentError with every problem found."""
    if path is None:
        return None
    problems = Problems()
    text = read_file(path, problems)
    rows = read_rows(text, shown(path), problems) if text is not None else ()
    if problems.errors:
        raise ContentError(problems.errors)
    return rows


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────


def as_json(found: CaseScores) -> dict[str, Any]:
    """Return the scores as plain data; what cannot be said is null."""
    return {
        "case": found.case,
        "lens": found.lens,
        "sessions": found.sessions,
        "sets": found.sets,
        "seed": found.seed,
        "series": {name: _series(s) for name, s in found.series.items()},
        "overall": _scores(found.overall),
        "rivals": {name: _scores(s) for name, s in found.rivals.items()},
        "unmapped": [_row(row) for row in found.unmapped],
        "outside": [_row(row) for row in found.outside],
        "script": [
            {"on": o.on.isoformat(), "seat": o.seat, "move": o.move, "given": share} for o, share in found.script
        ],
    }


def _series(series: SeriesScores) -> dict[str, Any]:
    bands = series.points.bands()
    rows = [
        _row(row) | {"model": {"low": b[0], "middle": b[1], "high": b[2]}}
        for row, b in zip(series.rows, bands.T.tolist(), strict=True)
    ]
    error, line = series.scores.median_error, series.line
    return {
        "measure": line.measure,
        **_scores(series.scores),
        "tolerance": line.tolerance,
        "within_tolerance": None if math.isnan(error) else error <= line.tolerance,
        "rivals": {name: None if s is None else _scores(s) for name, s in series.rivals.items()},
        "rows": rows,
    }


def _scores(scores: Scores) -> dict[str, Any]:
    enough = scores.turns or scores.turns_said or scores.points >= ENOUGH_TO_TURN
    turning = {"history": scores.turns, "met": scores.turns_met, "model": scores.turns_said}
    return {
        "points": scores.points,
        "inside_80": _plain(scores.inside_80),
        "sign_agreement": _plain(scores.sign_agreement),
        "median_error": _plain(scores.median_error),
        "turning_points": turning if enough else None,
        "band_width": _plain(scores.band_width),
        "spread": _plain(scores.spread),
    }


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _row(row: Row) -> dict[str, Any]:
    period = {"period_start": row.start.isoformat(), "period_end": row.end.isoformat()}
    return {"series_id": row.series, **period, "value": row.value, "low": row.low, "high": row.high}


# ── for people ───────────────────────────────────────────────────────────────────────────────────────────────


def shown_case(voice: Voice, scenario: Scenario, found: CaseScores) -> Iterator[str]:
    """Yield the lines of the report."""
    of = voice.of
    yield from wrapped(f"{scenario.id}: {of(scenario.title)}")
    yield ""
    yield from table([of(t) for t in _HEAD], list(_rows(voice, found)))
    yield ""
    yield from wrapped(of(_READ))
    for series in found.series.values():
        yield ""
        yield from _detail(voice, series)
    yield from _left(voice, found)


def _rows(voice: Voice, found: CaseScores) -> Iterator[list[str]]:
    for name, series in found.series.items():
        ratio = series.scores.band_width / series.scores.spread if series.scores.spread > 0.0 else math.nan
        yield [name, *_cells(voice, series.scores, ratio), _error(voice, series.line.tolerance)]
    overall = found.overall
    yield [voice.of(_OVERALL), *_cells(voice, overall, overall.band_width), ""]
    for name, scores in found.rivals.items():
        yield [voice.of(_RIVALS[name]), *_cells(voice, scores, math.nan), ""]


def _cells(voice: Voice, scores: Scores, ratio: float) -> list[str]:
    turning = f"{scores.turns_met}/{scores.turns}" if scores.turns or scores.turns_said else "–"
    return [
        str(scores.points),
        _percent(voice, scores.inside_80),
        _percent(voice, scores.sign_agreement),
        turning,
        "–" if math.isnan(ratio) else voice.number(ratio),
        _error(voice, scores.median_error),
    ]


def _percent(voice: Voice, value: float) -> str:
    return "–" if math.isnan(value) else voice.percent(value, 0)


def _error(voice: Voice, value: float) -> str:
    return "–" if math.isnan(value) else voice.fixed(value, 2)


def _detail(voice: Voice, series: SeriesScores) -> Iterator[str]:
    """Yield one series: a small chart of history over the sessions' middle, then its figures."""
    bands = series.points.bands()
    unit = series.rows[0].unit
    yield f"{series.id} ({unit}) ← {series.line.measure}"
    paces = [series.points.observed / series.points.span, bands[1] / series.points.span]
    top = max(float(np.nanmax(np.abs(p), initial=0.0)) for p in paces)
    for name, values in zip((_HISTORY, _MODEL), paces, strict=True):
        yield f"  {voice.of(name):8} {''.join(_bar(v, top) for v in values.tolist())}"
    lines = []
    inside = series.points.inside().tolist()
    for row, band, within in zip(series.rows, bands.T.tolist(), inside, strict=True):
        shown_band = [_figure(voice, v) for v in band]
        lines.append([_period(row), _known(voice, row), *shown_band, "✓" if within else "✗"])
    head = ["", *(voice.of(t) for t in _DETAIL)]
    yield from (f"  {line}" for line in table(head, lines))


def _bar(value: float, top: float) -> str:
    if math.isnan(value):
        return "·"
    return _BARS[min(int(abs(value) / top * len(_BARS)), len(_BARS) - 1)] if top else _BARS[0]


def _period(row: Row) -> str:
    return row.end.isoformat() if row.start == row.end else f"{row.start.isoformat()}–{row.end.isoformat()}"


def _known(voice: Voice, row: Row) -> str:
    if row.value is not None:
        return _figure(voice, row.value)
    low, high = ("…" if v is None else _figure(voice, v) for v in (row.low, row.high))
    return f"[{low}, {high}]"


def _figure(voice: Voice, value: float) -> str:
    size = abs(value)
    return voice.number(value, 0 if size >= 100 else 1 if size >= 10 else 2)


def _left(voice: Voice, found: CaseScores) -> Iterator[str]:
    """Yield what was not scored, and dated orders that could not always be given."""
    for text, rows in ((_UNMAPPED, found.unmapped), (_OUTSIDE, found.outside)):
        if rows:
            some = "; ".join(f"{r.series} {_period(r)}" for r in rows)
            yield ""
            yield from wrapped(voice.of(text.fill(n=len(rows), what=some)))
    short = [(o, share) for o, share in found.script if share < 1.0]
    if short:
        yield ""
        yield voice.of(_NOT_GIVEN)
        lines: Sequence[list[str]] = [[f"{o.on} {o.seat} {o.move}", _percent(voice, share)] for o, share in short]
        yield from (f"  {line}" for line in table(["", voice.of(_GIVEN)], lines))
    if found.script:
        yield ""
        yield voice.of(counted(len(found.script), *_SCRIPTED))


_HEAD = (
    Text("series", "serie"),
    Text("points", "puntos"),
    Text("inside", "dentro"),
    Text("direction", "dirección"),
    Text("turns", "giros"),
    Text("width", "ancho"),
    Text("error", "error"),
    Text("goal", "meta"),
)
_OVERALL = Text("all together", "todo junto")
_RIVALS = {"interpolation": Text("a straight line", "una línea recta"), "last_value": Text("no change", "sin cambios")}
_READ = Text(
    "Inside: figures within the middle 80 % of the sessions. Direction: rises and falls that their middle shares. "
    "Width: that band over the spread of the figures. Error: median of the relative errors.",
    "Dentro: cifras en el 80 % central de las sesiones. Dirección: alzas y bajas que comparte su valor medio. "
    "Ancho: esa banda entre la dispersión de las cifras. Error: mediana de los errores relativos.",
)
_HISTORY, _MODEL = Text("history", "historia"), Text("model", "modelo")
_DETAIL = (Text("history", "historia"), Text("10 %", "10 %"), Text("50 %", "50 %"), Text("90 %", "90 %"), Text("", ""))
_UNMAPPED = Text(
    "{n} figures that no line answers for: {what}.", "{n} cifras de las que ninguna línea responde: {what}."
)
_OUTSIDE = Text("{n} figures outside the calendar: {what}.", "{n} cifras fuera del calendario: {what}.")
_NOT_GIVEN = Text(
    "Dated orders that were not legal or could not be paid in every session",
    "Órdenes fechadas que no en toda sesión eran legales o se podían pagar",
)
_GIVEN = Text("given", "dadas")
_SCRIPTED = (
    Text("{n} order is given by history, not by doctrines.", "{n} orden viene de la historia, no de las doctrinas."),
    Text(
        "{n} orders are given by history, not by doctrines.", "{n} órdenes vienen de la historia, no de las doctrinas."
    ),
)
_DONE = Text(
    "{name}, lens {lens}, seed {seed}: {n} sessions, {sets} parameter sets, {s} s.",
    "{name}, enfoque {lens}, semilla {seed}: {n} sesiones, {sets} juegos de parámetros, {s} s.",
)
_STOPPED = Text(
    "{name}, lens {lens}, seed {seed}: stopped after {n} of {all} sessions; the scores are about those.",
    "{name}, enfoque {lens}, semilla {seed}: detenido tras {n} de {all} sesiones; la calificación es de esas.",
)
