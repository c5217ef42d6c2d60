"""The door of content: by name, path, texts or bundle to a checked Scenario or Ruleset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from wargame.content import check, files, kept
from wargame.content.bundle import Bundle
from wargame.content.double_counts import check_double_counts
from wargame.content.draft import Authored
from wargame.content.entries import Sections, read_sections
from wargame.content.files import Files
from wargame.content.listing import pack_names, scenario_names
from wargame.content.problems import OUTGROWN, Problems
from wargame.content.reports import Report, of_shared, once, uncollected
from wargame.content.rules import build_ruleset
from wargame.content.scenario import Folder, build_scenario, kinds_by_tag
from wargame.content.schema_rules import PackShape, RulePackFile
from wargame.content.schema_scenario import CardShape, ScenarioFile
from wargame.content.source_text import inspect
from wargame.model.errors import ContentError, Place, Problem
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Scenario
from wargame.model.text import Text

FindPack: TypeAlias = Callable[[str], Files | None]


# ── the door ─────────────────────────────────────────────────────────────────────────────────────────────────


def load_scenario(name: str | Path) -> Scenario:
    """Return the scenario with a name, or in a folder; raise ContentError with every problem found."""
    return load_with_bundle(name)[0]


def load_with_bundle(name: str | Path) -> tuple[Scenario, Bundle]:
    """Return a scenario and the exact texts from which it was built."""
    return _scenario_of(check_scenario(name, odd=False))


def load_bundle(bundle: Bundle) -> Scenario:
    """Return the scenario of a bundle that was checked when it was made."""
    return _scenario_of(_check_bundle(bundle, Problems(OUTGROWN), odd=False))[0]


def load_ruleset(packs: Iterable[str]) -> Ruleset:
    """Return the ruleset of some packs and of those that they use; raise ContentError with every problem found."""
    report = check_packs(list(packs))
    if report.ruleset is None:
        raise ContentError(report.problems)
    return report.ruleset


def _scenario_of(report: Report) -> tuple[Scenario, Bundle]:
    if report.scenario is None or report.bundle is None:
        raise ContentError(report.problems)
    return report.scenario, report.bundle


# ── checking ─────────────────────────────────────────────────────────────────────────────────────────────────


def check_scenario(name: str | Path, *, odd: bool = True) -> Report:
    """Load a scenario by name or folder and report on it; ``odd`` looks for what is odd too."""
    problems = Problems()
    folder = _folder_of(name, problems)
    if folder is None:
        return Report(str(name), problems.errors, ())
    return _load(files.read_folder("scenarios", folder, problems), _disk(folder, problems), problems, odd=odd)


def check_bundle(bundle: Bundle) -> Report:
    """Load the scenario of a bundle and report on it."""
    return _check_bundle(bundle, Problems())


def _check_bundle(bundle: Bundle, problems: Problems, *, odd: bool = True) -> Report:
    clean = Bundle({p: text for p, text in sorted(bundle.files.items()) if inspect(text, p, problems) is not None})
    name, shown = bundle.scenario, f"scenarios/{bundle.scenario}"
    own = Files("scenarios", name, shown, clean.folder("scenarios", name), len(clean.files) == len(bundle.files))
    return _load(own, _memory(clean), problems, odd=odd)


def check_texts(texts: Mapping[str, str]) -> Report:
    """Report on texts by path, such as ``rules/toy/pack.yaml``: one scenario, or rule packs alone."""
    bundle = Bundle(dict(texts))
    if bundle.scenario:
        return check_bundle(bundle)
    problems = Problems()
    return _load_packs(sorted({path.split("/")[1] for path in texts}), _memory(bundle), problems)


def check_packs(packs: Sequence[str | Path]) -> Report:
    """Load rule packs by name or folder, without a scenario, and report on them."""
    problems = Problems()
    beside = next((Path(p) for p in packs if files.is_content(Path(p))), None)
    return _load_packs([Path(p).name for p in packs], _disk(beside, problems), problems)


def check_paths(paths: Iterable[str | Path]) -> list[Report]:
    """Report on everything under some paths: scenarios, rule packs, folders of either, single files, or names.

    A problem is told once, though several scenarios load the rule pack in which it is. What is odd in a rule pack only
    because one scenario has no use for it is told if the pack was asked for and no scenario has.
    """
    found = {path: _content_under(_located(path)) for path in paths}
    folders = dict.fromkeys(folder for under in found.values() for folder in under)
    with uncollected():
        reports = [check_scenario(folder) for folder in folders if not _is_pack(folder)]
    loaded = {pack for report in reports for pack in report.packs}
    asked = [folder for folder in folders if _is_pack(folder)]
    packs = [folder for folder in asked if folder not in loaded]
    reports = of_shared(reports, asked)
    reports += [check_packs(packs)] if packs else []
    empty = [str(path) for path, under in found.items() if not under]
    return once([*reports, *(Report(p, (Problem(Place(p), "nothing-here", _NOTHING),), ()) for p in empty)])


def check_everything() -> list[Report]:
    """Report on every scenario and rule pack that can be found."""
    scenarios = [files.locate("scenarios", name) for name in scenario_names()]
    packs = [files.locate("rules", name) for name in pack_names()]
    return check_paths(path for path in (*scenarios, *packs) if path is not None)


def packs_among(paths: Iterable[str | Path]) -> list[Path]:
    """Return the folders of the rule packs under some paths (none: of all)."""
    named = [Path(p) for p in paths] or [p for n in pack_names() if (p := files.locate("rules", n)) is not None]
    return [folder for path in named for folder in _content_under(_located(path)) if _is_pack(folder)]


def _located(path: str | Path) -> Path:
    """Return a path, or the folder of the scenario or rule pack that is so called."""
    there = Path(path)
    if there.exists():
        return there
    return files.locate("scenarios", str(path)) or files.locate("rules", str(path)) or there


def _content_under(path: Path) -> list[Path]:
    if path.is_file():
        return [path.absolute().parent]
    if files.is_content(path):
        return [path.absolute()]
    if not path.is_dir():
        return []
    inside = [p for p in sorted(path.iterdir()) if not p.name.startswith(".")]
    shelves = [p for p in inside if p.name in ("rules", "scenarios") and p.is_dir()]
    return [p.absolute() for shelf in shelves or [path] for p in sorted(shelf.iterdir()) if files.is_content(p)]


def _is_pack(folder: Path) -> bool:
    return (folder / "pack.yaml").exists() or folder.parent.name == "rules"


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────


def _folder_of(name: str | Path, problems: Problems) -> Path | None:
    path = Path(name)
    if files.is_content(path) and (isinstance(name, Path) or path.parent != Path()):
        return path.absolute()
    found = files.locate("scenarios", str(name))
    if found is None and files.is_content(path):
        return path.absolute()
    if found is None:
        problems.unknown(Place(str(name)), "scenario", str(name), scenario_names())
    return found


def _disk(beside: Path | None, problems: Problems) -> FindPack:
    def find(name: str) -> Files | None:
        folder = files.locate("rules", name, beside)
        return files.read_folder("rules", folder, problems) if folder else None

    return find


def _memory(bundle: Bundle) -> FindPack:
    def find(name: str) -> Files | None:
        texts = bundle.folder("rules", name)
        return Files("rules", name, f"rules/{name}", texts) if texts else None

    return find


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────


class _Gathering:
    """Reads rule packs and, before each, those that it uses."""

    def __init__(self, find: FindPack, problems: Problems) -> None:
        self.find = find
        self.problems = problems
        self.sections: dict[str, Sections] = {}
        self.folders: list[Files] = []
        self.uses: dict[str, frozenset[str]] = {}
        self.readable = True

    def pack(self, name: str, place: Place, path: tuple[str, ...] = ()) -> None:
        """Read a pack that is named at a place; ``path`` are the packs that led to it."""
        if name in path:
            loop = " → ".join((*path[path.index(name) :], name))
            self.problems.add(place, "pack-loop", _PACK_LOOP.fill(loop=loop))
            return
        if name in self.sections:
            return
        folder = self.find(name)
        if folder is None:
            self._unknown(name, place)
            return
        sections = read_sections(name, folder.yaml(), RulePackFile, self.problems)
        self.readable = self.readable and folder.whole and sections.readable
        used = self._used(sections, folder, (*path, name))
        self.uses[name] = frozenset((name, *used)).union(*(self.uses.get(u, frozenset()) for u in used))
        self.sections[name] = sections
        self.folders.append(folder)

    def _used(self, sections: Sections, folder: Files, path: tuple[str, ...]) -> list[str]:
        cards = sections.of("pack", PackShape)
        if not cards:
            if sections.readable and not self._tells_of(folder):
                self.problems.add(Place(folder.shown), "no-card", _NO_PACK_CARD)
            return []
        _check_name(cards[0].shape.id, cards[0], folder, self.problems)
        used = cards[0].spot.get("uses")
        found = used.words() if used else []
        for name, place in found:
            self.pack(name, place, path)
        return [name for name, _ in found]

    def _tells_of(self, folder: Files) -> bool:
        return any(p.place.file.startswith(folder.shown) for p in self.problems.errors)

    def _unknown(self, name: str, place: Place) -> None:
        self.readable = False
        self.problems.unknown(place, "pack", name, pack_names())


def _check_name(name: str, card: Authored[PackShape] | Authored[CardShape], folder: Files, problems: Problems) -> None:
    if name != folder.name:
        message = _WRONG_FOLDER.fill(name=name, folder=folder.name)
        problems.add(card.spot.at("id"), "wrong-folder", message)


def _load(own: Files, find: FindPack, problems: Problems, *, odd: bool) -> Report:
    if not (problems.errors or problems.warnings):
        known = kept.recall(own, find, odd=odd)
        if known is not None:
            return known
    with uncollected():
        return _build(own, find, problems, odd=odd)


def _build(own: Files, find: FindPack, problems: Problems, *, odd: bool) -> Report:
    sections = read_sections(own.name, own.yaml(), ScenarioFile, problems)
    cards = sections.of("scenario", CardShape)
    gathering = _Gathering(find, problems)
    if not cards:
        if sections.readable and not problems.errors:
            problems.add(Place(own.shown), "no-card", _NO_SCENARIO_CARD)
        return Report(own.name, problems.errors, ())
    card = cards[0]
    _check_name(card.shape.id, card, own, problems)
    named = card.spot.get("packs")
    for name, place in named.words() if named else ():
        gathering.pack(name, place)
    if not (own.whole and sections.readable and gathering.readable):
        return Report(own.name, problems.errors, ())
    bundle = Bundle.of(own, *gathering.folders)
    ruleset, packs = build_ruleset(gathering.sections, gathering.uses, problems, kinds_by_tag(sections))
    check_double_counts(packs)
    folder = Folder(sections, own.other(), bundle.digest, own.shown)
    scenario = build_scenario(card, folder, ruleset, packs)
    report = _kept(own, gathering, _report(own.name, gathering, ruleset, scenario, bundle), odd=False)
    if not odd:
        return report
    check.look_for_oddities(scenario, packs, folder)
    return _kept(own, gathering, _report(own.name, gathering, ruleset, scenario, bundle), odd=True)


def _kept(own: Files, gathering: _Gathering, report: Report, *, odd: bool) -> Report:
    if not gathering.problems.forgave:
        kept.keep(report, own, gathering.folders, odd=odd)
    return report


def _load_packs(names: Iterable[str], find: FindPack, problems: Problems) -> Report:
    names = list(names)
    gathering = _Gathering(find, problems)
    for name in names:
        gathering.pack(name, Place(f"rules/{name}"))
    title = ", ".join(names)
    if not gathering.readable:
        return Report(title, problems.errors, ())
    ruleset, packs = build_ruleset(gathering.sections, gathering.uses, problems, {})
    check_double_counts(packs)
    return _report(title, gathering, ruleset, None, Bundle.of(*gathering.folders))


def _report(name: str, gathering: _Gathering, ruleset: Ruleset, scenario: Scenario | None, bundle: Bundle) -> Report:
    errors, warnings = gathering.problems.errors, gathering.problems.warnings
    read = kept.where(gathering.folders)
    if errors:
        return Report(name, errors, warnings, read)
    return Report(name, errors, warnings, read, ruleset, scenario, bundle)


_NOTHING: Final = Text("there is no scenario or rule pack here", "aquí no hay ningún escenario ni paquete de reglas")
_PACK_LOOP: Final = Text(
    "rule packs use one another in a circle: {loop}", "los paquetes de reglas se usan en círculo: {loop}"
)
_NO_PACK_CARD: Final = Text(
    "no file of this folder has the section 'pack' with id, title, text and uses",
    "ningún archivo de esta carpeta tiene la sección «pack» con id, title, text y uses",
)
_NO_SCENARIO_CARD: Final = Text(
    "no file of this folder has the section 'scenario' with id, title, packs and calendar",
    "ningún archivo de esta carpeta tiene la sección «scenario» con id, title, packs y calendar",
)
_WRONG_FOLDER: Final = Text(
    "the id '{name}' must be the name of its folder, '{folder}'",
    "el id «{name}» debe ser el nombre de su carpeta, «{folder}»",
)
