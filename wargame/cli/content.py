"""What is there to play, what is wrong with it, and the schemas by which editors know it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wargame.cli.lines import item, wrapped
from wargame.cli.speech import Voice
from wargame.content.json_schemas import schemas
from wargame.content.listing import case_names, scenario_names
from wargame.content.load import check_scenario
from wargame.content.reports import Report, uncollected
from wargame.model.scenario import Calendar, Step
from wargame.model.text import Text, counted
from wargame.session.calling import to_type

_STEPS = {
    Step.WEEK: (Text("{n} week", "{n} semana"), Text("{n} weeks", "{n} semanas")),
    Step.MONTH: (Text("{n} month", "{n} mes"), Text("{n} months", "{n} meses")),
    Step.QUARTER: (Text("{n} quarter", "{n} trimestre"), Text("{n} quarters", "{n} trimestres")),
    Step.YEAR: (Text("{n} year", "{n} año"), Text("{n} years", "{n} años")),
}


# ── list ─────────────────────────────────────────────────────────────────────────────────────────────────────


def list_content(voice: Voice, as_json: bool) -> None:
    """Write every scenario that can be found, with its seats, lenses and levels."""
    cases = case_names()
    with uncollected():
        reports = [check_scenario(n, odd=False) for n in (*(n for n in scenario_names() if n not in cases), *cases)]
    if as_json:
        voice.data(json.dumps([_as_json(report) for report in reports], ensure_ascii=False, indent=2))
        return
    for report in reports:
        if cases and report.name == cases[0]:
            voice.data(voice.of(_CASES.fill(command=to_type("hindcast"))))
            voice.data()
        for line in _described(voice, report):
            voice.data(line)
        voice.data()
    if not reports:
        voice.narrate(Text("No scenario was found.", "No se encontró ningún escenario."))


def _described(voice: Voice, report: Report) -> Iterator[str]:
    scenario = report.scenario
    if scenario is None:
        broken = counted(len(report.problems), *_BROKEN, command=to_type("check"))
        yield f"{report.name}: {voice.of(broken)}"
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
        "case": scenario.hindcast is not None,
        "digest": scenario.digest,
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}


_CASES = Text(
    "CASES: the model against history, with {command}. They can be played too.",
    "CASOS: el modelo frente a la historia, con {command}. También se pueden jugar.",
)
_BROKEN = (
    Text("1 problem; see: {command}", "1 problema; véalo con: {command}"),
    Text("{n} problems; see: {command}", "{n} problemas; véalos con: {command}"),
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
