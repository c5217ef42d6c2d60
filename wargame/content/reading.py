"""Formulas, effects, transfers and conditions of one rule, checked against its scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from wargame.content.draft import NOT_USED, Draft, text_of
from wargame.content.schema_parts import Words2
from wargame.content.scope import OUTSIDE, RuleScope, Said
from wargame.content.spots import Spot
from wargame.content.yaml_source import Mapping as YamlMapping
from wargame.content.yaml_source import Scalar
from wargame.formula.check import check, check_path, repeated_unnamed_draw
from wargame.formula.span import UNKNOWN
from wargame.formula.walk import draws, nodes
from wargame.model.errors import FormulaError, Place, Problem
from wargame.model.expression import Comparison, Entity, Formula, Node, Number, Parameter, Read, Turn
from wargame.model.kinds import AttributeType
from wargame.model.rules import Effect, Effects, Requirement, Transfer
from wargame.model.text import Text

_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
_OF_NAMES: Final = frozenset({"unknown-attribute", "unknown-name", "unknown-tie", "unknown-reference"})
NO_NUMBER: Final = Formula(Number(0.0, "0"), "0", "number")
NO_TRUTH: Final = Formula(Comparison(">=", Turn(), Number(1.0, "1")), "turn >= 1", "truth")
NO_READ: Final = Read(Entity(OUTSIDE), "")


@dataclass
class Reading:
    """Reads the formulas of one rule; what is wrong is noted and something harmless takes its place."""

    draft: Draft
    scope: RuleScope
    _trees: list[Node] = field(default_factory=list)
    """Formulas that use chance."""
    _used: set[str] = field(default_factory=set)
    _ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Between which values each parameter of the rule lies; known once the rule is finished."""

    def number(self, spot: Spot | None, scope: RuleScope | None = None) -> Formula:
        """Return the formula of a number."""
        return self._formula(spot, scope or self.scope, "number") or NO_NUMBER

    def truth(self, spot: Spot | None, scope: RuleScope | None = None) -> Formula:
        """Return the formula of a condition."""
        return self._formula(spot, scope or self.scope, "truth") or NO_TRUTH

    def maybe_number(self, spot: Spot | None, scope: RuleScope | None = None) -> Formula | None:
        """Return the formula of a number, if there is one."""
        return self.number(spot, scope) if spot else None

    def maybe_truth(self, spot: Spot | None, scope: RuleScope | None = None) -> Formula | None:
        """Return the formula of a condition, if there is one."""
        return self.truth(spot, scope) if spot else None

    def _formula(self, spot: Spot | None, scope: RuleScope, expects: Literal["number", "truth"]) -> Formula | None:
        if spot is None or not isinstance(spot.node, Scalar):
            return None
        try:
            formula = check(spot.node.text.rstrip(), spot.formula_place, scope, expects)
        except FormulaError as error:
            self.draft.problems.note(spot.relocate(self._explained(error.problem, spot.node.text, spot.formula_place)))
            self._used.update(self.scope.parameters)
            return None
        self._look_through(formula.node, spot.formula_place)
        self.draft.nouns.said.append(Said(formula, spot.formula_place, scope, self._ranges))
        return formula

    def _look_through(self, tree: Node, place: Place) -> None:
        for node in nodes(tree):
            if isinstance(node, Parameter):
                self._used.add(node.name)
            elif isinstance(node, Read):
                outside = isinstance(node.subject, Entity) and node.subject.name == OUTSIDE
                self.scope.nouns.read.add(f"{OUTSIDE}.{node.attribute}" if outside else node.attribute)
        if not draws(tree):
            return
        self._trees.append(tree)
        draw = repeated_unnamed_draw(self._trees)
        if draw is not None:
            self._trees.pop()
            self.draft.problems.add(place, "repeated-draw", _REPEATED.fill(kind=draw.kind))

    # ── effects ─────────────────────────────────────────────────────────────────────────────────────────────

    def effects(self, add: Spot | None, moved: Spot | None = None, on: str = "always") -> Effects:
        """Return what is added and what is moved; ``on`` picks transfers of a move."""
        return Effects(tuple(self._added(add)), tuple(self._moved(moved, on)))

    def _added(self, spot: Spot | None) -> Iterator[Effect]:
        items = list(spot.items()) if spot else []
        followers = [*(at for _, at in items[1:]), None]
        for (key, at), follower in zip(items, followers, strict=False):
            if at.is_empty or (follower is not None and follower.is_empty):
                continue  # cut in two by a comma, which has been told
            path = self._path(key, at.path_place)
            amount = self.number(at)
            if path is not None and self._may_change(path, at.path_place):
                yield Effect(path, amount, at.key_place)

    def _path(self, text: str, place: Place, length: int | None = None) -> Read | None:
        """Return what a path names; only ``length`` characters of it stand in the file."""
        try:
            return check_path(text, place, self.scope)
        except FormulaError as error:
            problem = self._explained(error.problem, text, place)
            beyond = length is not None and problem.place.column - place.column > length
            self.draft.problems.note(replace(problem, place=place) if beyond else problem)
            return None

    def _explained(self, problem: Problem, text: str, place: Place) -> Problem:
        """Return the problem; if a name is known to another rule pack, say so."""
        word = _WORD.match(text, max(problem.place.column - place.column, 0))
        pack = self.draft.hidden(word.group()) if word and problem.code in _OF_NAMES else ""
        if not pack or word is None:
            return problem
        message = NOT_USED.fill(name=word.group(), pack=pack, own=self.draft.pack)
        return Problem(problem.place, "pack-not-used", message)

    def _may_change(self, path: Read, place: Place) -> bool:
        name = path.subject.name if isinstance(path.subject, Entity) else ""
        if name == OUTSIDE or path.attribute in self.scope.nouns.derived or name in self.scope.cast.groups:
            self.draft.problems.add(place, "cannot-change", _CANNOT_CHANGE.fill(path=path))
            return False
        return True

    def _moved(self, spot: Spot | None, on: str) -> Iterator[Transfer]:
        if spot is None:
            return
        named = isinstance(spot.node, YamlMapping)
        for key, at in spot.items() if named else (("", each) for each in spot.each()):
            attribute = at.get("attribute")
            name, place = (key, at.key_place) if named or attribute is None else (_text(attribute), attribute.place)
            when = at.get("on")
            if name and (_text(when) if when else "always") == on:
                yield from self._transfer(name, place, at)

    def _transfer(self, attribute: str, place: Place, spot: Spot) -> Iterator[Transfer]:
        amount = self.number(spot.get("amount"))
        found = self.scope.nouns.attributes.get(attribute)
        if found is None and attribute not in self.scope.nouns.broken:
            self.draft.unknown(place, "attribute", attribute, self.scope.nouns.attributes)
            return
        if found is not None and (found.type is not AttributeType.STOCK or attribute in self.scope.nouns.derived):
            self.draft.problems.add(place, "cannot-move", _CANNOT_MOVE.fill(name=attribute))
        source, target = self._end(spot.get("from"), attribute), self._end(spot.get("to"), attribute)
        if source is not None and target is not None:
            if source.subject == target.subject:
                self.draft.problems.add(spot.at("to"), "same-ends", _SAME_ENDS)
            yield Transfer(attribute, source.subject, target.subject, amount, place)

    def _end(self, spot: Spot | None, attribute: str) -> Read | None:
        if spot is None or not isinstance(spot.node, Scalar):
            return None
        text = spot.node.text.strip()
        read = self._path(f"{text}.{attribute}", spot.formula_place, len(text))
        return read if read is not None and self._may_change(read, spot.place) else None

    # ── conditions ──────────────────────────────────────────────────────────────────────────────────────────

    def conditions(self, spot: Spot | None, scope: RuleScope) -> tuple[Requirement, ...]:
        """Return conditions of legality with their sentences."""
        return tuple(self._condition(each, scope) for each in spot.each()) if spot else ()

    def _condition(self, spot: Spot, scope: RuleScope) -> Requirement:
        if not isinstance(spot.node, YamlMapping):
            return Requirement(self.truth(spot, scope), None)
        check_at, words = spot.get("check"), spot.get("else")
        return Requirement(self.truth(check_at, scope), _words(words))

    def finish(self, spot: Spot | None) -> None:
        """Warn of parameters (under ``spot``) that no formula of the rule uses."""
        for name, at in spot.items() if spot else ():
            self._ranges[name] = _range(at)
            if name not in self._used:
                self.draft.problems.add(at.key_place, "unused-parameter", _UNUSED.fill(name=name))


def _text(spot: Spot) -> str:
    return spot.node.text if isinstance(spot.node, Scalar) else ""


def _range(spot: Spot) -> tuple[float, float]:
    """Return between which values a parameter lies; whoever wrote it badly has been told."""
    data = spot.node.plain()
    ends = [data.get(key) for key in ("low", "high")] if isinstance(data, dict) else []
    numbers = [float(end) for end in ends if isinstance(end, int | float)]
    return (min(numbers), max(numbers)) if len(numbers) == len(ends) == 2 else UNKNOWN


def _words(spot: Spot | None) -> Text | None:
    data = spot.node.plain() if spot else None
    good = isinstance(data, dict) and all(isinstance(data.get(k), str) and data[k] for k in ("en", "es"))
    return text_of(Words2.model_validate(data)) if good else None


_REPEATED: Final = Text(
    "a second '{kind}' in the same rule needs a name, as in {kind}(…, second)",
    "un segundo «{kind}» en la misma regla necesita un nombre, como en {kind}(…, second)",
)
_CANNOT_CHANGE: Final = Text(
    "'{path}' is computed or given from outside and cannot be changed; change what it is computed from",
    "«{path}» se calcula o viene de fuera y no se puede cambiar; cambie aquello de lo que se calcula",
)
_CANNOT_MOVE: Final = Text(
    "only stocks can be moved from one place to another; '{name}' is not one",
    "solo se pueden trasladar existencias; «{name}» no lo es",
)
_SAME_ENDS: Final = Text("'from' and 'to' are the same", "«from» y «to» son lo mismo")
_UNUSED: Final = Text("no formula of this rule uses '{name}'", "ninguna fórmula de esta regla usa «{name}»")
