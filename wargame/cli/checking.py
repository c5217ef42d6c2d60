"""What is wrong and odd in content, and what only playing shows."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wargame.cli.exits import ExitCode
from wargame.cli.speech import Voice
from wargame.content.load import check_everything, check_paths, packs_among
from wargame.content.reports import Report, of_shared, once
from wargame.model.errors import Problem
from wargame.model.scenario import Scenario
from wargame.model.text import Text, counted, join


@dataclass(frozen=True, slots=True)
class Check:
    """What ``wargame check`` was asked for."""

    paths: Sequence[Path] = ()
    deep: bool = False
    sessions: int = 300
    seed: int | None = None
    as_json: bool = False


def check_content(voice: Voice, check: Check) -> ExitCode:
    """Write every problem of some content (none named: of everything) and say whether there was one."""
    reports = reports_on(check.paths)
    found = [*_told(reports), *(_deep(voice, reports, check) if check.deep else ())]
    if check.as_json:
        voice.data(json.dumps([_as_json(problem, wrong) for problem, wrong in found], ensure_ascii=False, indent=2))
    for problem, wrong in () if check.as_json else found:
        voice.data(problem.say(voice.language) if wrong else f"{problem.say(voice.language)} ({voice.of(_WARNING)})")
    for report in reports:
        voice.narrate(_verdict(report))
    return ExitCode.CONTENT if any(report.problems for report in reports) else ExitCode.OK


def reports_on(paths: Sequence[Path]) -> list[Report]:
    """Return reports on paths and names (none: on everything)."""
    return check_paths(paths) if paths else check_everything()


def _told(reports: Iterable[Report]) -> Iterator[tuple[Problem, bool]]:
    """Yield what is wrong, and then what is odd, of each report."""
    for report in reports:
        yield from ((problem, True) for problem in report.problems)
        yield from ((warning, False) for warning in report.warnings)


def _as_json(problem: Problem, wrong: bool) -> dict[str, Any]:
    place, message = problem.place, problem.message
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "code": problem.code,
        "message": {"en": message.en, "es": message.es},
        "warning": not wrong,
    }


def _verdict(report: Report) -> Text:
    if report.problems:
        return counted(len(report.problems), *_PROBLEMS, name=report.name)
    what = _counted(report.scenario) if report.scenario is not None else Text("rule packs", "paquetes de reglas")
    return Text("{name}: good ({what}).", "{name}: bien ({what}).").fill(name=report.name, what=what)


def _counted(scenario: Scenario) -> Text:
    rules = scenario.ruleset
    found = (
        (len(scenario.seats), Text("{n} seat", "{n} puesto"), Text("{n} seats", "{n} puestos")),
        (len(scenario.entities), Text("{n} actor or zone", "{n} actor o zona"), _ENTITIES),
        (len(rules.moves), Text("{n} move", "{n} acción"), Text("{n} moves", "{n} acciones")),
        (
            len(rules.mechanisms) + len(scenario.mechanisms),
            Text("{n} mechanism", "{n} mecanismo"),
            Text("{n} mechanisms", "{n} mecanismos"),
        ),
        (len(scenario.injects), Text("{n} inject", "{n} incidencia"), Text("{n} injects", "{n} incidencias")),
    )
    return join([counted(n, one, several) for n, one, several in found], ", ")


# ── deep ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _deep(voice: Voice, reports: Iterable[Report], check: Check) -> Iterator[tuple[Problem, bool]]:
    """Yield what never came about in sessions of each good scenario, and say how many were played."""
    from wargame.analysis.deep_check import CODES, look_deep
    from wargame.cli.simulate import Progress

    seed = secrets.randbelow(2**32) if check.seed is None else check.seed
    found = []
    for report in reports:
        scenario = report.scenario
        if scenario is None:
            continue
        with Progress(voice, check.sessions, sys.stderr) as progress:
            problems, played = look_deep(scenario, check.sessions, seed, progress.show)
        found.append(replace(report, warnings=tuple(problems)))
        voice.narrate(_PLAYED.fill(name=scenario.id, n=played, lenses=len(scenario.lenses), seed=seed))
    for told in once(of_shared(found, packs_among(check.paths), CODES)):
        yield from ((problem, False) for problem in told.warnings)


_WARNING = Text("warning", "aviso")
_ENTITIES = Text("{n} actors and zones", "{n} actores y zonas")
_PROBLEMS = (Text("{name}: 1 problem.", "{name}: 1 problema."), Text("{name}: {n} problems.", "{name}: {n} problemas."))
_PLAYED = Text(
    "{name}: {n} sessions were played under {lenses} lenses, by doctrines and at random (seed {seed}).",
    "{name}: se jugaron {n} sesiones con {lenses} enfoques, por doctrinas y al azar (semilla {seed}).",
)
