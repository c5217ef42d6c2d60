"""Hindcasts from the command line: a case's figures beside what the sessions say of them, with the scores."""

from __future__ import annotations

import json
import math
import secrets
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wargame.analysis.hindcast import CaseScores, SeriesScores, Sorted, case_of, hindcast, sort_rows
from wargame.analysis.scoring import ENOUGH_TO_TURN, Scores
from wargame.cli.exits import ExitCode
from wargame.cli.named import lens_of, scenario_of
from wargame.cli.scored_history import few_sets, not_scored, shown_case
from wargame.cli.simulate import Progress
from wargame.cli.speech import Voice
from wargame.content.files import read_file, shown
from wargame.content.history_rows import read_rows
from wargame.content.problems import Problems
from wargame.model.errors import ContentError
from wargame.model.hindcast import Row
from wargame.model.scenario import Scenario
from wargame.model.text import Text, counted


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
    case = case_of(scenario)
    lens, rows = lens_of(scenario, asked.lens), rows_of(asked.against)
    if asked.against is not None and not (sorted_rows := sort_rows(case, scenario.calendar, rows)).scored:
        return _nothing_scored(voice, asked.against, scenario, sorted_rows)
    seed = secrets.randbelow(2**32) if asked.seed is None else asked.seed
    started = time.monotonic()
    with Progress(voice, asked.sessions, sys.stderr) as progress:
        found = hindcast(
            bundle, lens, asked.sessions, seed, against=rows, workers=asked.workers, progress=progress.show
        )
    if asked.as_json:
        voice.data(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        for line in few_sets(voice, found):
            voice.narrate(line)
    else:
        for line in shown_case(voice, scenario, found):
            voice.data(line)
    text = _STOPPED if found.sessions < asked.sessions else _DONE
    named = {"name": found.case, "lens": lens, "seed": seed, "sets": counted(found.sets, *_SETS)}
    seconds = voice.number(time.monotonic() - started)
    played = counted(found.sessions, *_SESSIONS)
    voice.narrate(text.fill(**named, played=played, n=found.sessions, all=asked.sessions, s=seconds))
    return ExitCode.OK if found.sessions == asked.sessions else ExitCode.INTERRUPTED


def rows_of(path: Path | None) -> tuple[Row, ...] | None:
    """Return the figures of a table (None: those of the case); raise ContentError with every problem found."""
    if path is None:
        return None
    problems = Problems()
    text = read_file(path, problems, marked=True)
    rows = read_rows(text, shown(path), problems) if text is not None else ()
    if problems.errors:
        raise ContentError(problems.errors)
    return rows


def _nothing_scored(voice: Voice, path: Path, scenario: Scenario, found: Sorted) -> ExitCode:
    """Say that a table holds nothing to score, and why."""
    voice.narrate(_NOTHING.fill(file=shown(path)))
    for line in not_scored(voice, scenario, found):
        voice.narrate(line)
    return ExitCode.CONTENT


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
        "overall": _scores(found.overall) | {"on_rival_points": _scores(found.beside_rivals)},
        "rivals": {name: _scores(s) for name, s in found.rivals.items()},
        "unmapped": [_row(row) for row in found.unmapped],
        "outside": [_row(row) for row in found.outside],
        "early": [_row(row) for row in found.early],
        "repeated": [_row(row) for row in found.repeated],
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
        "verdict": series.verdict.value,
        "rivals": {name: None if s is None else _scores(s) for name, s in series.rivals.items()},
        "rows": rows,
    }


def _scores(scores: Scores) -> dict[str, Any]:
    enough = scores.turns or scores.turns_said or scores.points >= ENOUGH_TO_TURN
    turning = {"history": scores.turns, "met": scores.turns_met, "model": scores.turns_said}
    return {
        "points": scores.points,
        "with_value": len(scores.errors),
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


_NOTHING = Text("None of the figures of {file} could be scored.", "Ninguna cifra de {file} se pudo calificar.")
_SETS = (
    Text("{n} set of assumptions", "{n} juego de supuestos"),
    Text("{n} sets of assumptions", "{n} juegos de supuestos"),
)
_SESSIONS = (Text("{n} session", "{n} sesión"), Text("{n} sessions", "{n} sesiones"))
_DONE = Text(
    "{name}, lens {lens}, seed {seed}: {played}, {sets}, {s} s.",
    "{name}, enfoque {lens}, semilla {seed}: {played}, {sets}, {s} s.",
)
_STOPPED = Text(
    "{name}, lens {lens}, seed {seed}: stopped after {n} of {all} sessions; the scores are about those.",
    "{name}, enfoque {lens}, semilla {seed}: detenido tras {n} de {all} sesiones; la calificación es de esas.",
)
