"""What a formula may name, as the checker asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from wargame.model.kinds import Attribute, TieType


class Scope(Protocol):
    """The names that are known where a formula stands."""

    @property
    def allows_amount(self) -> bool:
        """Say whether ``amount`` may be used (moves with an amount)."""

    @property
    def allows_draws(self) -> bool:
        """Say whether ``chance`` and ``noise`` may be used."""

    def kinds_of(self, name: str) -> frozenset[str] | None:
        """Return the kinds or tie types that a role, entity or group may have; ``outside`` has kind ``outside``."""

    def reference(self, kind: str, name: str) -> frozenset[str] | None:
        """Return the kinds to which a reference of a kind may lead, or None if there is no such reference."""

    def attribute(self, kind: str, name: str) -> Attribute | None:
        """Return an attribute, derived reading, signal or series of a kind or tie type."""

    def tie(self, name: str) -> TieType | None:
        """Return a tie type."""

    def parameter(self, name: str) -> bool:
        """Say whether the rule has a parameter of this name."""

    def names(self) -> Iterable[str]:
        """Return every name usable here: roles, parameters, ties, references, attributes (for "did you mean")."""
