"""``for``, ``over``, ``target`` and ``only`` → a Binding, and the kinds that each of its roles may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wargame.content.draft import Draft
from wargame.content.schema_parts import SNAKE
from wargame.content.scope import ANY
from wargame.content.spots import Spot
from wargame.content.yaml_source import Scalar
from wargame.model.errors import Place
from wargame.model.kinds import TieType
from wargame.model.rules import Binding, Clause, EntityClause, TieClause
from wargame.model.text import Text

ACTOR: Final = "actor"
_ENDS: Final = ("from", "to")
_PAIR: Final = ("between", "and")
"""The ends of a symmetric tie that is bound once, for a rule that treats both alike."""


@dataclass
class Roles:
    """Reads clauses one by one and knows what each role may be by then."""

    draft: Draft
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    clauses: list[Clause] = field(default_factory=list)
    only: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def binding(self) -> Binding:
        """Return the binding read so far."""
        return Binding(tuple(self.clauses), self.only)

    def read(self, clauses: Spot | None, only: Spot | None) -> Binding:
        """Return the binding of a rule."""
        for spot in clauses.each() if clauses else ():
            self._clause(spot)
        for role, at in only.items() if only else ():
            self._keep(role, at)
        self._check_even(only)
        return self.binding()

    def _check_even(self, only: Spot | None) -> None:
        """Note a pair whose ends are kept to different actors: which is which depends on how the tie was written."""
        for clause in self.clauses:
            if isinstance(clause, TieClause) and clause.once:
                source, target = (self.only.get(role, ()) for role in (clause.source, clause.target))
                if only is not None and sorted(source) != sorted(target):
                    message = _UNEVEN.fill(source=clause.source, target=clause.target)
                    self.draft.problems.add(only.key_place, "wrong-pair", message)

    # ── clauses ─────────────────────────────────────────────────────────────────────────────────────────────

    def _clause(self, spot: Spot) -> None:
        keys = dict(spot.items())
        names = [k for k in keys if k not in (*_ENDS, *_PAIR)]
        ties = [k for k in names if k in self.draft.nouns.ties]
        if ties or len(names) < len(keys):
            self._tie_clause(keys, names, spot)
            return
        for name in names:
            self._entity_clause(name, keys[name])

    def _entity_clause(self, name: str, spot: Spot) -> None:
        kinds = []
        for kind in (part.strip() for part in name.split("|")):
            if kind in self.draft.nouns.kinds or kind in self.draft.nouns.broken:
                kinds.append(kind)
            else:
                known = [*self.draft.nouns.kinds, *self.draft.nouns.ties]
                self.draft.unknown(spot.key_place, "binding", kind, known)
        role = self._role(spot)
        if role:
            broken = not kinds or any(k in self.draft.nouns.broken for k in kinds)
            self._narrow(role, frozenset((ANY,) if broken else kinds), spot.place)
            self.clauses.append(EntityClause(role, tuple(kinds)))

    def _tie_clause(self, keys: Mapping[str, Spot], names: list[str], spot: Spot) -> None:
        tie = self.draft.nouns.ties.get(names[0]) if len(names) == 1 else None
        if tie is None:
            self._refuse_tie(keys, names, spot)
        once = any(end in keys for end in _PAIR)
        ends = _PAIR if once else _ENDS
        for end in ends:
            if end not in keys:
                self.draft.problems.add(spot.place, "missing-end", _MISSING_END.fill(end=end))
        if once:
            self._check_pair(keys, tie)
        role = self._role(keys[names[0]]) if names else ""
        source, target = (self._role(keys[end], end=True) if end in keys else "" for end in ends)
        for name, kinds, end in zip((source, target), _ends_of(tie), ends, strict=True):
            if name:
                self._narrow(name, kinds, keys[end].place)
        if role:
            self._take_tie_role(role, tie, keys[names[0]].place)
        if tie is not None and role and source and target:
            self.clauses.append(TieClause(role, tie.id, source, target, once))

    def _check_pair(self, keys: Mapping[str, Spot], tie: TieType | None) -> None:
        """Note a pair of a tie that has a direction, or one of whose ends an earlier clause has already chosen."""
        if any(end in keys for end in _ENDS) or (tie is not None and not tie.symmetric):
            self.draft.problems.add(keys[next(end for end in _PAIR if end in keys)].place, "wrong-pair", _WRONG_PAIR)
        for end in _PAIR:
            node = keys[end].node if end in keys else None
            if isinstance(node, Scalar) and node.text in self.kinds:
                self.draft.problems.add(keys[end].place, "wrong-pair", _CHOSEN_BEFORE.fill(role=node.text))

    def _refuse_tie(self, keys: Mapping[str, Spot], names: list[str], spot: Spot) -> None:
        if len(names) == 1:
            if names[0] not in self.draft.nouns.broken:
                self.draft.unknown(keys[names[0]].key_place, "tie", names[0], self.draft.nouns.ties)
        else:
            self.draft.problems.add(spot.place, "wrong-clause", _ONE_TIE)

    def _take_tie_role(self, role: str, tie: TieType | None, place: Place) -> None:
        if role in self.kinds:
            self.draft.problems.add(place, "role-taken", _ROLE_TAKEN.fill(role=role))
        self.kinds[role] = frozenset((tie.id if tie else ANY,))

    def _role(self, spot: Spot, *, end: bool = False) -> str:
        role = spot.node.text if isinstance(spot.node, Scalar) else ""
        if not re.fullmatch(SNAKE, role):
            self.draft.problems.add(spot.place, "wrong-role", _WRONG_ROLE.fill(role=role))
            return ""
        if not (end and role == ACTOR and ACTOR in self.kinds):
            self.draft.refuse_reserved(role, spot.place)
        if role in self.draft.cast.kinds or role in self.draft.cast.groups:
            self.draft.problems.add(spot.place, "role-taken", _ROLE_IS_ENTITY.fill(role=role))
        return role

    def _narrow(self, role: str, kinds: frozenset[str], place: Place) -> None:
        before = self.kinds.get(role, frozenset((ANY,)))
        if role == ACTOR and ANY in before:
            return  # picked by a tag that no scenario explains: whoever has it, the tie does not say who
        if ANY in before or ANY in kinds:
            self.kinds[role] = kinds if ANY in before else before
            return
        self.kinds[role] = before & kinds
        if not self.kinds[role]:
            self.kinds[role] = frozenset((ANY,))
            expected, given = ", ".join(sorted(kinds)), ", ".join(sorted(before))
            self.draft.problems.add(place, "empty-role", _EMPTY.fill(role=role, given=given, expected=expected))

    # ── only ────────────────────────────────────────────────────────────────────────────────────────────────

    def _keep(self, role: str, spot: Spot) -> None:
        before = self.kinds.get(role)
        if before is None:
            self.draft.unknown(spot.key_place, "role", role, self.kinds)
            return
        if role == ACTOR or any(kind in self.draft.nouns.ties for kind in before):
            self.draft.problems.add(spot.key_place, "wrong-only", _WRONG_ONLY.fill(role=role))
            return
        self.kinds[role] = self.draft.kinds_chosen(spot, before) or before
        self.only[role] = tuple(name for name, _ in spot.words())


def _ends_of(tie: TieType | None) -> tuple[frozenset[str], frozenset[str]]:
    if tie is None:
        return frozenset((ANY,)), frozenset((ANY,))
    sources, targets = frozenset(tie.source_kinds), frozenset(tie.target_kinds)
    return (sources | targets, sources | targets) if tie.symmetric else (sources, targets)


_ONE_TIE: Final = Text(
    "a clause names one tie with its ends, as in {{presence: p, from: a, to: z}}",
    "una cláusula nombra un vínculo con sus extremos: {{presence: p, from: a, to: z}}",
).fill()
_MISSING_END: Final = Text(
    "'{end}' is missing: a clause about a tie names both its ends",
    "falta «{end}»: una cláusula sobre un vínculo nombra sus dos extremos",
)
_WRONG_PAIR: Final = Text(
    "'between … and' is for ties that read the same from both ends; this one goes 'from' one end 'to' the other",
    "«between … and» es para vínculos que se leen igual desde los dos extremos; este va de uno («from») a otro («to»)",
)
_CHOSEN_BEFORE: Final = Text(
    "'{role}' is chosen before, so this pair would be missed where it was written the other way round: put the clause "
    "first, or say 'from' and 'to'",
    "«{role}» ya está elegido, y este par se perdería si se escribió al revés: ponga la cláusula al principio, o use "
    "«from» y «to»",
)
_UNEVEN: Final = Text(
    "'{source}' and '{target}' are one pair, so 'only' has to keep both to the same; else say 'from' and 'to'",
    "«{source}» y «{target}» son un par, así que «only» debe limitar los dos a lo mismo; si no, use «from» y «to»",
)
_ROLE_TAKEN: Final = Text("the role '{role}' is already taken", "el papel «{role}» ya está tomado")
_ROLE_IS_ENTITY: Final = Text(
    "'{role}' is already the name of an entity or group", "«{role}» ya es el nombre de una entidad o un grupo"
)
_WRONG_ROLE: Final = Text(
    "'{role}' cannot be a role: roles are short names such as z or here",
    "«{role}» no puede ser un papel: los papeles son nombres cortos como z o here",
)
_EMPTY: Final = Text(
    "nothing can be '{role}' here: it is {given} elsewhere in this rule, and {expected} here",
    "nada puede ser «{role}» aquí: en otra parte de esta regla es {given}, y aquí {expected}",
)
_WRONG_ONLY: Final = Text(
    "'only' keeps roles of entities; '{role}' is not one (for the acting actor use 'by')",
    "«only» limita papeles de entidades; «{role}» no lo es (para quien actúa use «by»)",
)
