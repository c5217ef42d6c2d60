"""Pictures of telling screens as SVG, to be compared byte for byte. Make them anew, and look at each, with

    python -m tests.tui.snapshots [NAME…]

They are of the samples, whose content does not change with the shipped scenarios, and are drawn by ``tools/pictures``.
pytest-textual-snapshot is not used: it holds pytest below 9.
"""

from __future__ import annotations

import asyncio
import importlib.util
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tests.tui.support import LEAGUE, TOY, Table, table
from wargame.model.text import Language
from wargame.tui.app import Asked

FOLDER = Path(__file__).with_name("snapshots")
_ID, _HASH = re.compile(r"\b3[0-9a-z]{9}\b"), re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One picture: who plays what, in which language, size and theme, and how to come to what is shown."""

    name: str
    scenario: str
    seat: str
    language: Language
    size: tuple[int, int]
    theme: str
    play: Callable[[Table], Awaitable[None]]
    short: bool = False


async def _results(at: Table) -> None:
    await at.press(*"4fe", "enter", *"4fe", "enter", "6", "down", "enter", "enter")


async def _body(at: Table) -> None:
    await at.press("4", "f", "down", "down", "f", "down", "down", "f", "e", "enter", "escape", "5")


async def _count(at: Table) -> None:
    session = at.app.sitting.session  # type: ignore[union-attr]
    from tests.tui.test_afterwards import a_vote

    await a_vote(at)
    assert session.reports


async def _compared(at: Table) -> None:
    first = at.app.sitting.session.id  # type: ignore[union-attr]
    await at.press(*"4fe", "enter", *"4fe", "enter", "7", "b", "enter")
    await at.until(lambda: at.app.sitting.session.id != first and not at.app.busy)  # type: ignore[union-attr]
    await at.press("4", "down", "down", "f", "e", "enter", "7", "c", "enter", "tab")


async def _end(at: Table) -> None:
    while not at.app.sitting.session.ended:  # type: ignore[union-attr]
        await at.press(*"4fe", "enter")


SNAPSHOTS = (
    Snapshot("results", TOY, "presidency", Language.EN, (120, 40), "dark", _results),
    Snapshot("body", LEAGUE, "alba-cell", Language.ES, (100, 30), "light", _body),
    Snapshot("count", LEAGUE, "alba-cell", Language.EN, (80, 24), "mono", _count),
    Snapshot("compared", TOY, "presidency", Language.ES, (120, 40), "contrast", _compared),
    Snapshot("end", TOY, "presidency", Language.ES, (80, 24), "dark", _end, short=True),
)


def taken(snapshot: Snapshot) -> str:
    """Return a picture as it is now, without what differs from session to session."""
    found: list[str] = []

    async def take() -> None:
        asked = Asked(snapshot.scenario, snapshot.seat, seed=7, short=snapshot.short, theme=snapshot.theme)
        with tempfile.TemporaryDirectory() as folder:
            async with table(Path(folder), asked, snapshot.language, snapshot.size) as at:
                await snapshot.play(at)
                await at.pilot.pause()
                pictures = _pictures()
                found.append(pictures.picture(pictures.strips_of(at.app)))

    asyncio.run(take())
    return _HASH.sub("0" * 64, _ID.sub("3000000000", found[0]))


def _pictures() -> ModuleType:
    """Return the script that draws the pictures of the read-me file."""
    path = Path(__file__).resolve().parents[2] / "tools" / "pictures.py"
    spec = importlib.util.spec_from_file_location("pictures_of_screens", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for one in SNAPSHOTS:
        if not sys.argv[1:] or one.name in sys.argv[1:]:
            (FOLDER / f"{one.name}.svg").write_text(taken(one), encoding="utf-8", newline="\n")
