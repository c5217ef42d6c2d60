"""Fills the tabs that are not shown while nobody types, part by part: they are there when they are asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.timer import Timer

from wargame.session import collector

if TYPE_CHECKING:
    from wargame.tui.play import Play
    from wargame.tui.views.view import View

_PAUSE, _BETWEEN = 0.4, 0.05
"""Seconds after a tab is drawn or a cursor moved, and after each part that is filled ahead, before the next part is."""
_REST = 2.0
"""Seconds without a key after which what takes longer is done."""


class Ahead:
    """Knows which tabs tell of now, and fills the others."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._timer: Timer | None = None
        self._begun: tuple[View, Iterator[None]] | None = None
        """A tab that is being filled, and what is left to be filled of it."""

    def is_filled(self, view: View) -> bool:
        """Say whether a tab tells of now; one that was begun ahead is filled to its end."""
        if view.filled != view.now:
            return False
        if self._begun is not None and self._begun[0] is view:
            deque(self._begun[1], maxlen=0)
            self._begun = None
        return True

    def fill(self, view: View) -> None:
        """Fill a tab at once."""
        self._begun = None
        view.filled = view.now
        view.refill()

    def wait(self) -> None:
        """Go on after a pause: somebody is at the keys."""
        self._go_on(_PAUSE)

    def _go_on(self, pause: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._play.set_timer(pause, self._fill_part)

    def _fill_part(self) -> None:
        play = self._play
        if play.room.sitting is None or play.room.busy or not play.is_active:
            return
        if self._begun is None or self._begun[0].filled != self._begun[0].now:
            stale = next((view for view in play.views if view.filled != view.now), None)
            if stale is None:
                self._timer = play.set_timer(_REST, self._tidy)
                return
            self._begun = stale, stale.parts()
            stale.filled = stale.now
        if next(self._begun[1], self) is self:
            self._begun = None
        self._go_on(_BETWEEN)

    def _tidy(self) -> None:
        """Do what takes long once somebody reads for a while."""
        if self._play.room.sitting is not None and not self._play.room.busy:
            self._play.sitting.circles  # noqa: B018  (worked out once a session)
            collector.go_through_if_due()
