"""One way to refuse a formula: a code, a sentence in both languages, and the column it is about."""

from __future__ import annotations

from wargame.model.errors import FormulaError, Place, Problem
from wargame.model.text import Text


def refusal(place: Place, column: int, code: str, message: Text) -> FormulaError:
    """Return the error for the character at ``column`` (from 0) of a formula that begins at ``place``."""
    return FormulaError(Problem(place.shifted(column) if place.line else place, code, message))
