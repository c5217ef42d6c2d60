"""Scenario files and a ruleset → one Scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from wargame.content import proposals, script, seats, start, verbs
from wargame.content.claims import check_claims
from wargame.content.draft import Authored, Draft, spot_words, text_of
from wargame.content.entries import Sections, refuse_repeated
from wargame.content.hindcast import Stage, build_hindcast
from wargame.content.history_rows import HISTORY
from wargame.content.lessons import build_lesson
from wargame.content.problems import Problems
from wargame.content.rules import Packs, pack_series
from wargame.content.schema_hindcast import HindcastShape
from wargame.content.schema_parts import Entry, NamedWords
from wargame.content.schema_rules import MechanismShape
from wargame.content.schema_scenario import (
    CardShape,
    CourseShape,
    EndingShape,
    EntityShape,
    GroupShape,
    InjectShape,
    LessonShape,
    LevelShape,
    MeasureShape,
    SeatShape,
    SeriesShape,
    SightShape,
    TieStartShape,
    TrainingShape,
    TrendShape,
)
from wargame.content.scope import ANY, Cast
from wargame.content.trends import build_trend
from wargame.formula.suggest import did_you_mean
from wargame.model.errors import Place
from wargame.model.hindcast import Hindcast
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Scenario, Seat, Series, TieStart
from wargame.model.text import Text

Shape = TypeVar("Shape", bound=Entry)
Built = TypeVar("Built")
LANGUAGES: Final = ("en", "es")


@dataclass(frozen=True)
class Folder:
    """The files of a scenario: its YAML sections, and its texts by path below the folder."""

    sections: Sections
    texts: Mapping[str, str]
    digest: str
    shown: str
    """The folder as a reader knows it."""

    def text(self, stem: str, place: Place, code: str, problems: Problems) -> Text:
        """Return a text that is kept in one file per language."""
        found = {}
        for language in LANGUAGES:
            words = self.texts.get(f"{stem}.{language}.md", "").strip()
            if not words:
                problems.add(place, code, _NO_TEXT.fill(file=f"{self.shown}/{stem}.{language}.md"))
            found[language] = words
        return Text(found["en"], found["es"])


def kinds_by_tag(sections: Sections) -> dict[str, frozenset[str]]:
    """Return, by tag, the kinds of the entities that have it."""
    found: dict[str, frozenset[str]] = {}
    for entry in sections.of("entities", EntityShape):
        for tag in entry.shape.tags:
            found[tag] = found.get(tag, frozenset()) | {entry.shape.kind}
    return found


def build_scenario(card: Authored[CardShape], folder: Folder, ruleset: Ruleset, packs: Packs) -> Scenario:
    """Return the scenario; what is wrong is noted in the problems of the packs."""
    return _Building(card, folder, ruleset, packs).scenario()


class _Building:
    """One scenario while it is built."""

    def __init__(self, card: Authored[CardShape], folder: Folder, ruleset: Ruleset, packs: Packs) -> None:
        self.card = card
        self.folder = folder
        self.ruleset = ruleset
        self.packs = packs
        self.problems = packs.problems
        packs.nouns.broken.update(folder.sections.broken)
        names: dict[str, Place] = {}
        self.entities = self._entries("entities", EntityShape, names)
        self.groups = self._entries("groups", GroupShape, names)
        for named in self._entries("assumptions", NamedWords, packs.assumptions):
            packs.nouns.assumptions[named.shape.id] = text_of(named.shape)
        everything = frozenset(packs.sections)
        self.calendar = script.build_calendar(card, packs.problems)
        ties = folder.sections.of("ties", TieStartShape)
        self.made = proposals.make(ruleset.institutions, self.entities, ties, self.calendar)
        check_claims(self.entities, ruleset.institutions, packs.nouns, self.problems)
        self.draft = Draft(self.problems, packs.nouns, card.shape.id, everything, self._cast(), packs.tagged)
        self.needs = frozenset(packs.needs_start)

    def _cast(self) -> Cast:
        kinds = self.packs.nouns.kinds
        made = self.made.entities
        return Cast(
            {e.shape.id: e.shape.kind if e.shape.kind in kinds else ANY for e in self.entities}
            | {e.id: e.kind for e in made},
            {g.shape.id: tuple(g.shape.zones) for g in self.groups},
            {e.shape.id: frozenset(e.shape.tags) for e in self.entities} | {e.id: frozenset(e.tags) for e in made},
        )

    def _entries(self, section: str, shape: type[Shape], taken: dict[str, Place]) -> list[Authored[Shape]]:
        return refuse_repeated(self.folder.sections.of(section, shape), taken, self.problems)

    def _each(
        self, section: str, shape: type[Shape], build: Callable[[Authored[Shape], Draft], Built]
    ) -> tuple[Built, ...]:
        return tuple(build(entry, self.draft) for entry in self._entries(section, shape, {}))

    def _all(self, section: str, shape: type[Shape], build: Callable[[Authored[Shape]], Built]) -> tuple[Built, ...]:
        """Build the entries of a section that have no id."""
        return tuple(build(entry) for entry in self.folder.sections.of(section, shape))

    # ── parts ───────────────────────────────────────────────────────────────────────────────────────────────

    def scenario(self) -> Scenario:
        """Return the scenario."""
        series = self._series()
        mechanisms = self._mechanisms()
        members = self._seats()
        table = script.Table(
            self.calendar.full,
            {s.id: s for s in members},
            self.ruleset.moves,
            frozenset(self.folder.sections.ids("training")),
        )
        turns = self.calendar.full
        endings = self._each("endings", EndingShape, lambda e, d: script.build_ending(e, turns, d))
        script.check_last_ending(endings, self.card.spot.place, self.draft)
        shape = self.card.shape
        lens = self._lenses()
        ties, injects = self._ties(), self._each("injects", InjectShape, lambda e, d: script.build_inject(e, table, d))
        measures = self._each("measures", MeasureShape, script.build_measure)
        stage = Stage(self.calendar, self.ruleset, table.seats, ties, {m.id: m for m in measures}, injects, self.draft)
        return Scenario(
            id=shape.id, title=text_of(shape.title), text=text_of(shape.text), where=text_of(shape.where),
            ruleset=self.ruleset, calendar=self.calendar, lens=lens, lenses=tuple(shape.lenses),
            levels=self._levels(),
            entities=(
                *(self.made.complete(start.build_entity(e, self.needs, self.draft)) for e in self.entities),
                *self.made.entities,
            ),
            ties=ties, groups=tuple(start.build_group(g, self.draft) for g in self.groups), series=series,
            mechanisms=mechanisms, seats=members,
            sight=(
                *self._all("sight", SightShape, lambda e: seats.build_sight(e, table.seats, self.draft)),
                *self.made.sight(members),
            ),
            injects=injects, endings=endings, measures=measures,
            training=self._each("training", TrainingShape, script.build_training),
            course=self._all("course", CourseShape, lambda e: script.build_course(e, turns, self.draft)),
            about=self.folder.text("about", self.card.spot.place, "missing-about", self.problems),
            digest=self.folder.digest, place=self.card.spot.place,
            hindcast=self._hindcast(stage),
            trends=self._all("trends", TrendShape, lambda e: build_trend(e, self.draft)),
            lessons=self._each("lessons", LessonShape, lambda e, d: build_lesson(e, turns, d)),
        )  # fmt: skip

    def _hindcast(self, stage: Stage) -> Hindcast | None:
        chapters = self.folder.sections.of("hindcast", HindcastShape)
        table = self.folder.texts.get(HISTORY, "")
        return build_hindcast(chapters[0], table, self.folder.shown, stage) if chapters else None

    def _levels(self) -> tuple[Any, ...]:
        levels = self._each("levels", LevelShape, script.build_level)
        if not levels and not self.folder.sections.broken:
            self.problems.add(self.card.spot.place, "no-level", _NO_LEVEL)
        return levels

    def _lenses(self) -> str:
        shape, spot = self.card.shape, self.card.spot
        for name, place in spot_words(spot, "lenses"):
            if name not in self.ruleset.lenses and name not in self.packs.nouns.broken:
                self.problems.unknown(place, "lens", name, self.ruleset.lenses)
        if shape.lens not in shape.lenses:
            hint = did_you_mean(shape.lens, shape.lenses)
            self.problems.add(spot.at("lens"), "unknown-lens", _LENS_NOT_LISTED.fill(name=shape.lens, hint=hint))
        return shape.lens

    def _series(self) -> tuple[Series, ...]:
        found = pack_series(self.packs, self.calendar.full)
        units = dict(self.packs.nouns.series)
        for entry in self._entries("series", SeriesShape, {}):
            name = entry.shape.id
            if name in units and units[name] != entry.shape.unit:
                message = _OTHER_UNIT.fill(unit=units[name], given=entry.shape.unit)
                self.problems.add(entry.spot.at("unit"), "wrong-unit", message)
            found[name] = start.build_series(entry, self.calendar.full, self.draft)
            units[name] = units.get(name, entry.shape.unit)
        self.draft = replace(self.draft, nouns=replace(self.draft.nouns, series=units))
        return tuple(found.values())

    def _mechanisms(self) -> tuple[Any, ...]:
        entries = self._entries("mechanisms", MechanismShape, self.packs.rules)
        own = [replace(entry, pack=self.card.shape.id) for entry in entries]
        return tuple(verbs.build_mechanism(entry, self.draft) for entry in own)

    def _seats(self) -> tuple[Seat, ...]:
        taken: dict[str, Place] = {}
        found = []
        for entry in self._entries("seats", SeatShape, {}):
            name = f"briefs/{entry.shape.id}"
            brief = self.folder.text(name, entry.spot.at("id"), "missing-brief", self.problems)
            found.append(seats.build_seat(entry, brief, taken, self.ruleset, self.draft))
        if not found and not self.folder.sections.broken:
            self.problems.add(self.card.spot.place, "no-seat", _NO_SEAT)
        self._check_briefs([s.id for s in found])
        return tuple(found)

    def _check_briefs(self, known: list[str]) -> None:
        for path in self.folder.texts:
            name = path.removeprefix("briefs/").rsplit(".", 2)[0]
            if path.startswith("briefs/") and name not in known and name not in self.packs.nouns.broken:
                self.problems.unknown(Place(f"{self.folder.shown}/{path}"), "seat", name, known)

    def _ties(self) -> tuple[TieStart, ...]:
        taken: dict[tuple[str, ...], Place] = {}
        found = self._all("ties", TieStartShape, lambda e: start.build_tie_start(e, taken, self.needs, self.draft))
        return (*(tie for tie in found if tie is not None), *self.made.ties)


_NO_TEXT: Final = Text("the file {file} is missing or empty", "el archivo {file} falta o está vacío")
_NO_LEVEL: Final = Text("a scenario needs at least one level", "un escenario necesita al menos un nivel de dificultad")
_NO_SEAT: Final = Text("a scenario needs at least one seat", "un escenario necesita al menos un puesto")
_LENS_NOT_LISTED: Final = Text(
    "'{name}' is not among the lenses of this scenario{hint}",
    "«{name}» no está entre los enfoques de este escenario{hint}",
)
_OTHER_UNIT: Final = Text(
    "the rule pack gives this series in {unit}, not in {given}",
    "el paquete de reglas da esta serie en {unit}, no en {given}",
)
