"""Sensitivity from the command line: which assumptions decide a scenario, with their places and what they rest on."""

from __future__ import annotations

import json
import math
import os
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wargame.analysis.sensitivity import Deciding, Sensitivity, sensitivity
from wargame.cli.exits import ExitCode
from wargame.cli.lines import item, wrapped
from wargame.cli.named import scenario_of, seat_of, wanted
from wargame.cli.simulate import Progress
from wargame.cli.speech import Voice
from wargame.content.draft import SCALE
from wargame.model.basis import Basis
from wargame.model.scenario import Scenario
from wargame.model.text import Text

_NOISE = 0.02
"""By how much more an assumption may seem to do alone than in all without anything being said of it."""
_OVER = 1.25
"""How many times what was asked for may be played without anything being said of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``wargame sensitivity`` was asked for."""

    scenario: str
    objective: str = ""
    measure: str = ""
    sessions: int = 16000
    seed: int | None = None
    workers: int | None = None
    as_json: bool = False


def sensitivity_of(voice: Voice, asked: Asked) -> ExitCode:
    """Play the scenario under many assumptions and say which decide."""
    scenario, bundle = scenario_of(asked.scenario)
    measures, objectives = outcomes_of(scenario, asked)
    seed = secrets.randbelow(2**32) if asked.seed is None else asked.seed
    started = time.monotonic()
    with Progress(voice, asked.sessions, sys.stderr) as progress:
        found = sensitivity(
            scenario,
            bundle,
            measures,
            objectives,
            asked.sessions,
            seed,
            processes=asked.workers or os.cpu_count() or 1,
            progress=progress.show,
        )
    names = (*measures, *(f"{seat}/{objective}" for seat, objective in objectives))
    if asked.as_json:
        voice.data(json.dumps(as_json(scenario, found, names, seed), ensure_ascii=False, indent=2))
    else:
        for line in shown(voice, scenario, found, names):
            voice.data(line)
    seconds = voice.number(time.monotonic() - started)
    voice.narrate(_DONE.fill(name=scenario.id, seed=seed, n=found.sessions, sets=found.sets, s=seconds))
    if found.sessions > _OVER * asked.sessions:
        voice.narrate(_LEAST.fill(n=asked.sessions))
    return ExitCode.OK if found.weighed or not found.deciding else ExitCode.INTERRUPTED


def outcomes_of(scenario: Scenario, asked: Asked) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the measures and objectives that are asked about: every measure, if nothing else is said."""
    measures, objectives = [], []
    if asked.measure:
        measures = [wanted(asked.measure, (m.id for m in scenario.measures), Text("measure", "el indicador"))]
    if asked.objective:
        seat_name, _, name = asked.objective.partition("/")
        seat = seat_of(scenario, seat_name)
        known = [o.id for o in seat.objectives if not o.alternative]
        objectives = [(seat.id, wanted(name, known, Text("objective", "el objetivo")))]
    return (measures if measures or objectives else [m.id for m in scenario.measures]), objectives


def as_json(scenario: Scenario, found: Sensitivity, names: tuple[str, ...], seed: int) -> dict[str, Any]:
    """Return what decides as plain data."""
    return {
        "scenario": scenario.id,
        "outcomes": list(names),
        "lenses": list(found.lenses),
        "seed": seed,
        "screened": found.screened,
        "sets": found.sets,
        "sessions": found.sessions,
        "weighed": found.weighed,
        "deciding": [_plain(scenario, one) for one in found.deciding],
    }


def _plain(scenario: Scenario, one: Deciding) -> dict[str, Any]:
    f = one.factor
    basis = f.basis if f else Basis()
    said, title = basis.assumption, _title(one)
    return {
        "assumption": f.id if f else "lens",
        "title": {"en": title.en, "es": title.es},
        "place": str(f.place if f else scenario.place),
        "value": f.value if f else scenario.lens,
        "range": [f.low, f.high] if f else None,
        "total": _number(one.total),
        "interval": [_number(one.total - one.margin), _number(one.total + one.margin)],
        "alone": _number(one.alone),
        "effect": one.effect,
        "source": list(basis.sources),
        "rests_on": {"en": said.en, "es": said.es} if said else None,
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def shown(voice: Voice, scenario: Scenario, found: Sensitivity, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of the report."""
    of = voice.of
    yield from wrapped(f"{scenario.id}: {of(scenario.title)}")
    yield from wrapped(of(_ABOUT.fill(what=_named(scenario, names), n=found.screened)))
    if not found.deciding:
        yield from wrapped(of(_NOTHING))
    elif any(one.alone > one.total + min(one.margin, _NOISE) for one in found.deciding):
        yield from wrapped(of(_TOO_FEW))
    for number, one in enumerate(found.deciding, 1):
        yield ""
        yield from item(f"{number}.", f"{of(_title(one))}. {_weight(voice, one)}")
        for line in _ground(voice, scenario, found, one):
            yield from wrapped(line, 5, 3)
    yield ""
    yield from wrapped(of(_READ))


def _named(scenario: Scenario, names: tuple[str, ...]) -> Text | str:
    everything = len(names) > 1 and names == tuple(m.id for m in scenario.measures)
    return _ALL.fill(n=len(names)) if everything else ", ".join(names)


def _title(one: Deciding) -> Text:
    if one.factor is None:
        return _LENS
    return _OF_RULE.fill(rule=one.factor.title, name=_WHOLE if one.factor.name == SCALE else one.factor.name)


def _weight(voice: Voice, one: Deciding) -> str:
    if math.isnan(one.total):
        return voice.of(_EFFECT.fill(effect=voice.fixed(one.effect, 2)))
    low, high = max(one.total - one.margin, 0.0), one.total + one.margin
    return voice.of(
        _TOTAL.fill(
            total=voice.fixed(max(one.total, 0.0), 2),
            low=voice.fixed(low, 2),
            high=voice.fixed(high, 2),
            alone=voice.fixed(max(one.alone, 0.0), 2),
        )
    )


def _ground(voice: Voice, scenario: Scenario, found: Sensitivity, one: Deciding) -> Iterator[str]:
    f = one.factor
    if f is None:
        titles = [voice.of(scenario.ruleset.lenses[lens].title) for lens in found.lenses]
        yield f"{scenario.place}: {'; '.join(titles)}"
        return
    span = [voice.number(value, 6) for value in (f.low, f.value, f.high)]
    yield f"{f.place}: {voice.of(_RANGE.fill(low=span[0], value=span[1], high=span[2]))}"
    if f.basis.assumption:
        yield voice.of(_ASSUMED.fill(what=f.basis.assumption))
    if f.basis.sources:
        yield voice.of(_SOURCES.fill(what=", ".join(f.basis.sources)))


_ALL = Text("all measures ({n})", "todos los indicadores ({n})")
_ABOUT = Text(
    "What decides {what} at the end of a session, of {n} assumptions with a range:",
    "Qué supuestos deciden {what} al final de una sesión, entre {n} con margen:",
)
_TOO_FEW = Text(
    "These sessions are too few for the shares: what one assumption does alone comes out larger than all it does, "
    "which cannot be. Read the order only, or play more (--sessions).",
    "Estas sesiones son pocas para las partes: lo que un supuesto hace solo resulta mayor que todo lo que hace, lo que "
    "no puede ser. Sirve solo el orden; para más, juegue más sesiones (--sessions).",
)
_NOTHING = Text("No assumption moves it.", "Ningún supuesto lo mueve.")
_WHOLE = Text("size of the whole rule", "tamaño de toda la regla")
_OF_RULE = Text("{rule}: {name}", "{rule}: {name}")
_LENS = Text("The lens", "El enfoque")
_TOTAL = Text("Share {total} ({low} – {high}), alone {alone}.", "Parte {total} ({low} – {high}), solo {alone}.")
_EFFECT = Text("Moves it by {effect} spreads.", "Lo mueve {effect} dispersiones.")
_RANGE = Text("{low} … {value} … {high}.", "{low} … {value} … {high}.")
_ASSUMED = Text("Assumed: {what}.", "Supuesto: {what}.")
_SOURCES = Text("Sources: {what}.", "Fuentes: {what}.")
_READ = Text(
    "Share: of the variance over all these assumptions, what would be gone if this one were known (95 % interval); "
    "alone: without what it does together with others.",
    "Parte: de la varianza sobre todos estos supuestos, lo que desaparecería si este se conociera (intervalo de 95 %); "
    "solo: sin combinarse con otros.",
)
_LEAST = Text(
    "More than the {n} that were asked for: fewer cannot tell so many assumptions apart.",
    "Más que las {n} pedidas: con menos no se distinguen tantos supuestos.",
)
_DONE = Text(
    "{name}, seed {seed}: {n} sessions of {sets} sets of assumptions, {s} s.",
    "{name}, semilla {seed}: {n} sesiones de {sets} juegos de supuestos, {s} s.",
)
