"""Ensembles from the command line: many sessions played by bots, how they end, and how sure that is."""

from __future__ import annotations

import csv
import json
import platform
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from wargame import __version__
from wargame.analysis.ensemble import Design, Outcomes, simulate
from wargame.analysis.tables import Row, as_json, outcome_rows, session_rows
from wargame.bots.bots import FIRST, RANDOM, default_plays
from wargame.cli.exits import ExitCode
from wargame.cli.lines import table
from wargame.cli.named import lens_of, level_of, scenario_of, seat_of, wanted
from wargame.cli.speech import Voice
from wargame.content.bundle import Bundle
from wargame.model.errors import SessionError
from wargame.model.scenario import Scenario
from wargame.model.text import Text, counted
from wargame.telling.figures import unit_in_words

_SESSIONS = (Text("{n} session", "{n} sesión"), Text("{n} sessions", "{n} sesiones"))
_PROGRESS = (
    Text("{done} of {all} session", "{done} de {all} sesión"),
    Text("{done} of {all} sessions", "{done} de {all} sesiones"),
)
_NOBODY = Text(
    "The level decides here how well bots choose. Its starting means are for people; --seat names seats to count so.",
    "El nivel decide aquí qué tan bien eligen los bots. Sus medios iniciales son para personas; --seat dice qué "
    "puestos cuentan así.",
)
_LONGEST_NAME = 48
_LINES_OF_PROGRESS = 10
"""How many lines of progress are written where there is no terminal."""


@dataclass(frozen=True, slots=True)
class Run:
    """What ``wargame simulate`` was asked for."""

    scenario: str
    sessions: int
    seed: int | None = None
    lens: str = ""
    level: str = ""
    people: Sequence[str] = ()
    """Seats that start with the means of the level, as those of people do."""
    short: bool = False
    plays: Sequence[str] = ()
    out: Path | None = None
    workers: int | None = None
    chunk: int = 1000
    as_json: bool = False


def simulate_scenario(voice: Voice, run: Run) -> ExitCode:
    """Play the sessions, write the table to stdout and, if asked, everything to a folder; Ctrl-C keeps what is done."""
    scenario, bundle = scenario_of(run.scenario)
    design = design_of(scenario, run)
    seed = secrets.randbelow(2**32) if run.seed is None else run.seed
    started, progress = time.monotonic(), Progress(voice, run.sessions, sys.stderr)
    with progress:
        outcomes = simulate(
            bundle, design, run.sessions, seed, workers=run.workers, chunk=run.chunk, progress=progress.show
        )
    seconds = time.monotonic() - started
    rows = outcome_rows(scenario, outcomes, short=design.short)
    manifest = manifest_of(scenario, bundle, design, seed, run, outcomes)
    if run.out is not None:
        _write(run.out, scenario, outcomes, rows, manifest)
    _show(voice, scenario, rows, manifest, run)
    _say_what_was_done(voice, manifest, seconds, run)
    return ExitCode.OK if len(outcomes) == run.sessions else ExitCode.INTERRUPTED


def design_of(scenario: Scenario, run: Run) -> Design:
    """Return what is to be played; raises SessionError for what does not exist."""
    level = scenario.level(level_of(scenario, run.level))
    resources = {seat_of(scenario, name).id: level.resources for name in run.people}
    return Design(lens_of(scenario, run.lens), run.short, plays_of(scenario, run.plays), level.id, resources)


def plays_of(scenario: Scenario, named: Sequence[str]) -> dict[str, str]:
    """Return seat → doctrine from ``SEAT=DOCTRINE``; raises SessionError for what does not exist."""
    found = {}
    for text in named:
        seat, equals, doctrine = text.partition("=")
        if not equals:
            raise SessionError(
                Text("'{what}' is not of the form SEAT=DOCTRINE.", "«{what}» no tiene la forma PUESTO=DOCTRINA.").fill(
                    what=text
                )
            )
        known = (*seat_of(scenario, seat).doctrines, *scenario.ruleset.doctrines, RANDOM, FIRST)
        found[seat_of(scenario, seat).id] = wanted(doctrine, known, Text("doctrine", "la doctrina"))
    return found


# ── progress ─────────────────────────────────────────────────────────────────────────────────────────────────


class Progress:
    """Shows on stderr how many sessions are done: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, voice: Voice, total: int, stream: TextIO) -> None:
        self.voice = voice
        self.total = total
        self.stream = stream
        self.told = 0
        self.live = stream.isatty()

    def __enter__(self) -> Progress:
        if self.live:
            self.show(0)
        return self

    def __exit__(self, *error: object) -> None:
        if self.live:
            print(file=self.stream)

    def show(self, done: int) -> None:
        """Say that so many sessions are done; more than were asked for count as all."""
        done = min(done, self.total)
        if self.live:
            filled = 40 * done // self.total
            print(f"\r[{'#' * filled}{'.' * (40 - filled)}] {self._words(done)}", end="", file=self.stream, flush=True)
        elif done * _LINES_OF_PROGRESS // self.total > self.told:
            self.told = done * _LINES_OF_PROGRESS // self.total
            print(self._words(done), file=self.stream, flush=True)

    def _words(self, done: int) -> str:
        number = self.voice.number
        return self.voice.of(counted(self.total, *_PROGRESS, done=number(done, 0), all=number(self.total, 0)))


# ── what comes of it ─────────────────────────────────────────────────────────────────────────────────────────


def manifest_of(
    scenario: Scenario, bundle: Bundle, design: Design, seed: int, run: Run, outcomes: Outcomes
) -> dict[str, Any]:
    """Return everything needed to get the same table again, on any machine."""
    level = scenario.level(design.level)
    return {
        "scenario": scenario.id,
        "content": bundle.digest,
        "seed": seed,
        "sessions": {"asked": run.sessions, "done": len(outcomes)},
        "lens": design.lens,
        "level": level.id,
        "sharpness": level.sharpness,
        "resources": dict(design.resources),
        "length": "short" if design.short else "full",
        "plays": default_plays(scenario) | dict(design.plays),
        "versions": {"wargame": __version__, "python": platform.python_version(), "numpy": np.__version__},
        "command": _command(scenario, seed, design, run),
    }


def _command(scenario: Scenario, seed: int, design: Design, run: Run) -> str:
    parts = ["wargame simulate", scenario.id, f"-n {run.sessions}", f"--seed {seed}", f"--lens {design.lens}"]
    parts += [f"--level {design.level}", *(f"--seat {seat}" for seat in design.resources)]
    return " ".join([*parts, *(["--short"] if design.short else []), *(f"--bot {p}" for p in run.plays)])


def _write(out: Path, scenario: Scenario, outcomes: Outcomes, rows: Sequence[Row], manifest: dict[str, Any]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    columns, sessions = session_rows(scenario, outcomes)
    with (out / "sessions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sessions)
    _write_json(out / "table.json", as_json(rows))
    _write_json(out / "manifest.json", manifest)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _show(voice: Voice, scenario: Scenario, rows: Sequence[Row], manifest: dict[str, Any], run: Run) -> None:
    if run.as_json:
        voice.data(json.dumps({"manifest": manifest, "table": as_json(rows)}, ensure_ascii=False, indent=2))
        return
    for kind, title in _PARTS.items():
        part = [row for row in rows if row.kind == kind]
        if part:
            for line in _table(voice, scenario, title, part):
                voice.data(line)
            voice.data()


_PARTS = {
    "ending": Text("How sessions end (share of sessions)", "Cómo terminan las sesiones (proporción)"),
    "noted": Text("What else happened (share of sessions)", "Qué más ocurrió (proporción de las sesiones)"),
    "wins": Text("Seats that score 0.6 or more (share)", "Puestos que llegan a 0,6 o más (proporción)"),
    "score": Text("Score of each seat (mean)", "Puntaje de cada puesto (media)"),
    "objective": Text("Objectives (mean degree)", "Objetivos (grado medio)"),
    "measure": Text("Measures at the end (mean)", "Indicadores al final (media)"),
}
_HEAD = (
    Text("value", "valor"),
    Text("95 % interval", "intervalo 95 %"),
    Text("10 / 50 / 90 %", "10 / 50 / 90 %"),
)
_SHARES = ("ending", "noted", "wins")


def _table(voice: Voice, scenario: Scenario, title: Text, rows: Sequence[Row]) -> Iterator[str]:
    yield voice.of(title)
    head = ["", *(voice.of(text) for text in _HEAD)]
    if rows[0].kind in _SHARES:
        head = head[:3]
    yield from (f"  {line}" for line in table(head, [_cells(voice, scenario, row) for row in rows]))


def _cells(voice: Voice, scenario: Scenario, row: Row) -> list[str]:
    if row.kind in _SHARES:
        shares = [voice.percent(v) for v in (row.value.value, row.value.low, row.value.high)]
        return [voice.of(row.title), shares[0], f"{shares[1]} – {shares[2]}"]
    decimals = 2 if row.kind in ("score", "objective") else _decimals(scenario, row)
    name = voice.of(row.title) if row.kind == "score" else _named(voice, scenario, row)
    low, high = voice.fixed(row.value.low, decimals), voice.fixed(row.value.high, decimals)
    spread = " / ".join(voice.fixed(v, decimals) for v in row.spread or ())
    return [name, voice.fixed(row.value.value, decimals), f"{low} – {high}", spread]


def _decimals(scenario: Scenario, row: Row) -> int:
    return max(1, next(m.decimals for m in scenario.measures if m.id == row.id))


def _named(voice: Voice, scenario: Scenario, row: Row) -> str:
    name = voice.of(row.title)
    if row.kind == "objective":
        seat = next(s for s in scenario.seats if s.id == row.id.partition("/")[0])
        name = f"{seat.id}: {name}"
    unit = voice.of(unit_in_words(row.unit))
    return (name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…") + (f" ({unit})" if unit else "")


def _say_what_was_done(voice: Voice, manifest: dict[str, Any], seconds: float, run: Run) -> None:
    done, asked = manifest["sessions"]["done"], manifest["sessions"]["asked"]
    if done < asked:
        text = Text(
            "Stopped after {n} of {all}; the table is about what was played.",
            "Detenido tras {n} de {all}; el cuadro se refiere a lo que se jugó.",
        )
        voice.narrate(text.fill(n=done, all=counted(asked, *_SESSIONS)))
    text = Text(
        "{scenario}, lens {lens}, level {level}, seed {seed}: {n} in {s} s.",
        "{scenario}, enfoque {lens}, nivel {level}, semilla {seed}: {n} en {s} s.",
    )
    named = {name: manifest[name] for name in ("scenario", "lens", "level", "seed")}
    voice.narrate(text.fill(**named, n=counted(done, *_SESSIONS), s=voice.number(seconds)))
    if run.level and not run.people:
        voice.narrate(_NOBODY)
    if run.out is not None:
        voice.narrate(
            Text("Written to {out}: sessions.csv, table.json, manifest.json.",
                 "Escrito en {out}: sessions.csv, table.json, manifest.json.").fill(out=run.out)
        )  # fmt: skip
