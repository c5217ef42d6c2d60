"""Notices that lie over a screen for some seconds, and what lies below them once they have gone."""

from __future__ import annotations

from typing import Any

from wargame.tui.too_small import Cautious

_SECONDS = 5.0
"""How long a notice stays of which nothing else is said."""
_AFTER = 0.2
"""Seconds after the end of a notice by which it is taken off the screen."""


class Noticing(Cautious):
    """An app that draws its screen again after a notice: else its place stays as it was until a key is pressed."""

    def notify(self, message: str, *, timeout: float | None = None, **how: Any) -> None:
        """Show a notice for some seconds."""
        stays = _SECONDS if timeout is None else timeout
        super().notify(message, timeout=stays, **how)
        self.set_timer(stays + _AFTER, self._draw_again)

    def _draw_again(self) -> None:
        self.screen.refresh()
