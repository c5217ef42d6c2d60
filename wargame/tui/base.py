"""A screen on which others lie: the first one, and that of a session."""

from __future__ import annotations

from abc import abstractmethod

from textual.screen import Screen


class Base(Screen[None]):
    """A screen that is filled from what is so now, and says what is being worked at."""

    @abstractmethod
    def refill(self) -> None:
        """Fill what is shown with what is so now."""

    @abstractmethod
    def show_busy(self, what: str) -> None:
        """Say what is being worked at; nothing if empty."""
