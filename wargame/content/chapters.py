"""Which rule packs a reader asked for, each with a ruleset that has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wargame.content import files
from wargame.content.listing import pack_names, scenario_names
from wargame.content.load import check_packs, check_scenario
from wargame.content.reports import Report
from wargame.formula.suggest import did_you_mean
from wargame.model.errors import ContentError, SessionError
from wargame.model.rules import Mechanism
from wargame.model.ruleset import Ruleset
from wargame.model.text import Text


@dataclass(frozen=True)
class Volume:
    """One rule pack (or the rules of a scenario alone) with a ruleset that has it."""

    name: str
    ruleset: Ruleset
    folder: str
    """How the paths of its files begin."""
    own: tuple[Mechanism, ...] = ()
    """The mechanisms that a scenario adds."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Entity → kind, where rules may name entities."""


def volumes(names: Iterable[str]) -> list[Volume]:
    """Return what some names of rule packs and scenarios mean (none: every pack); raise SessionError, ContentError."""
    wanted = list(names)
    if not wanted:
        return _all_packs()
    found: dict[str, Volume] = {}
    for name in wanted:
        for volume in _meant(name):
            found.setdefault(volume.name, volume)
    return list(found.values())


def _meant(name: str) -> list[Volume]:
    if name in scenario_names():
        return _of_scenario(check_scenario(name, odd=False))
    if name not in pack_names():
        known = (*pack_names(), *scenario_names())
        raise SessionError(_UNKNOWN.fill(name=name, hint=did_you_mean(name, known)))
    return [_of_pack(name)]


def _of_pack(name: str) -> Volume:
    return Volume(name, _ruleset(check_packs([name])), f"{_shown(name)}/")


def _of_scenario(report: Report) -> list[Volume]:
    ruleset, scenario = _ruleset(report), report.scenario
    found = [Volume(pack.id, ruleset, f"{_shown(pack.id)}/") for pack in ruleset.packs]
    if scenario is not None and scenario.mechanisms:
        folder = scenario.place.file.rpartition("/")[0]
        kinds = {e.id: e.kind for e in scenario.entities}
        found.append(Volume(scenario.id, ruleset, f"{folder}/", scenario.mechanisms, kinds))
    return found


def _all_packs() -> list[Volume]:
    """Return every pack, most of them as the scenarios load them, which is quicker than one by one."""
    found: dict[str, Volume] = {}
    for name in scenario_names():
        report = check_scenario(name, odd=False)
        for volume in _of_scenario(report) if report.ruleset is not None else ():
            if not volume.own:
                found.setdefault(volume.name, volume)
    return [found.get(name) or _of_pack(name) for name in pack_names()]


def _ruleset(report: Report) -> Ruleset:
    if report.ruleset is None:
        raise ContentError(report.problems)
    return report.ruleset


def _shown(pack: str) -> str:
    folder = files.locate("rules", pack)
    return files.shown(folder) if folder is not None else f"rules/{pack}"


_UNKNOWN = Text(
    "There is no rule pack or scenario '{name}'{hint}", "No existe paquete de reglas ni escenario «{name}»{hint}"
)
