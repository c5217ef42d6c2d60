"""What every entry of the rulebook has: a title, what it is about, what it changes, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from wargame.content.chapters import Volume
from wargame.content.sources import cite
from wargame.model.basis import Basis
from wargame.model.expression import Formula
from wargame.model.rules import Effects, Parameter
from wargame.model.text import Text, join, same, unfilled
from wargame.telling.rule_words import RuleWords
from wargame.telling.voice import Voice


class EntryWriting:
    """Writes what every entry of a chapter has."""

    def __init__(self, voice: Voice, chapter: Volume) -> None:
        self.voice = voice
        self.chapter = chapter
        self.ruleset = chapter.ruleset
        self.words = RuleWords(voice, chapter.ruleset)

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the language of the book."""
        return self.voice.of(text.fill(**values) if values else text)

    def head(self, entry: Any, name: str, title: Text, text: Text | None = None) -> Iterator[str]:
        """Yield the title of an entry, its name, and its text."""
        yield from (f"#### {self.say(unfilled(title, _role))} `{name}`", "")
        if text is not None:
            yield from (self.say(unfilled(text, _role)), "")

    def foot(self, basis: Basis, parameters: Mapping[str, Parameter] | None = None) -> Iterator[str]:
        """Yield the parameters of an entry, and on what it rests."""
        for parameter in (parameters or {}).values():
            yield f"- {self._parameter(parameter)}"
        rests = self._basis(basis)
        if rests:
            yield f"- {rests}"
        yield ""

    def _parameter(self, parameter: Parameter) -> str:
        number = self.voice.number
        span = self.say(
            _RANGE,
            value=number(parameter.value, 6),
            low=number(parameter.low, 6),
            high=number(parameter.high, 6),
        )
        rests = self._basis(parameter.basis)
        return f"*{parameter.name}* = {span}" + (f" {rests}" if rests else "")

    def _basis(self, basis: Basis) -> str:
        parts = []
        if basis.sources:
            parts.append(self.say(_SOURCES, all=join([cite(name) for name in basis.sources], "; ")))
        if basis.assumption is not None:
            parts.append(self.say(_ASSUMED, what=basis.assumption))
        if basis.confidence is not None:
            parts.append(self.say(_CONFIDENCE, how=_HOW_SURE[basis.confidence]))
        return " ".join(parts)

    def about(self, entry: Any) -> Iterator[str]:
        """Yield for what a rule holds, and while what does."""
        about = self.words.binding(entry.binding)
        if about:
            yield f"- {self.say(_FOR, what=about)}"
        if getattr(entry, "when", None) is not None:
            yield f"- {self.say(WHEN, what=self.words.of(entry.when))}"

    def changes(self, effects: Effects, label: Text | None = None, rule: str = "") -> Iterator[str]:
        """Yield what some effects change, line by line."""
        before = f"{self.say(label)}: " if label is not None else ""
        for effect in effects.add:
            yield f"- {before}**{self.words.path(effect.path)}**: {self._amount(effect.amount)}"
        for moved in effects.transfer:
            yield (
                "- "
                + before
                + self.say(
                    _MOVED,
                    what=self.words.attribute(moved.attribute),
                    source=same(self.words.subject(moved.source)),
                    target=same(self.words.subject(moved.target)),
                    amount=same(self.words.of(moved.amount)),
                )
            )

    def _amount(self, formula: Formula) -> str:
        text = self.words.of(formula)
        return text if text.startswith("−") else f"+ {text}"


_RANGE: Final = Text("{value} ({low} to {high}).", "{value} (de {low} a {high}).")
_SOURCES: Final = Text("Sources: {all}.", "Fuentes: {all}.")
_ASSUMED: Final = Text("Assumed: {what}.", "Supuesto: {what}.")
_CONFIDENCE: Final = Text("Direction {how}.", "Dirección {how}.")
_HOW_SURE: Final = {
    "high": Text("well supported", "bien respaldada"),
    "medium": Text("supported", "respaldada"),
    "low": Text("weakly supported", "poco respaldada"),
}
_FOR: Final = Text("For {what}.", "Para {what}.")
WHEN: Final = Text("While {what}.", "Mientras {what}.")
_MOVED: Final = Text(
    "**{what}** goes from {source} to {target}: {amount}", "**{what}** pasa de {source} a {target}: {amount}"
)


def _role(name: str) -> str:
    return f"*{name}*"
