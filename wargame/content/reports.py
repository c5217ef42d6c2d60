"""What came of loading content, and several such reports read together."""

from __future__ import annotations

import gc
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from wargame.content import files
from wargame.content.bundle import Bundle
from wargame.content.problems import OF_SHARED
from wargame.model.errors import Place, Problem
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Scenario


@dataclass(frozen=True)
class Report:
    """What came of loading: everything found wrong and odd, and the result if nothing was wrong."""

    name: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    packs: tuple[Path, ...] = ()
    """The folders of the rule packs that were read."""
    ruleset: Ruleset | None = None
    scenario: Scenario | None = None
    bundle: Bundle | None = None


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python not look for garbage in what is being loaded: all of it stays, and the search takes a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def of_shared(reports: list[Report], asked: Sequence[Path], codes: Container[str] = OF_SHARED) -> list[Report]:
    """Keep what is odd about a rule pack only if it was asked for and each scenario that loads it finds it so."""
    told = [{(w.place, w.code) for w in report.warnings} for report in reports]
    shown = {f"{files.shown(pack)}/": pack for pack in {p for report in reports for p in report.packs}}

    def holds(warning: Problem) -> bool:
        pack = next((pack for start, pack in shown.items() if warning.place.file.startswith(start)), None)
        if warning.code not in codes or pack is None:
            return True
        users = [found for report, found in zip(reports, told, strict=True) if pack in report.packs]
        return pack in asked and all((warning.place, warning.code) in found for found in users)

    return [replace(report, warnings=tuple(w for w in report.warnings if holds(w))) for report in reports]


def once(reports: list[Report]) -> list[Report]:
    """Tell each problem once, where it is met first."""
    told: set[tuple[Place, str]] = set()
    found = []
    for report in reports:
        problems = tuple(p for p in report.problems if (p.place, p.code) not in told)
        warnings = tuple(p for p in report.warnings if (p.place, p.code) not in told)
        told.update((p.place, p.code) for p in (*problems, *warnings))
        found.append(replace(report, problems=problems, warnings=warnings))
    return found
