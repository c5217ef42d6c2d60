"""Rule packs → one Ruleset: nouns of all packs first, then what is computed, what happens, and rules about rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from wargame.content import choices, institutions, nouns, readings, verbs
from wargame.content.agreements import Vocabulary, build_bargaining, build_term
from wargame.content.draft import Authored, Draft, text_of
from wargame.content.entries import Sections, refuse_repeated
from wargame.content.problems import Problems
from wargame.content.resolutions import build_interest, build_resolution, check_leanings, check_organs
from wargame.content.schema_agreements import TermShape
from wargame.content.schema_institutions import CharterShape, InterestShape, ResolutionShape
from wargame.content.schema_parts import Entry, NamedWords
from wargame.content.schema_rules import (
    AttributeShape,
    DerivedShape,
    DoctrineShape,
    EventShape,
    KindShape,
    LensShape,
    MechanismShape,
    ModifierShape,
    MoveShape,
    PackSeriesShape,
    PackShape,
    TieShape,
)
from wargame.content.scope import Nouns
from wargame.model.doctrines import Doctrine
from wargame.model.errors import Place
from wargame.model.institutions import NO_INSTITUTIONS, Charter, Institutions
from wargame.model.rules import Derived, Pack, Parameter
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Series

Shape = TypeVar("Shape", bound=Entry)
Built = TypeVar("Built")


@dataclass
class Packs:
    """Rule packs while they are built, in the order in which each uses only earlier ones."""

    sections: Mapping[str, Sections]
    uses: Mapping[str, frozenset[str]]
    """Pack → itself and the packs whose names it may use."""
    problems: Problems
    tagged: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Tag → the kinds of the entities of the scenario that have it."""
    nouns: Nouns = field(default_factory=Nouns)
    verbs: choices.Verbs = field(default_factory=choices.Verbs)
    needs_start: set[str] = field(default_factory=set)
    """Attributes of which every entity must give a value."""
    series: dict[str, tuple[Authored[PackSeriesShape], Draft]] = field(default_factory=dict)
    shapes: dict[str, Place] = field(default_factory=dict)
    """Where each kind and tie type was given."""
    numbers: dict[str, Place] = field(default_factory=dict)
    """Where each attribute and derived reading was given."""
    rules: dict[str, Place] = field(default_factory=dict)
    """Where each rule was given."""
    assumptions: dict[str, Place] = field(default_factory=dict)
    """Where each named assumption was given."""
    drafts: dict[str, Draft] = field(default_factory=dict)

    def draft(self, pack: str) -> Draft:
        """Return what a pack is built with."""
        return self.drafts[pack]

    def entries(self, section: str, shape: type[Shape], taken: dict[str, Place]) -> list[Authored[Shape]]:
        """Return the entries of a section in all packs, without repeated ids."""
        found = [entry for pack in self.sections.values() for entry in pack.of(section, shape)]
        return refuse_repeated(found, taken, self.problems)

    def each(
        self,
        section: str,
        shape: type[Shape],
        build: Callable[[Authored[Shape], Draft], Built],
        taken: dict[str, Place],
    ) -> list[Built]:
        """Build the entries of a section in all packs."""
        return [build(entry, self.draft(entry.pack)) for entry in self.entries(section, shape, taken)]

    def declare(self, section: str, name: str, pack: str) -> None:
        """Remember which pack declares a noun, so that packs that use it can see it."""
        self.nouns.packs[section, name] = pack


def build_ruleset(
    sections: Mapping[str, Sections],
    uses: Mapping[str, frozenset[str]],
    problems: Problems,
    tagged: Mapping[str, frozenset[str]],
) -> tuple[Ruleset, Packs]:
    """Return the ruleset of some packs, and what a scenario needs to build on it."""
    packs = Packs(sections, uses, problems, tagged)
    packs.nouns.broken.update(*(s.broken for s in sections.values()))
    packs.verbs.broken = packs.nouns.broken
    cards = tuple(_card(s) for s in sections.values() if s.of("pack", PackShape))
    for entry in packs.entries("assumptions", NamedWords, packs.assumptions):
        packs.nouns.assumptions[entry.shape.id] = text_of(entry.shape)
        packs.declare("assumptions", entry.shape.id, entry.pack)
    _see(packs)
    _build_kinds(packs)
    _build_ties(packs)
    derived = _build_derived(packs, _build_attributes(packs))
    mechanisms = packs.each("mechanisms", MechanismShape, verbs.build_mechanism, packs.rules)
    _build_moves(packs)
    events = packs.each("events", EventShape, verbs.build_event, packs.rules)
    for rule in (*mechanisms, *events):
        register(rule, packs, switched=True)
    bodies = _build_institutions(packs)
    modifiers = packs.each("modifiers", ModifierShape, _with(choices.build_modifier, packs), packs.rules)
    vocabulary = _build_terms(packs)
    doctrines = packs.each("doctrines", DoctrineShape, _doctrines(packs, vocabulary), packs.rules)
    authored = [entry for pack in sections.values() for entry in pack.of("doctrines", DoctrineShape)]
    check_leanings(authored, bodies, packs.nouns.broken, problems)
    for modifier in modifiers:
        register(modifier, packs, switched=True)
    _register_parameters(doctrines, derived, packs)
    lenses = packs.each("lenses", LensShape, _with(choices.build_lens, packs), {})
    shown = tuple(packs.nouns.attributes[a] for a in packs.nouns.attributes if a not in packs.nouns.derived)
    return (
        Ruleset(
            cards, packs.nouns.kinds, packs.nouns.ties, shown, derived, tuple(mechanisms), packs.verbs.moves,
            tuple(modifiers), tuple(events), {x.id: x for x in lenses}, {d.id: d for d in doctrines},
            bodies, vocabulary.terms,
        ),
        packs,
    )  # fmt: skip


def _card(sections: Sections) -> Pack:
    shape = sections.of("pack", PackShape)[0].shape
    return Pack(shape.id, text_of(shape.title), text_of(shape.text), tuple(shape.uses))


def _see(packs: Packs) -> None:
    """Renew what each pack can see."""
    for pack in packs.sections:
        seen = packs.nouns.visible(packs.uses[pack])
        packs.drafts[pack] = Draft(packs.problems, seen, pack, packs.uses[pack], tagged=packs.tagged)


def _with(build: Callable[[Any, Draft, choices.Verbs], Built], packs: Packs) -> Callable[[Any, Draft], Built]:
    return lambda entry, draft: build(entry, draft, packs.verbs)


# ── nouns ────────────────────────────────────────────────────────────────────────────────────────────────────


def _build_kinds(packs: Packs) -> None:
    entries = packs.entries("kinds", KindShape, packs.shapes)
    for entry in entries:
        kind = nouns.build_kind(entry, packs.draft(entry.pack))
        packs.nouns.kinds[kind.id] = kind
        packs.declare("kinds", kind.id, entry.pack)
    _see(packs)
    for entry in entries:
        references = nouns.build_references(entry, packs.draft(entry.pack))
        name = entry.shape.id
        packs.nouns.kinds[name] = replace(packs.nouns.kinds[name], references=references)
    _see(packs)


def _build_ties(packs: Packs) -> None:
    for entry in packs.entries("ties", TieShape, packs.shapes):
        packs.nouns.ties[entry.shape.id] = nouns.build_tie(entry, packs.draft(entry.pack))
        packs.declare("ties", entry.shape.id, entry.pack)
    for series in packs.entries("series", PackSeriesShape, {}):
        packs.nouns.series[series.shape.id] = series.shape.unit
        packs.declare("series", series.shape.id, series.pack)
        packs.series[series.shape.id] = (series, packs.draft(series.pack))
    _see(packs)


def _build_attributes(packs: Packs) -> list[Authored[AttributeShape]]:
    entries = packs.entries("attributes", AttributeShape, packs.numbers)
    for entry in entries:
        attribute = nouns.build_attribute(entry, packs.draft(entry.pack))
        packs.nouns.attributes[attribute.id] = attribute
        packs.declare("attributes", attribute.id, entry.pack)
        if nouns.needs_start(entry.shape):
            packs.needs_start.add(attribute.id)
    _see(packs)
    return entries


def _build_derived(packs: Packs, attributes: list[Authored[AttributeShape]]) -> tuple[Derived, ...]:
    entries = packs.entries("derived", DerivedShape, packs.numbers)
    for entry in entries:
        attribute = readings.build_reading(entry, packs.draft(entry.pack))
        packs.nouns.attributes[attribute.id] = attribute
        packs.nouns.derived.add(attribute.id)
        packs.declare("attributes", attribute.id, entry.pack)
    _see(packs)
    for shown in (*attributes, *entries):
        nouns.check_reported(shown, packs.nouns.attributes[shown.shape.id], packs.draft(shown.pack))
    built = []
    for entry in entries:
        attribute = packs.nouns.attributes[entry.shape.id]
        reading = readings.build_derived(entry, attribute, packs.draft(entry.pack))
        if reading is not None:
            built.append(reading)
            packs.rules[attribute.id] = reading.place
    return readings.in_order(built, packs.problems)


# ── verbs ────────────────────────────────────────────────────────────────────────────────────────────────────


def _build_moves(packs: Packs) -> None:
    for entry in packs.entries("moves", MoveShape, packs.rules):
        move, roles = verbs.build_move(entry, packs.draft(entry.pack))
        packs.verbs.moves[move.id] = move
        packs.verbs.roles[move.id] = roles
        register(move, packs, switched=False)


def _build_terms(packs: Packs) -> Vocabulary:
    vocabulary = Vocabulary(packs.verbs)
    for named in packs.entries("subjects", NamedWords, {}):
        vocabulary.subjects[named.shape.id] = text_of(named.shape)
    for entry in packs.entries("terms", TermShape, packs.rules):
        register(build_term(entry, packs.draft(entry.pack), vocabulary), packs, switched=False)
    return vocabulary


def _doctrines(packs: Packs, vocabulary: Vocabulary) -> Callable[[Authored[DoctrineShape], Draft], Doctrine]:
    return lambda entry, draft: choices.build_doctrine(
        entry, draft, packs.verbs, lambda shape, reading: build_bargaining(shape, reading, vocabulary)
    )


def _build_institutions(packs: Packs) -> Institutions:
    """Build charters, resolutions and interests; none of them where the nouns that they need are missing."""
    authored = packs.entries("charters", CharterShape, packs.rules)
    proposed = packs.entries("resolutions", ResolutionShape, packs.rules)
    led = packs.entries("interests", InterestShape, packs.rules)
    entries = (*authored, *proposed, *led)
    if not entries or not institutions.check_nouns(packs.nouns, entries[0].spot.place, packs.draft(entries[0].pack)):
        packs.nouns.broken.update(e.shape.id for e in proposed)
        packs.nouns.broken.update(e.shape.id for e in led)
        packs.nouns.broken.update(e.shape.body for e in authored)
        return NO_INSTITUTIONS
    charters: dict[str, Charter] = {}
    for entry in authored:
        charter = institutions.build_charter(entry, packs.draft(entry.pack))
        if charter.body in charters:
            packs.problems.repeated(entry.spot.at("body"), charter.body, charters[charter.body].place)
        charters.setdefault(charter.body, charter)
    members = {spell.who for charter in charters.values() for spell in charter.members}
    resolutions = tuple(build_resolution(e, packs.draft(e.pack), members) for e in proposed)
    check_organs(proposed, charters, packs.nouns.broken, packs.problems)
    interests = tuple(build_interest(e, packs.draft(e.pack)) for e in led)
    for rule in (*interests, *(r.adopted for r in resolutions)):
        register(rule, packs, switched=True)
    return Institutions(charters, resolutions, interests)


def register(rule: Any, packs: Packs, *, switched: bool) -> None:
    """Let lenses name a rule and its parameters."""
    known = packs.verbs
    packs.declare("rules", rule.id, rule.pack)
    scale = getattr(rule, "scale", None)
    own: dict[str, Parameter] = {**rule.parameters, **({scale.name: scale} if scale else {})}
    known.parameters[rule.id] = own
    known.packs[rule.id] = rule.pack
    if switched:
        known.switched[rule.id] = rule.pack


def _register_parameters(doctrines: Iterable[Any], derived: Iterable[Derived], packs: Packs) -> None:
    for doctrine in doctrines:
        register(doctrine, packs, switched=False)
    for reading in derived:
        name = reading.attribute.id
        packs.verbs.parameters[name] = reading.parameters
        packs.verbs.packs[name] = packs.nouns.packs["attributes", name]


def pack_series(packs: Packs, turns: int) -> dict[str, Series]:
    """Return the series that packs declare, at their defaults."""
    return {name: nouns.build_series(entry, draft, turns) for name, (entry, draft) in packs.series.items()}
