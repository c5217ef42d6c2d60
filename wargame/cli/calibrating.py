"""Calibration from the command line: which values would have told the history of all cases better, and do they hold?"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from wargame.analysis.calibration import Calibration, Plan, Tuned, calibrate
from wargame.analysis.hindcast import case_of
from wargame.cli.exits import ExitCode
from wargame.cli.lines import table, wrapped
from wargame.cli.named import scenario_of
from wargame.cli.simulate import Progress
from wargame.cli.speech import Voice
from wargame.content.rewriting import rewrite
from wargame.model.text import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``wargame calibrate`` was asked for."""

    cases: Sequence[str]
    leave_one_out: bool = False
    sessions: int = 10
    rounds: int = 12
    seed: int | None = None
    write: bool = False
    workers: int | None = None
    as_json: bool = False


def calibrate_cases(voice: Voice, asked: Asked) -> ExitCode:
    """Tune the shared parameters of the cases, show what came of it, and write it if that was asked and it holds."""
    scenarios = {name: scenario_of(name) for name in dict.fromkeys(asked.cases)}
    for scenario, _ in scenarios.values():
        case_of(scenario)
    seed = secrets.randbelow(2**32) if asked.seed is None else asked.seed
    plan = Plan(asked.sessions, asked.rounds, seed=seed)
    started = time.monotonic()
    with Progress(voice, _estimate(plan, len(scenarios), asked.leave_one_out), sys.stderr) as progress:
        found = calibrate(
            scenarios,
            plan,
            leave_one_out=asked.leave_one_out,
            processes=asked.workers or os.cpu_count() or 1,
            progress=progress.show,
        )
    if asked.as_json:
        voice.data(json.dumps(as_json(found, plan), ensure_ascii=False, indent=2))
    else:
        for line in shown(voice, found):
            voice.data(line)
    voice.narrate(_DONE.fill(seed=seed, n=found.screened, s=voice.number(time.monotonic() - started)))
    if found.stopped:
        voice.narrate(_STOPPED)
        return ExitCode.INTERRUPTED
    return _write(voice, found, asked) if asked.write else ExitCode.OK


def _estimate(plan: Plan, cases: int, leave_one_out: bool) -> int:
    """Return about how many sessions will be played: rules differ, so nobody knows."""
    search = plan.rounds * plan.candidates + 4 * plan.paths * plan.rules
    parts = [cases, *([cases - 1] * cases if leave_one_out else [])]
    return plan.sessions * (cases * plan.paths * 200 + search * sum(parts))


def _write(voice: Voice, found: Calibration, asked: Asked) -> ExitCode:
    if not found.improves:
        voice.narrate(_NOT_KEPT if asked.leave_one_out else _NOT_TESTED)
        return ExitCode.REFUSED
    files = rewrite({c.factor.place: (c.factor.value, c.value) for c in found.changes})
    voice.narrate(_WRITTEN.fill(files=", ".join(str(path) for path in files)))
    return ExitCode.OK


def as_json(found: Calibration, plan: Plan) -> dict[str, Any]:
    """Return a calibration as plain data."""
    return {
        "plan": asdict(plan),
        "screened": found.screened,
        "stopped": found.stopped,
        "improves": found.improves,
        "changes": [
            {
                "parameter": c.factor.id,
                "place": str(c.factor.place),
                "old": c.factor.value,
                "new": c.value,
                "range": [c.factor.low, c.factor.high],
                "worth": c.worth,
            }
            for c in found.changes
        ],
        "cases": _losses(found.tuned),
        "left_out": {
            name: {"before": t.before[name], "after": t.after[name], "values": dict(t.values)}
            for name, t in found.folds.items()
        },
    }


def _losses(tuned: Tuned) -> dict[str, Any]:
    return {name: {"before": before, "after": tuned.after[name]} for name, before in tuned.before.items()}


def shown(voice: Voice, found: Calibration) -> Iterator[str]:
    """Yield the lines of the report."""
    of = voice.of
    if found.changes:
        yield of(_CHANGES)
        for line in table([of(t) for t in _CHANGES_HEAD], [_change(voice, c) for c in found.changes]):
            yield f"  {line}"
        yield ""
        yield from (f"  {c.factor.id}: {c.factor.place}" for c in found.changes)
    else:
        yield from wrapped(of(_NOTHING))
    yield ""
    yield of(_CASES)
    rows = [
        [
            name,
            voice.fixed(before, 3),
            voice.fixed(found.tuned.after[name], 3),
            voice.fixed(found.folds[name].after[name], 3) if name in found.folds else "–",
        ]
        for name, before in found.tuned.before.items()
    ]
    yield from (f"  {line}" for line in table([of(t) for t in _CASES_HEAD], rows))
    if found.folds:
        yield ""
        yield from wrapped(of(_HOLDS if found.improves else _FAILS))


def _change(voice: Voice, change: Any) -> list[str]:
    factor = change.factor
    span = f"{voice.number(factor.low, 6)} – {voice.number(factor.high, 6)}"
    old, new = voice.number(factor.value, 6), voice.number(change.value, 6)
    return [factor.id, old, new, span, voice.fixed(change.worth, 4)]


_CHANGES = Text(
    "Values with which the model would come closer to all cases",
    "Valores con que el modelo se acercaría más a todos los casos",
)
_CHANGES_HEAD = (
    Text("parameter", "parámetro"),
    Text("old", "antes"),
    Text("new", "nuevo"),
    Text("range", "margen"),
    Text("worth", "aporte"),
)
_NOTHING = Text(
    "Nothing within the ranges tells these cases better than the values that stand.",
    "Nada dentro de los márgenes cuenta mejor estos casos que los valores vigentes.",
)
_CASES = Text(
    "Loss of each case (relative error and a little of the width; smaller is better)",
    "Pérdida de cada caso (error relativo y algo del ancho; menos es mejor)",
)
_CASES_HEAD = (
    Text("case", "caso"),
    Text("as it stands", "vigente"),
    Text("tuned with all", "con todos"),
    Text("tuned without it and tried on it", "sin él y probado en él"),
)
_HOLDS = Text(
    "It holds: cases that were left out do better in the mean.",
    "Se sostiene: los casos dejados fuera mejoran en media.",
)
_FAILS = Text(
    "It does not hold: cases that were left out do no better in the mean. Nothing should be kept.",
    "No se sostiene: los casos dejados fuera no mejoran en media. No conviene conservar nada.",
)
_NOT_KEPT = Text(
    "Nothing was written: it does not hold outside the sample.", "No se escribió nada: no se sostiene fuera."
)
_NOT_TESTED = Text(
    "Nothing was written: only --leave-one-out shows whether it holds.",
    "No se escribió nada: solo --leave-one-out muestra si se sostiene.",
)
_STOPPED = Text(
    "Stopped: these are the best values until then. Nothing was written.",
    "Detenido: estos son los mejores valores hasta entonces. No se escribió nada.",
)
_WRITTEN = Text("Written: {files}.", "Escrito: {files}.")
_DONE = Text(
    "Seed {seed}; {n} shared parameters screened; {s} s.", "Semilla {seed}; {n} parámetros comunes revisados; {s} s."
)
