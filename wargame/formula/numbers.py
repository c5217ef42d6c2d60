"""Numbers as people read them: a true minus sign, and the decimal comma in Spanish."""

from __future__ import annotations

import re
from typing import Final

from wargame.model.text import Language

_SIGNIFICANT: Final = 4
_MOST_DECIMALS: Final = 6
_PLAIN: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


def shown(value: float, language: Language, decimals: int | None = None) -> str:
    """Return a number with so many decimals, or (None) with four significant digits and no idle zeros."""
    text = _strip_zeros(f"{value:.{_needed_decimals(value)}f}") if decimals is None else f"{value:.{decimals}f}"
    if not text.strip("-0."):
        text = text.lstrip("-")
    return _localised(text, language)


def literal(text: str, value: float, language: Language) -> str:
    """Return a number as its author wrote it, if that is plain to read."""
    return _localised(text, language) if _PLAIN.fullmatch(text) else shown(value, language)


def _needed_decimals(value: float) -> int:
    exponent = int(f"{value:.{_SIGNIFICANT - 1}e}".partition("e")[2])
    return max(0, min(_MOST_DECIMALS, _SIGNIFICANT - 1 - exponent))


def _strip_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _localised(text: str, language: Language) -> str:
    text = text.replace("-", "−")
    return text.replace(".", ",") if language is Language.ES else text
