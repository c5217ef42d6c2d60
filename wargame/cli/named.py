"""What a user names on the command line, found in a scenario or refused with the nearest name that there is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from wargame.content.bundle import Bundle
from wargame.content.listing import scenario_names
from wargame.content.load import load_with_bundle
from wargame.formula.suggest import did_you_mean
from wargame.model.errors import SessionError
from wargame.model.scenario import Scenario, Seat
from wargame.model.text import Text, same
from wargame.telling.typed import short


def wanted(name: str, known: Iterable[str], what: Text) -> str:
    """Return a name that is known, or raise SessionError with the nearest one and a list."""
    names = list(dict.fromkeys(known))
    if name in names:
        return name
    text = Text("There is no {what} '{name}'{hint} Known: {all}.", "No existe {what} «{name}»{hint} Hay: {all}.")
    hint = did_you_mean(name, names)
    raise SessionError(
        text.fill(what=what, name=short(name), hint=hint if hint.en else same("."), all=", ".join(names) or "–")
    )


def scenario_of(name: str) -> tuple[Scenario, Bundle]:
    """Return a scenario that is shipped, found here, or lies in a folder, with the texts from which it was built."""
    known = scenario_names()
    if name not in known and not Path(name).is_dir():
        wanted(name, known, Text("scenario", "el escenario"))
    return load_with_bundle(name)


def seat_of(scenario: Scenario, name: str) -> Seat:
    """Return a seat by its id."""
    found = wanted(name, (s.id for s in scenario.seats), Text("seat", "el puesto"))
    return next(s for s in scenario.seats if s.id == found)


def lens_of(scenario: Scenario, name: str) -> str:
    """Return a lens that the scenario shows, or another of its packs; its usual one for an empty name."""
    known = dict.fromkeys([*scenario.lenses, *scenario.ruleset.lenses])
    return wanted(name or scenario.lens, known, Text("lens", "el enfoque"))


def level_of(scenario: Scenario, name: str) -> str:
    """Return a level of difficulty of the scenario; an empty name stays empty."""
    return wanted(name, (level.id for level in scenario.levels), Text("level", "el nivel")) if name else ""
