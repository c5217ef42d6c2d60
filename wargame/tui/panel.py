"""A panel: one title line with its rule, then rows. No boxes. One row may be the cursor's; Enter chooses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Blur, Click, Focus, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from wargame.tui.glyphs import drawn
from wargame.tui.ink import Line, cut, pad, styled, width_of
from wargame.tui.page import Block, lines_of

Draw = Callable[[int], Sequence[Line]]
"""Returns the lines of a row at a width."""
MARGIN = 2
"""Cells before each row, for the cursor."""
_SHORT = 11
"""Cells up to which what stands behind a title is kept even where the title gives way to it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: how it is drawn, under which key it is known, and whether the cursor stops there."""

    draw: Draw
    key: str = ""
    pick: bool = True


def text_row(line: Line, key: str = "", *, pick: bool = False) -> Row:
    """Return a row of one line that is cut where the panel ends."""
    return Row(lambda width: [cut(line, width)], key, pick)


def page_row(blocks: Iterable[Block]) -> Row:
    """Return a row that shows a page."""
    kept = tuple(blocks)
    return Row(lambda width: lines_of(kept, width), "", pick=False)


class Panel(Widget, can_focus=True):
    """A titled list of rows. It scrolls, keeps its cursor over changes of its rows, and says what is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "end_of(-1)", show=False),
        Binding("end", "end_of(1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    DEFAULT_CSS = """
    Panel { height: 1fr; width: 1fr; pointer: default; }
    """

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, panel: Panel, key: str) -> None:
            self.panel = panel
            self.key = key
            super().__init__()

        @property
        def control(self) -> Panel:
            """Return the panel."""
            return self.panel

    class Chosen(Moved):
        """A row was chosen."""

    def __init__(self, name: str, help_word: str = "") -> None:
        super().__init__(id=name)
        self.help_word = help_word
        """The word under which F1 explains the panel."""
        self.title = ""
        self.meta: Line = ()
        self.head: Draw | None = None
        self.rows: tuple[Row, ...] = ()
        self.at = 0
        """The position of the cursor in the rows."""
        self.top = 0
        """The first line that is shown."""
        self._drawn: dict[int, list[tuple[int, Line]]] = {}

    # ── what it shows ───────────────────────────────────────────────────────────────────────────────────────

    def show(self, title: str, rows: Iterable[Row], *, meta: Line = (), head: Draw | None = None) -> None:
        """Show other rows; the cursor stays on the row of the same key, if there is one."""
        key = self.key
        self.title, self.meta, self.head = title, meta, head
        self.rows = tuple(rows)
        self._drawn.clear()
        known = [i for i, row in enumerate(self.rows) if row.pick and row.key == key] if key else []
        picks = [i for i, row in enumerate(self.rows) if row.pick]
        self.at = known[0] if known else min(picks, key=lambda i: abs(i - self.at), default=0)
        self._keep_in_sight()
        self.refresh(layout=self.styles.is_auto_height)

    def show_page(self, title: str, blocks: Iterable[Block], *, meta: Line = ()) -> None:
        """Show words."""
        self.show(title, [page_row(blocks)], meta=meta)

    @property
    def key(self) -> str:
        """Return the key of the row under the cursor."""
        return self.rows[self.at].key if self.rows and self.at < len(self.rows) and self.rows[self.at].pick else ""

    def go_to(self, key: str) -> None:
        """Put the cursor on a row."""
        for i, row in enumerate(self.rows):
            if row.key == key and row.pick:
                self.at = i
                self._keep_in_sight()
                self.refresh()

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines everything takes."""
        return 1 + (1 if self.head else 0) + len(self._body(width))

    def _body(self, width: int) -> list[tuple[int, Line]]:
        """Return all lines, each with the position of its row."""
        if width not in self._drawn:
            self._drawn = {
                width: [(i, line) for i, row in enumerate(self.rows) for line in row.draw(max(width - MARGIN, 8))]
            }
        return self._drawn[width]

    def render(self) -> Content:
        """Draw the title and as many rows as there is room for."""
        width, height = self.size
        lines = [self._title_line(width)]
        if self.head is not None:
            lines += [((" " * MARGIN, ""), *line) for line in self.head(width - MARGIN)]
        body = self._body(width)
        room = height - len(lines)
        self.top = max(0, min(self.top, len(body) - room))
        previous = body[self.top - 1][0] if self.top else -1
        for i, line in body[self.top : self.top + room]:
            lines.append(self._row_line(i, line, width, first=i != previous))
            previous = i
        return content_of(lines)

    def _row_line(self, i: int, line: Line, width: int, *, first: bool) -> Line:
        here = i == self.at and self.rows[i].pick
        mark = (("► ", "bold $accent" if self.has_focus else "$dim"),) if here and first else ((" " * MARGIN, ""),)
        whole = (*mark, *cut(line, width - MARGIN))
        return styled(pad(whole, width), "on $raised") if here and self.has_focus else whole

    def _title_line(self, width: int) -> Line:
        if not self.title:
            return ()
        meta = self._meta(width)
        room = width - (width_of(meta) + 1 if meta else 0)
        title = self.title.upper()
        if self.has_focus:
            left: Line = (("► ", "bold $accent"), (title + " ", "bold $accent"))
            rule = (("━" * max(room - width_of(left), 0), "$accent"),)
        else:
            left = ((title + " ", "bold"),)
            rule = (("─" * max(room - width_of(left), 0), "$line"),)
        line = (*cut(left, room), *rule)
        return (*line, (" ", ""), *meta) if meta else line

    def _meta(self, width: int) -> Line:
        body, room = len(self._body(width)), self.size.height - 1 - (1 if self.head else 0)
        more = ("↑" if self.top else "") + ("↓" if body - self.top > room > 0 else "")
        meta = (*self.meta, (f" {more}", "bold $accent")) if more else self.meta
        spare = width - cell_len(self.title) - MARGIN - 2  # the title comes first; a short remark may shorten it
        fits = width_of(meta) <= max(spare, _SHORT if width_of(meta) < width - 8 else 0)
        return meta if fits else ((more, "bold $accent"),) if more else ()

    # ── moving ──────────────────────────────────────────────────────────────────────────────────────────────

    def _room(self) -> int:
        return max(self.size.height - 1 - (1 if self.head else 0), 1)

    def _picks(self) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.pick]

    def action_step(self, by: int) -> None:
        """Move the cursor, or scroll where there is none."""
        picks = self._picks()
        if not picks:
            self._scroll(by)
            return
        if self.at not in picks:
            self._move_to(picks[0])
            return
        place = picks.index(self.at) + by
        if 0 <= place < len(picks):
            self._move_to(picks[place])
        else:
            self._scroll(by)

    def action_page(self, by: int) -> None:
        """Move by as much as is shown."""
        picks = self._picks()
        if not picks:
            self._scroll(by * (self._room() - 1))
            return
        place = picks.index(self.at) if self.at in picks else 0
        self._move_to(picks[min(max(place + by * max(self._room() - 2, 1), 0), len(picks) - 1)])

    def action_end_of(self, by: int) -> None:
        """Move to the first or the last row."""
        picks = self._picks()
        if picks:
            self._move_to(picks[0 if by < 0 else -1])
        else:
            self._scroll(by * 10_000)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.key:
            self.post_message(self.Chosen(self, self.key))

    def _scroll(self, by: int) -> None:
        self.top = max(0, min(self.top + by, len(self._body(self.size.width)) - self._room()))
        self.refresh()

    def _move_to(self, place: int) -> None:
        self.at = place
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self, self.key))

    def _keep_in_sight(self) -> None:
        if self.size.height:  # it is laid out: until then nobody knows how wide rows are
            room = self._room()
            lines = [n for n, (i, _) in enumerate(self._body(self.size.width)) if i == self.at] or [self.top]
            self.top = min(max(self.top, lines[-1] - room + 1), lines[0])
        if self.at in self._picks()[:1]:
            self.top = 0

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────────

    def on_focus(self, event: Focus) -> None:
        """Show that keys go here."""
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """Show that keys go elsewhere."""
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight; whatever has another size is drawn anew without being told."""
        top = self.top
        self._keep_in_sight()
        if self.top != top:
            self.refresh()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll."""
        self._scroll(2)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll."""
        self._scroll(-2)

    def on_click(self, event: Click) -> None:
        """Put the cursor where was clicked; a second click there chooses."""
        line = event.y - 1 - (1 if self.head else 0) + self.top
        body = self._body(self.size.width)
        if event.y and 0 <= line < len(body) and self.rows[body[line][0]].pick:
            again = body[line][0] == self.at and self.has_focus
            self._move_to(body[line][0])
            if again or event.chain > 1:
                self.action_choose()


def content_of(lines: Iterable[Line]) -> Content:
    """Return lines as Textual draws them."""
    pieces: list[str | tuple[str, str]] = []
    for n, line in enumerate(lines):
        if n:
            pieces.append("\n")
        pieces += [(drawn(text), style) if style else drawn(text) for text, style in line if text]
    return Content.assemble(*pieces)
