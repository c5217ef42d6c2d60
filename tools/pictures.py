"""Makes the pictures of the screens in ``docs/pictures`` by playing the application as a person would.

    python tools/pictures.py [FOLDER] [NAME…]

Seeds are fixed and the library is a temporary one. Each cell is drawn where it stands: braille, rules and bars as
shapes, words in whatever monospace font the reader has, so that a picture needs nothing from anywhere else.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.pilot import Pilot
from textual.strip import Strip

from wargame.model.text import Language
from wargame.session.library import Library
from wargame.tui.app import Asked, WargameApp

OUT = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZE = (140, 45)
PATIENCE = 120.0
CELL, LINE, LETTERS = 8, 17, 13.3
"""Width and height of a cell and size of the letters, in pixels."""
FONTS = "'DejaVu Sans Mono','Fira Code','Cascadia Mono','Liberation Mono',Menlo,Consolas,monospace"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the session, and the keys that lead to what is to be seen. ``wait`` waits for what is worked at."""

    name: str
    scenario: str
    seat: str
    language: Language
    keys: str


SHOTS = (
    Shot("situation", "venezuela-2019", "bogota", Language.ES, "4 f e enter 4 f e enter escape escape 2"),
    Shot("orders", "vraem-2020", "presidency", Language.EN, "4 p wait"),
    Shot("results", "vraem-2020", "presidency", Language.EN, "4 f down f e enter enter enter"),
)


def main(folder: Path, names: list[str]) -> None:
    """Make the pictures asked for, or all."""
    os.environ.pop("NO_COLOR", None)
    folder.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        if not names or shot.name in names:
            drawn = asyncio.run(take(shot))
            (folder / f"{shot.name}.svg").write_text(drawn, encoding="utf-8", newline="\n")


# ── playing ──────────────────────────────────────────────────────────────────────────────────────────────────


async def take(shot: Shot) -> str:
    """Play to where a picture is taken, and return it."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library.sqlite", create=True) as library:
        app = WargameApp(library, shot.language, Asked(shot.scenario, shot.seat, seed=7))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: app.play is not None and not app.busy)
            for key in shot.keys.split():
                if key == "wait":
                    await until(pilot, lambda: not is_asking(app))
                else:
                    await pilot.press(key)
                    await until(pilot, lambda: not app.busy)
            app.screen.refresh()
            await pilot.pause()
            return picture(strips_of(app))


def is_asking(app: WargameApp) -> bool:
    """Say whether a forecast is being worked out."""
    from wargame.tui.forecast import ForecastPanel

    return app.screen.query_one(ForecastPanel).is_asking


async def until(pilot: Pilot[None], so: Callable[[], bool]) -> None:
    """Wait for something to be so."""
    start = time.monotonic()
    while not so():
        if time.monotonic() - start > PATIENCE:
            raise TimeoutError("what was waited for never came")
        await pilot.pause(0.02)
    await pilot.pause()


def strips_of(app: WargameApp) -> list[Strip]:
    """Return what is drawn, one strip a line."""
    found = list(app.screen._compositor.render_strips())
    for one in app._filters:
        found = [strip.apply_filter(one, Color.parse("black")) for strip in found]
    return found


# ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run of cells is drawn."""

    front: str
    back: str
    bold: bool
    italic: bool
    underline: bool


def picture(strips: list[Strip]) -> str:
    """Return some lines as an SVG."""
    width, height = strips[0].cell_length * CELL, len(strips) * LINE
    ground = next(ink.back for _, _, ink in runs(strips[2]) if ink.back)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<style>text{{font-family:{FONTS};font-size:{LETTERS}px;white-space:pre}}"
        ".b{font-weight:bold}.i{font-style:italic}.u{text-decoration:underline}</style>",
        f'<rect width="{width}" height="{height}" fill="{ground}"/>',
    ]
    shapes: dict[str, list[str]] = {}
    words: list[str] = []
    for y, strip in enumerate(strips):
        for x, text, ink in runs(strip):
            if ink.back not in ("", ground):
                size = f'width="{cell_len(text) * CELL}" height="{LINE}"'
                parts.append(f'<rect x="{x * CELL}" y="{y * LINE}" {size} fill="{ink.back}"/>')
            for at, piece in pieces(text):
                left, top = (x + at) * CELL, y * LINE
                if shape := shape_of(piece, left, top):
                    shapes.setdefault(ink.front, []).append(shape)
                elif piece.strip():
                    words.append(word(piece, left, top, ink))
    parts += [f'<path fill="{color}" d="{"".join(found)}"/>' for color, found in shapes.items()]
    return "\n".join([*parts, *words, "</svg>", ""])


def runs(strip: Strip) -> Iterator[tuple[int, str, Ink]]:
    """Yield the runs of a line that are drawn alike: column, text, ink."""
    x = 0
    for segment in Segment.simplify(strip):
        if segment.text:
            yield x, segment.text, ink_of(segment.style or Style())
            x += cell_len(segment.text)


def ink_of(style: Style) -> Ink:
    """Return how a style is drawn."""
    front = style.color.get_truecolor().hex if style.color else "#d9e0e3"
    back = style.bgcolor.get_truecolor().hex if style.bgcolor else ""
    if style.reverse:
        front, back = back or "#0e1519", front
    return Ink(front, back, bool(style.bold), bool(style.italic), bool(style.underline))


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield words that stand one space apart as one piece, and every cell that is drawn as a shape on its own."""
    start = at = 0
    piece = ""
    for n, character in enumerate(text):
        two_spaces = character == " " and text[n + 1 : n + 2] in (" ", "")
        if is_shape(character) or two_spaces or (character == " " and not piece):
            if piece:
                yield start, piece
            piece = ""
            if is_shape(character):
                yield at, character
        else:
            start = start if piece else at
            piece += character
        at += cell_len(character)
    if piece:
        yield start, piece


def is_shape(character: str) -> bool:
    """Say whether a cell is drawn and not written."""
    return character in "─━│" or "▁" <= character <= "█" or "\u2800" <= character <= "\u28ff"


def shape_of(character: str, x: int, y: int) -> str:
    """Return the path of a cell that is drawn; empty for one that is written."""
    if len(character) != 1 or not is_shape(character):
        return ""
    if character in "─━":
        tall = 1 if character == "─" else 3
        return f"M{x} {y + (LINE - tall) // 2}h{CELL}v{tall}h-{CELL}z"
    if character == "│":
        return f"M{x + CELL // 2} {y}h1v{LINE}h-1z"
    if character <= "█":
        tall = (ord(character) - ord("▁") + 1) * LINE // 8
        return f"M{x} {y + LINE - tall}h{CELL - 1}v{tall}h-{CELL - 1}z"
    return "".join(f"M{x + 1 + c * 4} {y + 1 + r * 4}h2v2h-2z" for c, r in dots(ord(character) - 0x2800))


def dots(bits: int) -> Iterator[tuple[int, int]]:
    """Yield column and row of each dot of a braille cell."""
    for n, (column, row) in enumerate(((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))):
        if bits >> n & 1:
            yield column, row


def word(text: str, x: int, y: int, ink: Ink) -> str:
    """Return words as wide as their cells, whatever the font."""
    marks = "".join(mark for mark, so in (("b ", ink.bold), ("i ", ink.italic), ("u ", ink.underline)) if so).strip()
    kind = f' class="{marks}"' if marks else ""
    wide = cell_len(text) * CELL
    return (
        f'<text x="{x}" y="{y + LINE - 4}" textLength="{wide}" lengthAdjust="spacingAndGlyphs"{kind} '
        f'fill="{ink.front}">{escape(text)}</text>'
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT, sys.argv[2:])
