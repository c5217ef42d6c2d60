"""The verbs of rule packs, checked and frozen: mechanisms, moves, events, doctrines and what they are made of.

Their nouns are in ``kinds``. Identifiers that formulas may name (entities, roles, parameters) are ``snake_case``;
identifiers of rules, moves, seats and scenarios are ``kebab-case``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.expression import Formula, Read, Subject
from wargame.model.kinds import Attribute
from wargame.model.text import Text


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of a rule that lenses, calibration and sensitivity may change within [low, high]."""

    name: str
    value: float
    low: float
    high: float
    basis: Basis
    place: Place
    """Where its value stands."""


# ── bindings: what a rule is about ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class EntityClause:
    """Binds a role to every entity of some kinds."""

    role: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieClause:
    """Binds a role to every tie of a type, and two more to its ends (roles already bound must agree)."""

    role: str
    tie: str
    source: str
    target: str
    once: bool = False
    """A symmetric tie is bound once, its ends in the order in which it was written: the rule treats both alike."""


Clause: TypeAlias = EntityClause | TieClause


@dataclass(frozen=True, slots=True)
class Binding:
    """Clauses joined on shared roles; ``only`` keeps roles to some kinds (``zone``) or tags (``#coca``) or ids.

    Different entity roles are bound to different entities.
    """

    clauses: tuple[Clause, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role, in the order in which it is first named."""
        names: dict[str, None] = {}
        for clause in self.clauses:
            if isinstance(clause, TieClause):
                names.update(dict.fromkeys((clause.source, clause.target, clause.role)))
            else:
                names[clause.role] = None
        return tuple(names)


# ── verbs: what changes the world ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Effect:
    """Add an amount to one attribute. ``path`` is a Read with lag 0."""

    path: Read
    amount: Formula
    place: Place


@dataclass(frozen=True, slots=True)
class Transfer:
    """Move an amount (≥ 0) of a stock from one subject to another; an over-subscribed source is rationed."""

    attribute: str
    source: Subject
    target: Subject
    amount: Formula
    place: Place


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything that happens together."""

    add: tuple[Effect, ...] = ()
    transfer: tuple[Transfer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.transfer)


@dataclass(frozen=True, slots=True)
class Derived:
    """A reading computed once a phase; never stored.

    Without ``over`` it is ``value`` for each entity that ``owner`` binds. With ``over`` it folds ``value`` over the
    bindings of ``over`` that share the owner (and pass ``where``); an empty fold is 0.
    """

    attribute: Attribute
    owner: EntityClause
    over: Binding | None
    fold: Literal["value", "sum", "max", "min", "mean", "count"]
    value: Formula
    where: Formula | None
    parameters: Mapping[str, Parameter]
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A causal rule that runs every turn, for each of its bindings, where ``when`` holds."""

    id: str
    pack: str
    title: Text
    text: Text | None
    binding: Binding
    when: Formula | None
    effects: Effects
    parameters: Mapping[str, Parameter]
    scale: Parameter
    """Multiplies every amount of the rule; 1 unless a lens, calibration or sensitivity run says otherwise."""
    off: bool
    """Runs only under a lens that switches it on."""
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of legality and the sentence that refuses an order when it fails (None: worded from the formula)."""

    check: Formula
    otherwise: Text | None


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Whole amounts that an order may name."""

    low: int
    high: int
    default: int
    title: Text


@dataclass(frozen=True, slots=True)
class Programme:
    """Effects that come ``after`` turns later (1 = next turn) and for ``length`` turns; read the world when due."""

    title: Text
    on: Literal["always", "success", "failure"]
    after: int
    length: int
    each: Effects


@dataclass(frozen=True, slots=True)
class Covert:
    """A move that other seats see only when exposed; ``exposed`` happens then."""

    exposure: Formula
    exposed: Effects


@dataclass(frozen=True, slots=True)
class Move:
    """What a seat may order. ``by``: kinds, ``#tags`` or entity ids of the actor, whose role is ``actor``.

    ``requires`` and ``cost`` read the actor only; ``where`` may read the targets. Without ``chance`` it succeeds.
    """

    id: str
    pack: str
    title: Text
    text: Text | None
    by: tuple[str, ...]
    target: Binding
    requires: tuple[Requirement, ...]
    where: tuple[Requirement, ...]
    amount: AmountRange | None
    cost: Mapping[str, Formula]
    """Resource attribute id of the actor → how much of it."""
    chance: Formula | None
    always: Effects
    success: Effects
    failure: Effects
    programmes: tuple[Programme, ...]
    covert: Covert | None
    cooldown: int
    """Turns after an order before the same actor may order the move again."""
    once: bool
    escalation: int
    tags: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    scale: Parameter
    basis: Basis
    place: Place
    stage: Literal["act", "convene"] = "act"
    """``convene``: about the agenda of a body, and so before votes are counted."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """Scales cost, odds or effects of moves while a condition holds; a named factor inside their ledger lines."""

    id: str
    pack: str
    title: Text
    text: Text | None
    moves: tuple[str, ...]
    """Move ids or ``#tags``."""
    by: tuple[str, ...]
    when: Formula | None
    cost: Formula | None
    odds: Formula | None
    effect: Formula | None
    parameters: Mapping[str, Parameter]
    off: bool
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Event:
    """An exogenous shock: for each binding where ``when`` holds, it happens with odds ``chance``."""

    id: str
    pack: str
    title: Text
    news: Text
    binding: Binding
    when: Formula | None
    chance: Formula
    effects: Effects
    once: bool
    cooldown: int
    public: bool
    parameters: Mapping[str, Parameter]
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Lens:
    """A named variant of parameters and mechanisms held by an author or school."""

    id: str
    title: Text
    text: Text
    held_by: Text
    parameters: Mapping[str, float]
    """``rule-id.parameter`` → value."""
    off: tuple[str, ...]
    on: tuple[str, ...]
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule pack's own card."""

    id: str
    title: Text
    text: Text
    uses: tuple[str, ...]
