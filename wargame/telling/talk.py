"""A conversation, whoever carries it: lines on a terminal, or a page of a screen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from wargame.model.text import Text
from wargame.telling.voice import Voice


class Talk(ABC):
    """Takes what is to be told, piece by piece, and asks."""

    voice: Voice

    def of(self, text: Text) -> str:
        """Return a text in the language of the conversation."""
        return self.voice.of(text)

    @abstractmethod
    def say(self, text: Text | str, indent: int = 0) -> None:
        """Say a paragraph."""

    @abstractmethod
    def head(self, text: Text | str) -> None:
        """Say a heading."""

    @abstractmethod
    def item(self, label: str, text: Text | str, indent: int = 0) -> None:
        """Say a paragraph that hangs from a label."""

    @abstractmethod
    def prose(self, text: Text) -> None:
        """Say authored text with its paragraphs."""

    @abstractmethod
    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Say a table: names in the first column, numbers in the others."""

    @abstractmethod
    def gap(self) -> None:
        """Leave a line empty."""

    @abstractmethod
    def ask(self, prompt: str) -> str | None:
        """Return what is answered, or None when nobody answers any more."""

    def confirm(self, question: Text) -> bool:
        """Ask whether something is to be done; where nobody sits at a terminal, what was typed is meant."""
        return True
