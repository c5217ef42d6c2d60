"""What lies over a screen: the dimmed screen behind it is drawn once, and again only when something there changes.

A card is drawn several times while it opens, and at every key; without this the whole screen behind it would be, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RulesMap
from textual.events import ScreenResume
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.style import Style as Base
from textual.visual import RenderOptions, RichVisual, Visual

Result = TypeVar("Result")


class _Dimmed(BackgroundScreen):
    """A dimmed screen; a style is dimmed once, however many pieces of the screen have it."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """Return the pieces of a screen, dimmed."""
        found: dict[Style | None, Style | None] = {}
        for segment in segments:
            text, style, control = segment
            if style not in found:
                dimmed = super().process_segments([Segment(text, style)], color)
                found[style] = next(iter(dimmed)).style
            yield segment if control else Segment(text, found[style])


class _Behind(Visual):
    """The dimmed screen, with the picture that was made of it."""

    def __init__(self, over: ModalScreen[Result]) -> None:
        self._over = over
        self._screen = _Dimmed(over, over.styles.background)
        self._made: tuple[object, list[Strip]] | None = None

    def show(self, screen: BackgroundScreen) -> None:
        """Take another screen, or another colour."""
        if (screen.screen, screen.color) != (self._screen.screen, self._screen.color):
            self.forget()
            self._screen = _Dimmed(screen.screen, screen.color)

    def forget(self) -> None:
        """Draw it anew the next time."""
        self._made = None

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return how many lines the screen has."""
        return self._over.size.height

    def render_strips(self, width: int, height: int | None, style: Base, options: RenderOptions) -> list[Strip]:
        """Return the picture."""
        asked = (width, height, style)
        if self._made is None or self._made[0] != asked:
            drawn = RichVisual(self._over, self._screen).render_strips(width, height, style, options)
            self._made = asked, drawn
        return list(self._made[1])


class LaidOver(ModalScreen[Result]):
    """A screen that lies over another one."""

    def __init__(self) -> None:
        super().__init__()
        self._behind: _Behind | None = None

    def render(self) -> RenderableType | Visual:  # type: ignore[override]
        """Draw what is behind it."""
        drawn = super().render()
        if not isinstance(drawn, BackgroundScreen):
            return drawn
        if self._behind is None:
            self._behind = _Behind(self)
        self._behind.show(drawn)
        return self._behind

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> LaidOver[Result]:
        """Draw anew; regions are named by a screen behind it that has changed there."""
        if regions:
            self._forget()
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Look again at what is behind: it may have changed while another card lay over this one."""
        self._forget()

    def _forget(self) -> None:
        if self._behind is not None:
            self._behind.forget()
