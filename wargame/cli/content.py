"""What is there to play, what is wrong with it, and the schemas by which editors know it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wargame.cli.exits import ExitCode
from wargame.cli.lines import item, wrapped
from wargame.cli.speech import Voice
from wargame.content.json_schemas import schemas
from wargame.content.load import check_everything, check_paths, check_scenario, scenario_names
from wargame.content.reports import Report
from wargame.model.scenario import Calendar, Scenario, Step
from wargame.model.text import Text, counted, join

_STEPS = {
    Step.WEEK: (Text("{n} week", "{n} semana"), Text("{n} weeks", "{n} semanas")),
    Step.MONTH: (Text("{n} month", "{n} mes"), Text("{n} months", "{n} meses")),
    Step.QUARTER: (Text("{n} quarter", "{n} trimestre"), Text("{n} quarters", "{n} trimestres")),
    Step.YEAR: (Text("{n} year", "{n} año"), Text("{n} years", "{n} años")),
}


# ── list ─────────────────────────────────────────────────────────────────────────────────────────────────────


def list_content(voice: Voice, as_json: bool) -> None:
    """Write every scenario that can be found, with its seats, lenses and levels."""
    reports = [check_scenario(name) for name in scenario_names()]
    if as_json:
        voice.data(json.dumps([_as_json(report) for report in reports], ensure_ascii=False, indent=2))
        return
    for report in reports:
        for line in _described(voice, report):
            voice.data(line)
        voice.data()
    if not reports:
        voice.narrate(Text("No scenario was found.", "No se encontró ningún escenario."))


def _described(voice: Voice, report: Report) -> Iterator[str]:
    scenario = report.scenario
    if scenario is None:
        yield f"{report.name}: {voice.of(counted(len(report.problems), *_BROKEN))}"
        return
    yield from wrapped(f"{scenario.id}: {voice.of(scenario.title)}")
    yield from wrapped(voice.of(scenario.text), 2)
    yield from wrapped(f"{voice.of(scenario.where)}. {voice.of(length(scenario.calendar))}", 2)
    yield f"  {voice.of(Text('Seats', 'Puestos'))}:"
    for seat in scenario.seats:
        yield from item(f"{seat.id}:", voice.of(seat.title), 4)
    yield f"  {voice.of(Text('Lenses', 'Enfoques'))}:"
    for name in scenario.lenses:
        usual = voice.of(Text(" (usual)", " (habitual)")) if name == scenario.lens else ""
        yield from item(f"{name}:", voice.of(scenario.ruleset.lenses[name].title) + usual, 4)
    yield f"  {voice.of(Text('Levels', 'Niveles'))}: {', '.join(level.id for level in scenario.levels)}"


def length(calendar: Calendar) -> Text:
    """Return how long a session is: ``10 quarters from January 2020 (short: 6)``."""
    text = Text("{steps} from {start} (short: {short}).", "{steps} desde {start} (corta: {short}).")
    return text.fill(steps=counted(calendar.full, *_STEPS[calendar.step]), start=calendar.start, short=calendar.short)


def _as_json(report: Report) -> dict[str, Any]:
    scenario = report.scenario
    if scenario is None:
        return {"id": report.name, "problems": len(report.problems)}
    return {
        "id": scenario.id,
        "title": _both(scenario.title),
        "text": _both(scenario.text),
        "where": _both(scenario.where),
        "turns": {"full": scenario.calendar.full, "short": scenario.calendar.short, "step": scenario.calendar.step},
        "start": scenario.calendar.start.isoformat(),
        "seats": [{"id": s.id, "title": _both(s.title), "doctrines": list(s.doctrines)} for s in scenario.seats],
        "lens": scenario.lens,
        "lenses": [{"id": n, "title": _both(scenario.ruleset.lenses[n].title)} for n in scenario.lenses],
        "levels": [level.id for level in scenario.levels],
        "digest": scenario.digest,
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}


# ── check ────────────────────────────────────────────────────────────────────────────────────────────────────


def check_content(voice: Voice, paths: Sequence[Path]) -> ExitCode:
    """Write every problem of some content (none named: of everything) and say whether there was one."""
    reports = check_paths(paths) if paths else check_everything()
    for report in reports:
        for problem in report.problems:
            voice.data(problem.say(voice.language))
        for warning in report.warnings:
            voice.data(f"{warning.say(voice.language)} ({voice.of(_WARNING)})")
    for report in reports:
        voice.narrate(_verdict(report))
    return ExitCode.CONTENT if any(report.problems for report in reports) else ExitCode.OK


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
        (len(scenario.injects), Text("{n} inject", "{n} inyecto"), Text("{n} injects", "{n} inyectos")),
    )
    return join([counted(n, one, several) for n, one, several in found], ", ")


_WARNING = Text("warning", "aviso")
_ENTITIES = Text("{n} actors and zones", "{n} actores y zonas")
_PROBLEMS = (Text("{name}: 1 problem.", "{name}: 1 problema."), Text("{name}: {n} problems.", "{name}: {n} problemas."))
_BROKEN = (
    Text("1 problem; see: wargame check", "1 problema; véalo con: wargame check"),
    Text("{n} problems; see: wargame check", "{n} problemas; véalos con: wargame check"),
)


# ── schema ───────────────────────────────────────────────────────────────────────────────────────────────────


def write_schemas(voice: Voice, out: Path) -> None:
    """Write the JSON Schemas of rule packs and scenarios into a folder; the paths go to stdout."""
    out.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files().items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
        voice.data(str(out / name))


def schema_files() -> dict[str, str]:
    """Return the schemas as files: name → text."""
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas().items()
    }
