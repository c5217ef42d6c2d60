"""The screens as their tests use them: opened without a terminal, driven by keys, read as text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from textual.pilot import Pilot
from textual.strip import Strip

from wargame.model.text import Language
from wargame.session.library import Library
from wargame.tui.app import Asked, WargameApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "scenarios"
TOY, LEAGUE, ACCORD = (str(SAMPLES / name) for name in ("toy-valley", "toy-league", "toy-accord"))
SIZES = ((80, 24), (120, 40), (200, 60))
PATIENCE = 120.0


class Table:
    """An app under test."""

    def __init__(self, app: WargameApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until what they began is over."""
        for key in keys:
            await self.pilot.press(key)
        await self.until(lambda: not self.app.busy)

    async def until(self, so: Callable[[], object]) -> None:
        """Wait for something to be so."""
        start = time.monotonic()
        while not so():
            assert time.monotonic() - start < PATIENCE, f"it never came:\n{self.text}"
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    @property
    def strips(self) -> list[Strip]:
        """What is drawn."""
        return list(self.app.screen._compositor.render_strips())

    @property
    def lines(self) -> list[str]:
        """What is drawn, as plain lines."""
        return ["".join(segment.text for segment in strip) for strip in self.strips]

    @property
    def notices(self) -> list[str]:
        """What was said beside the screens."""
        return [notice.message for notice in self.app._notifications]

    @property
    def text(self) -> str:
        """What is drawn, as plain text."""
        return "\n".join(self.lines)


@asynccontextmanager
async def table(
    folder: Path,
    asked: Asked,
    language: Language = Language.EN,
    size: tuple[int, int] = (120, 40),
    *,
    moving: bool = False,
) -> AsyncIterator[Table]:
    """Open the screens; wait for the session if one was asked for."""
    with Library(folder / "library.sqlite", create=True) as library:
        app = WargameApp(library, language, asked)
        app.animation_level = "full" if moving else "none"
        async with app.run_test(size=size) as pilot:
            found = Table(app, pilot)
            if asked.seat or asked.resume:
                await found.until(lambda: app.play is not None and not app.busy)
            yield found


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run an asynchronous test."""

    async def whole() -> None:
        await test()

    asyncio.run(whole())
