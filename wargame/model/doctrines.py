"""Doctrines: how a bot plays a seat, as rule packs say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wargame.model.agreements import NO_BARGAINING, Bargaining
from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.expression import Formula
from wargame.model.rules import Binding, Parameter
from wargame.model.text import Text


@dataclass(frozen=True, slots=True)
class Priority:
    """One thing a doctrine wants: a move, how much (reads actor), when, and for whom (reads actor and targets)."""

    move: str
    weight: Formula
    when: Formula | None
    prefer: Formula | None
    amount: int


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a doctrine adds to how its seat's members lean on proposals of one kind (reads ballot, member, proposal)."""

    binding: Binding
    when: Formula | None
    amount: Formula


@dataclass(frozen=True, slots=True)
class Doctrine:
    """How a bot plays a seat: weighted priorities, read from the seat's View."""

    id: str
    pack: str
    title: Text
    text: Text
    by: tuple[str, ...]
    """Kinds, tags or entity ids whose seats may play it."""
    priorities: tuple[Priority, ...]
    parameters: Mapping[str, Parameter]
    basis: Basis
    place: Place
    leanings: tuple[Leaning, ...] = ()
    bargaining: Bargaining = NO_BARGAINING
