"""Names that people read: the titles of entities, ties and attributes, also as they stand in formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from wargame.engine.bindings import Bound, Cast, entity_of
from wargame.formula.explain import explain
from wargame.formula.words import words
from wargame.model.expression import Amount, Between, Entity, Formula, Leaf, Node, Read
from wargame.model.expression import Parameter as ParameterLeaf
from wargame.model.institutions import BALLOT, MEMBERSHIP
from wargame.model.layout import ACTIVE, OUTSIDE
from wargame.model.rules import TieType
from wargame.model.scenario import Scenario
from wargame.model.text import Language, Text, same


@dataclass(frozen=True)
class Names:
    """The titles of one scenario."""

    scenario: Scenario
    cast: Cast
    attributes: Mapping[str, Text]
    owners: Mapping[str, Text]

    @classmethod
    def of(cls, scenario: Scenario, cast: Cast) -> Names:
        """Return the titles of a scenario."""
        rules = scenario.ruleset
        attributes = {a.id: a.title for a in (*rules.attributes, *(d.attribute for d in rules.derived))}
        attributes |= {s.id: s.title for s in scenario.series} | {ACTIVE: Text("active", "activo")}
        owners = {e.id: e.title for e in scenario.entities} | {g.id: g.title for g in scenario.groups}
        owners[OUTSIDE] = Text("outside conditions", "condiciones externas")
        for tie in scenario.ties:
            owners[tie.id] = tie.title or _tie_title(rules.ties[tie.type], owners[tie.source], owners[tie.target])
        return cls(scenario, cast, attributes, owners)

    def owner(self, name: str) -> Text:
        """Return the title of an entity, tie, group or of the outside."""
        return self.owners.get(name, same(name))

    def attribute(self, name: str) -> Text:
        """Return the title of an attribute or series."""
        return self.attributes.get(name, same(name))

    def number(self, owner: str, attribute: str) -> Text:
        """Return the name of one number: ``coca area (Vizcatán)``."""
        return Text("{what} ({whose})", "{what} ({whose})").fill(
            what=self.attribute(attribute), whose=self.owner(owner)
        )

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
            whose = Text("{a} → {b}", "{a} → {b}").fill(a=ends[0], b=ends[1])
        else:
            if home and entity_of(leaf.subject, bound, self.cast) == home:
                return self.attribute(leaf.attribute)
            whose = self._entity(leaf.subject, bound)
        return Text("{what} ({whose})", "{what} ({whose})").fill(what=self.attribute(leaf.attribute), whose=whose)

    def _entity(self, subject: Entity, bound: Bound) -> Text:
        found = entity_of(subject, bound, self.cast)
        return self.owner(found) if found is not None else same(str(subject))

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

    def words(self, formula: Formula, bound: Bound) -> Text:
        """Return a formula in words, in both languages."""
        name = self.leaf(bound)
        return Text(words(formula.node, name, Language.EN), words(formula.node, name, Language.ES))


def of(title: Text) -> Text:
    """Return whose: ``of Peru``, ``de Bolivia``, ``del Perú``."""
    contracted = title.es.startswith("el ")
    return Text(f"of {title.en}", f"del {title.es[3:]}" if contracted else f"de {title.es}")


def enumerated(titles: Sequence[Text]) -> Text:
    """Return names as a sentence lists them: ``Alba, Boreas and Celta``."""
    if len(titles) < 2:
        return titles[0] if titles else Text("nobody", "nadie")
    last = titles[-1].es.lower()
    spanish = " e " if last.startswith(("i", "hi")) and not last.startswith("hie") else " y "
    return Text(
        ", ".join(title.en for title in titles[:-1]) + f" and {titles[-1].en}",
        ", ".join(title.es for title in titles[:-1]) + f"{spanish}{titles[-1].es}",
    )


_TIES: Final = {
    MEMBERSHIP: Text("membership {of_a} in {b}", "membresía {of_a} en {b}"),
    BALLOT: Text("vote {of_a} on '{b}'", "papeleta {of_a} sobre «{b}»"),
}
"""Ties of bodies as people speak of them."""


def _tie_title(kind: TieType, source: Text, target: Text) -> Text:
    """Return what a tie without a title of its own is called; an arrow says that its two ends are not alike."""
    if kind.id in _TIES:
        return _TIES[kind.id].fill(b=target, of_a=of(source))
    between = "–" if kind.symmetric else "→"
    return same("{kind}: {a} {between} {b}").fill(kind=kind.title, a=source, between=between, b=target)
