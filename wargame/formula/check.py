"""Formulas against the ruleset: names, types and units. The first misfit is refused, with its column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from wargame.formula.functions import KEEPS_UNIT
from wargame.formula.parse import parse_marked, parse_subject
from wargame.formula.refusal import refusal
from wargame.formula.scope import Scope
from wargame.formula.suggest import did_you_mean
from wargame.formula.walk import draws
from wargame.model.errors import FormulaError, Place
from wargame.model.expression import (
    Amount,
    Arithmetic,
    Between,
    Call,
    Choice,
    Comparison,
    Draw,
    Entity,
    Formula,
    Junction,
    Negative,
    Node,
    Not,
    Parameter,
    Read,
    Subject,
)
from wargame.model.kinds import Attribute, AttributeType
from wargame.model.text import Text

Yield: TypeAlias = Literal["number", "truth"]


class Sort(NamedTuple):
    """What a part of a formula yields, and its unit ('' = none known)."""

    yields: Yield
    unit: str


_TRUTH: Final = Sort("truth", "")
_NUMBER: Final = Sort("number", "")


def check(text: str, place: Place, scope: Scope, expects: Yield) -> Formula:
    """Return the checked formula; raise FormulaError for the first thing that is wrong with it."""
    parsed = parse_marked(text, place)
    checking = _Checking(place, parsed.columns, scope)
    sort = checking.expect(parsed.node, expects)
    checking.refuse_repeated_draws(parsed.node)
    return Formula(parsed.node, text, sort.yields, sort.unit)


def check_path(text: str, place: Place, scope: Scope) -> Read:
    """Return the attribute that a path names (``z.crop_ha``, ``presence(actor, z).control``), as it is now."""
    parsed = parse_marked(text, place)
    if not isinstance(parsed.node, Read) or parsed.node.lag:
        raise refusal(place, 0, "wrong-path", _NOT_A_PATH)
    _Checking(place, parsed.columns, scope).attribute(parsed.node)
    return parsed.node


def check_subject(text: str, place: Place, scope: Scope) -> Subject:
    """Return the entity or tie that a text names (``z``, ``z.state``, ``presence(actor, z)``)."""
    subject, columns = parse_subject(text, place)
    _Checking(place, columns, scope).kinds(subject)
    return subject


def repeated_unnamed_draw(nodes: Iterable[Node]) -> Draw | None:
    """Return the second unnamed draw of a kind in the formulas of one rule, or None."""
    seen: set[str] = set()
    for draw in (draw for node in nodes for draw in draws(node) if draw.purpose == draw.kind):
        if draw.kind in seen:
            return draw
        seen.add(draw.kind)
    return None


class _Checking:
    """One pass over a tree."""

    def __init__(self, place: Place, columns: Mapping[int, tuple[int, ...]], scope: Scope) -> None:
        self.place = place
        self.columns = columns
        self.scope = scope

    # ── types and units ─────────────────────────────────────────────────────────────────────────────────────

    def expect(self, node: Node, yields: Yield) -> Sort:
        """Return the sort of a node that must yield a number or a truth value."""
        sort = self.sort(node)
        if sort.yields != yields:
            raise self._refuse(node, "wrong-type", _WANTS_NUMBER if yields == "number" else _WANTS_TRUTH)
        return sort

    def sort(self, node: Node) -> Sort:
        """Return what a node yields; raise FormulaError if anything in it does not fit."""
        match node:
            case Read():
                attribute = self.attribute(node)
                return _TRUTH if attribute.type is AttributeType.FLAG else Sort("number", attribute.unit)
            case Parameter():
                self._parameter(node)
            case Amount() if not self.scope.allows_amount:
                raise self._refuse(node, "amount-not-allowed", _NO_AMOUNT)
            case Draw():
                return self._draw(node)
            case Negative():
                return self.expect(node.operand, "number")
            case Arithmetic() | Comparison() | Call():
                return self._computed(node)
            case Junction() | Not() | Choice():
                return self._logical(node)
        return _NUMBER

    def _computed(self, node: Arithmetic | Comparison | Call) -> Sort:
        match node:
            case Comparison():
                self._common_unit((node.left, node.right))
                return _TRUTH
            case Arithmetic(operator="+" | "-"):
                return Sort("number", self._common_unit((node.left, node.right)))
            case Arithmetic():
                return self._scaled(node)
            case Call(function=function) if function in KEEPS_UNIT:
                return Sort("number", self._common_unit(node.arguments))
        for argument in node.arguments:
            self.expect(argument, "number")
        return _NUMBER

    def _scaled(self, node: Arithmetic) -> Sort:
        """A factor carries units of its own (points for each aircraft), so a product has none that is known."""
        self.expect(node.left, "number")
        self.expect(node.right, "number")
        return _NUMBER

    def _logical(self, node: Junction | Not | Choice) -> Sort:
        match node:
            case Junction():
                for operand in node.operands:
                    self.expect(operand, "truth")
                return _TRUTH
            case Not():
                return self.expect(node.operand, "truth")
        then = self.sort(node.then)
        self.expect(node.condition, "truth")
        otherwise = self.expect(node.otherwise, then.yields)
        units = {then.unit, otherwise.unit} - {""}
        return Sort(then.yields, units.pop() if len(units) == 1 else "")

    def _common_unit(self, nodes: tuple[Node, ...]) -> str:
        known = ""
        for node in nodes:
            unit = self.expect(node, "number").unit
            if unit and known and unit != known:
                raise self._refuse(node, "wrong-unit", _MIXED_UNITS.fill(left=known, right=unit))
            known = known or unit
        return known

    def _draw(self, node: Draw) -> Sort:
        if not self.scope.allows_draws:
            raise self._refuse(node, "draw-not-allowed", _NO_DRAWS)
        self.expect(node.argument, "number")
        return _TRUTH if node.kind == "chance" else _NUMBER

    def refuse_repeated_draws(self, node: Node) -> None:
        """Refuse a second unnamed draw of the same kind."""
        draw = repeated_unnamed_draw([node])
        if draw is not None:
            raise self._refuse(draw, "repeated-draw", _REPEATED_DRAW.fill(kind=draw.kind))

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────────

    def attribute(self, read: Read) -> Attribute:
        """Return the attribute that is read, which every kind its subject may have must know."""
        found = [self._attribute_of(kind, read) for kind in sorted(self.kinds(read.subject))]
        if len({attribute.type is AttributeType.FLAG for attribute in found}) > 1:
            raise self._refuse(read, "wrong-type", _MIXED_TYPES.fill(name=read.attribute), at=1)
        return found[0]

    def kinds(self, subject: Subject) -> frozenset[str]:
        """Return the kinds or the tie type that a subject may have."""
        return self._tie(subject) if isinstance(subject, Between) else self._entity(subject)

    def _attribute_of(self, kind: str, read: Read) -> Attribute:
        attribute = self.scope.attribute(kind, read.attribute)
        if attribute is not None:
            return attribute
        if self.scope.reference(kind, read.attribute) is not None:
            message = _REFERENCE_ALONE.fill(path=str(read))
        else:
            known = (name for name in self.scope.names() if self.scope.attribute(kind, name) is not None)
            hint = did_you_mean(read.attribute, known)
            message = _UNKNOWN_ATTRIBUTE.fill(kind=kind, name=read.attribute, hint=hint)
        raise self._refuse(read, "unknown-attribute", message, at=1)

    def _entity(self, entity: Entity) -> frozenset[str]:
        kinds = self.scope.kinds_of(entity.name)
        if kinds is None:
            known = (name for name in self.scope.names() if self.scope.kinds_of(name) is not None)
            raise self._unknown(entity, entity.name, known)
        for at, name in enumerate(entity.references, start=1):
            kinds = frozenset().union(*(self._reference(kind, name, entity, at) for kind in sorted(kinds)))
        if not kinds:
            raise self._refuse(entity, "empty-role", _EMPTY_ROLE.fill(name=str(entity)))
        return kinds

    def _reference(self, kind: str, name: str, entity: Entity, at: int) -> frozenset[str]:
        kinds = self.scope.reference(kind, name)
        if kinds is None:
            known = (other for other in self.scope.names() if self.scope.reference(kind, other) is not None)
            hint = did_you_mean(name, known)
            raise self._refuse(
                entity, "unknown-reference", _UNKNOWN_REFERENCE.fill(kind=kind, name=name, hint=hint), at=at
            )
        return kinds

    def _tie(self, between: Between) -> frozenset[str]:
        tie = self.scope.tie(between.tie)
        if tie is None:
            hint = did_you_mean(between.tie, (name for name in self.scope.names() if self.scope.tie(name)))
            raise self._refuse(between, "unknown-tie", _UNKNOWN_TIE.fill(tie=between.tie, hint=hint))
        source, target = self._entity(between.source), self._entity(between.target)
        fits = bool(source & set(tie.source_kinds)) and bool(target & set(tie.target_kinds))
        turned = bool(target & set(tie.source_kinds)) and bool(source & set(tie.target_kinds))
        if not fits and not (tie.symmetric and turned):
            raise self._refuse(between, "wrong-tie", _WRONG_ENDS.fill(
                tie=tie.id, sources=", ".join(tie.source_kinds), targets=", ".join(tie.target_kinds)))  # fmt: skip
        return frozenset((tie.id,))

    def _parameter(self, node: Parameter) -> None:
        if self.scope.parameter(node.name):
            return
        if self.scope.kinds_of(node.name) is not None:
            raise self._refuse(node, "wrong-type", _ROLE_ALONE.fill(name=node.name))
        known = [n for n in self.scope.names() if self.scope.parameter(n) or self.scope.kinds_of(n) is not None]
        raise self._unknown(node, node.name, [*known, "turn", *(["amount"] if self.scope.allows_amount else [])])

    def _unknown(self, part: Node | Subject, name: str, known: Iterable[str]) -> FormulaError:
        return self._refuse(part, "unknown-name", _UNKNOWN_NAME.fill(name=name, hint=did_you_mean(name, known)))

    def _refuse(self, part: Node | Subject, code: str, message: Text, at: int = 0) -> FormulaError:
        return refusal(self.place, self.columns[id(part)][at], code, message)


_WANTS_NUMBER: Final = Text(
    "a number is expected here, but this is a condition (or a flag)",
    "aquí se espera un número, pero esto es una condición (o un indicador de sí o no)",
)
_WANTS_TRUTH: Final = Text(
    "a condition is expected here, but this is a number; compare it with something, as in 'x > 0'",
    "aquí se espera una condición, pero esto es un número; compárelo con algo, como en «x > 0»",
)
_MIXED_UNITS: Final = Text(
    "these cannot be added or compared: one is in {left}, the other in {right}",
    "no se pueden sumar ni comparar: lo uno está en {left} y lo otro en {right}",
)
_MIXED_TYPES: Final = Text(
    "'{name}' is a flag for some of the kinds named here and a number for others",
    "«{name}» es un indicador de sí o no en unos de los tipos nombrados aquí y un número en otros",
)
_NO_AMOUNT: Final = Text(
    "'amount' can be used only in a move that declares an amount",
    "«amount» solo se puede usar en una jugada que declare una cantidad",
)
_NO_DRAWS: Final = Text("chance and noise cannot be used here", "aquí no se pueden usar chance ni noise")
_REPEATED_DRAW: Final = Text(
    "a second '{kind}' in the same rule needs a name, as in {kind}(…, second)",
    "un segundo «{kind}» en la misma regla necesita un nombre, como en {kind}(…, second)",
)
_NOT_A_PATH: Final = Text(
    "expected one attribute as it is now, such as 'z.crop_ha' or 'presence(actor, z).control'",
    "se esperaba un atributo tal como es ahora, como «z.crop_ha» o «presence(actor, z).control»",
)
_REFERENCE_ALONE: Final = Text(
    "'{path}' is an entity; name one of its attributes, as in '{path}.…'",
    "«{path}» es una entidad; nombre uno de sus atributos, como en «{path}.…»",
)
_ROLE_ALONE: Final = Text(
    "'{name}' is an entity; name one of its attributes, as in '{name}.…'",
    "«{name}» es una entidad; nombre uno de sus atributos, como en «{name}.…»",
)
_EMPTY_ROLE: Final = Text("no entity can be '{name}'", "ninguna entidad puede ser «{name}»")
_UNKNOWN_NAME: Final = Text("the name '{name}' is not known here{hint}", "aquí no se conoce el nombre «{name}»{hint}")
_UNKNOWN_ATTRIBUTE: Final = Text(
    "'{kind}' has no attribute '{name}'{hint}", "«{kind}» no tiene el atributo «{name}»{hint}"
)
_UNKNOWN_REFERENCE: Final = Text(
    "'{kind}' has no reference '{name}'{hint}", "«{kind}» no tiene la referencia «{name}»{hint}"
)
_UNKNOWN_TIE: Final = Text("there is no tie type '{tie}'{hint}", "no existe el tipo de vínculo «{tie}»{hint}")
_WRONG_ENDS: Final = Text(
    "'{tie}' goes from {sources} to {targets}; these two ends cannot have it",
    "«{tie}» va de {sources} a {targets}; estos dos extremos no pueden tenerlo",
)
