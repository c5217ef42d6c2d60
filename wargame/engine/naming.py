"""Names that people read: the titles of entities, ties and attributes, also as they stand in formulas.

A title such as ``Peru: presidency and cabinet`` stands where something is presented; within sentences, lists and
brackets it goes by what stands before the colon, unless that could be another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from wargame.formula.explain import explain
from wargame.formula.numbers import shown
from wargame.formula.words import words
from wargame.model.bindings import Bound, Cast, entity_of
from wargame.model.expression import Amount, Between, Entity, Formula, Leaf, Node, Read
from wargame.model.expression import Parameter as ParameterLeaf
from wargame.model.institutions import BALLOT, MEMBERSHIP
from wargame.model.layout import ACTIVE, OUTSIDE
from wargame.model.scenario import Scenario, TieStart
from wargame.model.text import Language, Name, Text, of, same, within

NOT_IN_PLAY = Text("Not in play at present: {who}.", "Sin actividad por ahora: {who}.")
"""Said of an actor that is inactive; it needs no agreement with the name."""


@dataclass(frozen=True)
class Names:
    """The titles of one scenario."""

    scenario: Scenario
    cast: Cast
    attributes: Mapping[str, Text]
    owners: Mapping[str, Text]
    briefs: Mapping[str, Text] = field(default_factory=dict)
    """Shorter names of those that have one: of entities what stands before the colon, of ties the two ends."""

    parties: Mapping[str, Text] = field(default_factory=dict)
    """How some go as parties to deals."""
    lands: Mapping[str, Text] = field(default_factory=dict)
    """Short names of those that have one: a country, where the title names its government."""

    @classmethod
    def of(cls, scenario: Scenario, cast: Cast) -> Names:
        """Return the titles of a scenario."""
        rules = scenario.ruleset
        attributes = {a.id: a.title for a in (*rules.attributes, *(d.attribute for d in rules.derived))}
        attributes |= {s.id: s.title for s in scenario.series} | {ACTIVE: Text("In play", "En actividad")}
        owners = {e.id: e.title for e in scenario.entities} | {g.id: g.title for g in scenario.groups}
        owners[OUTSIDE] = Text("outside conditions", "condiciones externas")
        briefs = _before_the_colon(owners)
        for tie in scenario.ties:
            ends = _ends(tie, owners | briefs, symmetric=rules.ties[tie.type].symmetric)
            kind = rules.ties[tie.type].title
            said = _TIES.get(tie.type, _ANY_TIE).fill(
                kind=kind, ends=ends, b=owners[tie.target], of_a=of(owners[tie.source])
            )
            owners[tie.id] = tie.title or said
            if tie.title is None and tie.type not in _TIES:
                briefs[tie.id] = ends
        parties = {e.id: e.party for e in scenario.entities if e.party is not None}
        lands = {e.id: e.short for e in scenario.entities if e.short is not None}
        return cls(scenario, cast, attributes, owners, briefs, parties, lands)

    def owner(self, name: str) -> Text:
        """Return the title of an entity, tie, group or of the outside."""
        return self.owners.get(name, same(name))

    def brief(self, name: str) -> Text:
        """Return the name by which an entity, tie or group goes within sentences and lists."""
        return self.briefs.get(name) or self.owner(name)

    def party(self, name: str) -> Text:
        """Return how an actor goes as a party to a deal."""
        return self.parties.get(name) or self.brief(name)

    def land(self, name: str) -> Text:
        """Return how an actor goes where its land is meant: a border, a market, those who came from it."""
        return self.lands.get(name) or self.brief(name)

    def attribute(self, name: str) -> Text:
        """Return the title of an attribute or series."""
        return self.attributes.get(name, same(name))

    def number(self, owner: str, attribute: str) -> Text:
        """Return the name of one number: ``coca area (Vizcatán)``, ``openness (Peru – Bolivia)``."""
        whose = self.brief(owner) if attribute not in self._of_several_ties else self.owner(owner)
        return Text("{what} ({whose})", "{what} ({whose})").fill(what=self.attribute(attribute), whose=whose)

    def goes_by_ends(self, owner: str) -> bool:
        """Say whether a tie is named by its two ends alone, as ``Peru – Bolivia``."""
        return owner in self.briefs and owner in self.cast.ties

    @cached_property
    def _of_several_ties(self) -> frozenset[str]:
        """The attributes that ties of more than one type have, so that the two ends do not tell which is meant."""
        rules = self.scenario.ruleset
        return frozenset(a.id for a in rules.attributes if len(rules.ties.keys() & set(a.of)) > 1)

    def leaf(self, bound: Bound, home: str = "") -> Callable[[Leaf], Text]:
        """Return what names the leaves of a formula under a binding; numbers of ``home`` go without its name."""

        def name(leaf: Leaf) -> Text:
            if isinstance(leaf, Read):
                return self._read(leaf, bound, home)
            if isinstance(leaf, Amount):
                return Text("amount", "cantidad")
            return same(leaf.name.replace("_", " ")) if isinstance(leaf, ParameterLeaf) else same("")

        return name

    def _read(self, leaf: Read, bound: Bound, home: str) -> Text:
        if isinstance(leaf.subject, Between):
            ends = [self._entity(end, bound) for end in (leaf.subject.source, leaf.subject.target)]
            symmetric = self.scenario.ruleset.ties[leaf.subject.tie].symmetric
            whose = (_BOTH_WAYS if symmetric else _ONE_WAY).fill(a=ends[0], b=ends[1])
        else:
            if home and entity_of(leaf.subject, bound, self.cast) == home:
                return self.attribute(leaf.attribute)
            whose = self._entity(leaf.subject, bound)
        return Text("{what} ({whose})", "{what} ({whose})").fill(what=self.attribute(leaf.attribute), whose=whose)

    def _entity(self, subject: Entity, bound: Bound) -> Text:
        found = entity_of(subject, bound, self.cast)
        return self.brief(found) if found is not None else same(str(subject))

    def explain(self, node: Node, values: Sequence[float], bound: Bound, yields: str, home: str = "") -> Text:
        """Return a formula with the values of its leaves and its result, in both languages.

        Parameters have a name in the language of rule files only, so elsewhere they stand as numbers.
        """
        named = self.leaf(bound, home)

        def name(leaf: Leaf) -> Text:
            return Text(named(leaf).en, "") if isinstance(leaf, ParameterLeaf) else named(leaf)

        what: Literal["number", "truth"] = "truth" if yields == "truth" else "number"
        return Text(
            explain(node, values, name, Language.EN, yields=what), explain(node, values, name, Language.ES, yields=what)
        )

    def words(self, formula: Formula, bound: Bound, parameters: Mapping[str, float] | None = None) -> Text:
        """Return a formula in words, in both languages; parameters stand as numbers, as far as these are known."""
        known, named = parameters or {}, self.leaf(bound)

        def name(leaf: Leaf) -> Text:
            if isinstance(leaf, ParameterLeaf) and leaf.name in known:
                return Text(shown(known[leaf.name], Language.EN), shown(known[leaf.name], Language.ES))
            return named(leaf)

        return Text(words(formula.node, name, Language.EN), words(formula.node, name, Language.ES))


def enumerated(titles: Sequence[Text]) -> Text:
    """Return names as a sentence lists them: ``Alba, Boreas and Celta``."""
    if len(titles) < 2:
        return titles[0] if titles else Text("nobody", "nadie")
    alone, called = _listed(titles), _listed([within(title) for title in titles])
    return Name(alone.en, alone.es, called)


def _listed(titles: Sequence[Text]) -> Text:
    last = titles[-1].es.lower()
    spanish = " e " if last.startswith(("i", "hi")) and not last.startswith("hie") else " y "
    return Text(
        ", ".join(title.en for title in titles[:-1]) + f" and {titles[-1].en}",
        ", ".join(title.es for title in titles[:-1]) + f"{spanish}{titles[-1].es}",
    )


_ANY_TIE: Final = Text("{kind} ({ends})", "{kind} ({ends})")
_TIES: Final = {
    MEMBERSHIP: Text("membership {of_a} in {b}", "membresía {of_a} en {b}"),
    BALLOT: Text("vote {of_a} on '{b}'", "papeleta {of_a} sobre «{b}»"),
}
"""Ties of bodies as people speak of them."""


_BOTH_WAYS = Text("{a} – {b}", "{a} – {b}")
_ONE_WAY = Text("{a} → {b}", "{a} → {b}")


def _ends(tie: TieStart, names: Mapping[str, Text], *, symmetric: bool) -> Text:
    return (_BOTH_WAYS if symmetric else _ONE_WAY).fill(a=names[tie.source], b=names[tie.target])


def _short(title: Text) -> Text:
    short = Text(title.en.partition(": ")[0], title.es.partition(": ")[0])
    if not isinstance(title, Name):
        return short
    called = title.called
    return Name(short.en, short.es, Text(called.en.partition(": ")[0], called.es.partition(": ")[0]))


def _before_the_colon(titles: Mapping[str, Text]) -> dict[str, Text]:
    """Return what stands before the colon of the titles that have one, where nothing else goes by that name."""
    found = {name: _short(title) for name, title in titles.items() if ": " in title.en and ": " in title.es}
    taken = Counter((lang, t.say(lang)) for t in (*titles.values(), *found.values()) for lang in Language)
    return {name: brief for name, brief in found.items() if all(taken[lang, brief.say(lang)] < 2 for lang in Language)}
