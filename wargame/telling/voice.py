"""In which language people are told things, and how that language writes numbers."""

from __future__ import annotations

from wargame.model.text import Language, Text

_NARROW = "\N{NO-BREAK SPACE}"
"""Stands within long numbers in Spanish, and never at the end of a line."""


class Voice:
    """Says texts and numbers in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def of(self, text: Text) -> str:
        """Return a text in the language."""
        return text.say(self.language)

    def number(self, value: float, decimals: int = 1) -> str:
        """Return a number as the language writes it, without idle zeros behind the comma."""
        shown = f"{value:,.{decimals}f}"
        return self._written(shown.rstrip("0").rstrip(".") if "." in shown else shown)

    def fixed(self, value: float, decimals: int) -> str:
        """Return a number with exactly so many decimals."""
        return self._written(f"{value:,.{decimals}f}")

    def percent(self, share: float, decimals: int = 1) -> str:
        """Return a share of one as a percentage with exactly so many decimals."""
        return f"{self.fixed(100 * share, decimals)} %"

    def signed(self, value: float, decimals: int = 1) -> str:
        """Return a change with its sign."""
        shown = self.number(value, decimals)
        return shown if shown.startswith("−") or shown == "0" else f"+{shown}"

    def _written(self, shown: str) -> str:
        """Put a true minus sign; in Spanish a decimal comma, and a space within numbers of five digits and more."""
        shown = shown if shown.strip("-0.,") else shown.lstrip("-")
        if self.language is Language.ES:
            whole, point, rest = shown.partition(".")
            groups = whole.split(",")
            whole = "".join(groups) if len(groups) == 2 and len(groups[0].lstrip("-")) == 1 else _NARROW.join(groups)
            shown = whole + ("," if point else "") + rest
        return shown.replace("-", "−")
