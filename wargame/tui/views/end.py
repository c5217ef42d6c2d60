"""The end: how it ended and why, what was reached, what was believed and what was true, what really happened."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.text import Text
from wargame.telling import ending, hindsight
from wargame.telling.figures import without_unit
from wargame.tui.commands import BY_NAME
from wargame.tui.dialogs import Writer
from wargame.tui.ink import Line, columns, dim, fixed
from wargame.tui.named import Named
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, page_row, text_row
from wargame.tui.views.reached import reached_rows, scores_rows, standing_rows
from wargame.tui.views.view import View

if TYPE_CHECKING:
    from wargame.telling.weighed import Weighed


class End(View):
    """Meaning, then learning."""

    tab, title, first = "end", Text("End", "Final"), "ending"
    follows_orders = False
    footer: ClassVar[tuple[str, ...]] = ("weigh", "report", "try-again", "sources", "home", "commands")

    def __init__(self) -> None:
        super().__init__()
        self._weighed: Weighed | None = None
        self._report_in: Path | None = None
        """Where the report was written, once it was."""

    def compose(self) -> ComposeResult:
        """Lay out the ending beside what was true."""
        with Horizontal():
            with Vertical(id="end-left", classes="column"):
                yield Panel("ending")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Panel("truth")
                yield Panel("course")
                yield Panel("hindsight")

    def parts(self) -> Iterator[None]:
        """Fill the panels."""
        session = self.sitting.session
        if not session.ended:
            return
        game = self.sitting.game
        blocks = self.sitting.told(lambda: ending.tell_ending(game))
        heads = [i for i, block in enumerate(blocks) if block.kind == "head"]
        sections = [blocks[a:b] for a, b in zip(heads, [*heads[1:], len(blocks)], strict=True)]
        how = sections[0]
        rows = [page_row(how[1:]), *reached_rows(game), *scores_rows(game)]
        if self._weighed is not None and self.has_room:
            rows += standing_rows(self.sitting, self._weighed.standing)
        self.panel("ending").show(how[0].text, [*rows, text_row(()), page_row(self.what_now())])
        yield
        self._show_truth()
        yield
        course = [block for section in (*sections[4:], *sections[3:][:1]) for block in section]
        self.panel("course").display = bool(course)
        self.panel("course").show_page(course[0].text if course else "", course[1:])
        if self._weighed is None:
            self.panel("hindsight").show_page(self.of(_HINDSIGHT), [Block("say", self.of(_ASK), indent=1)])

    @property
    def has_room(self) -> bool:
        """Say whether the run among those of bots is drawn below the scores; else it follows the decisions."""
        return self.app.size.height >= _TALL

    def what_now(self) -> list[Block]:
        """Return what can be done with the session now, key by key, and under which id it is kept."""
        keys = [Block("item", self.of(BY_NAME[name].help), fixed(BY_NAME[name].label, 4)) for name in _KEYS]
        kept = self.sitting.told(lambda: ending.tell_kept(self.sitting.game))
        written = [Block("say", self.of(_WRITTEN.fill(file=self._report_in)))] if self._report_in is not None else []
        return [Block("head", self.of(ending.WHAT_NOW)), *keys, Block("gap"), *written, *kept]

    def _show_truth(self) -> None:
        """Show the numbers that matter as they were at the start, as they were believed at the end, and as they are."""
        game = self.sitting.game
        names = game.session.engine.layout.names
        found = ending.known_at_end(game)
        titles = Named(self.of(game.scene.name(known.row)) for known in found)
        rows = [Row(self._truth_drawer(known, titles), names[known.row]) for known in found]

        def head(width: int) -> list[Line]:
            return [_truth_line((), dim(self.of(_START)), dim(self.of(_BELIEVED)), dim(self.of(_TRUE)), width)]

        self.panel("truth").show(self.of(ending.BELIEVED_AND_TRUE), rows, head=head)

    def _truth_drawer(self, known: ending.Known, names: Named) -> Draw:
        scene, figures = self.sitting.game.scene, self.sitting.game.scene.figures
        name, attribute = self.of(scene.name(known.row)), without_unit(scene.attribute(known.row))
        start, believed, truth = (figures.value(v, attribute) for v in (known.start, known.believed, known.truth))
        wrong: Line = (("! ", "bold $bad"),) if believed != truth else ()

        def draw(width: int) -> list[Line]:
            said = names.fit(name, _truth_room(width)[0])
            return [_truth_line(((said, ""),), dim(start), ((believed, "$est"),), (*wrong, (truth, "bold")), width)]

        return draw

    def number(self) -> str:
        """Return the number at the cursor."""
        return self.panel("truth").key

    # ── hindsight ───────────────────────────────────────────────────────────────────────────────────────────

    def do_weigh(self) -> None:
        """Weigh the decisions beside the screen, which takes some seconds."""
        if self._weighed is None:
            self.room.set_busy(self.of(_WEIGHING))
            self._weigh()

    @work(thread=True, exclusive=True, group="hindsight", exit_on_error=False)
    def _weigh(self) -> None:
        self._beside(self._find_out, self._show_hindsight)

    def _find_out(self) -> None:
        from wargame.telling.report import weigh

        if self._weighed is None:
            with redirect_stderr(sys.__stderr__):  # a new process wants to inherit one that is a file
                self._weighed = weigh(self.sitting.library, self.sitting.session.id, self.sitting.seat.id)

    def _beside(self, work: Callable[[], None], then: Callable[[], None]) -> None:
        """Do something in a thread, then show it in the loop of the app."""
        try:
            work()
        except Exception as error:
            self.app.call_later(self.room.set_busy, "")
            self.app.call_later(self.room.fail, error)
            return
        self.app.call_later(self.room.set_busy, "")
        self.app.call_later(then)

    def _show_hindsight(self) -> None:
        if self._weighed is None:
            return
        scene, seat, weighed = self.sitting.game.scene, self.sitting.seat.id, self._weighed
        title, *blocks = self.sitting.told(lambda: hindsight.tell_decisions(scene, seat, weighed.decisions))
        first = next((n for n, block in enumerate(blocks) if block.kind == "item"), 0)
        rows = [page_row([*blocks[first:], Block("gap"), *blocks[:first]])]  # what was found, then how
        if not self.has_room:
            rows += [text_row(()), *standing_rows(self.sitting, weighed.standing)]
        self.add_class("-weighed")
        self.panel("hindsight").show(title.text, rows)
        self.refill()
        self.panel("hindsight").focus()

    # ── report ──────────────────────────────────────────────────────────────────────────────────────────────

    def do_report(self) -> None:
        """Ask for the file, then write the report beside the screen: it weighs decisions too."""

        def named(name: str | None) -> None:
            if name:
                self.room.set_busy(self.of(_WRITING))
                self._report(Path(name).expanduser())

        above = [Block("say", self.of(_WHERE))]
        usual = f"wargame-{self.sitting.session.id}.md"
        self.app.push_screen(Writer(self.room.say, self.of(Text("Report", "Reporte")), usual, above), named)

    @work(thread=True, exclusive=True, group="hindsight", exit_on_error=False)
    def _report(self, out: Path) -> None:
        from wargame.telling.report import report, write_report

        def write() -> None:
            self._find_out()
            sitting = self.sitting
            assert self._weighed is not None
            write_report(report(sitting.voice, sitting.library, sitting.session, sitting.seat.id, self._weighed), out)

        self._beside(write, lambda: self._is_written(out))

    def _is_written(self, out: Path) -> None:
        self._report_in = out.absolute()
        self.refill()
        self._show_hindsight()
        self.app.notify(self.of(_WRITTEN.fill(file=self._report_in)), timeout=15, markup=False)


def _truth_room(width: int) -> tuple[int, int, int]:
    """Return the widths of a name, of its number at the start, and of the other two."""
    cell, first = (9, 0) if width < 56 else (11, 11)
    return width - 2 * (cell + 1) - (first + 1 if first else 0), first, cell


def _truth_line(name: Line, start: Line, believed: Line, truth: Line, width: int) -> Line:
    room, first, cell = _truth_room(width)
    return columns([(name, room), (start, -first), (believed, -cell), (truth, -cell)])


_TALL = 36
"""Rows of the terminal from which on the left column has room for one's run among those of bots."""
_KEYS = ("weigh", "report", "try-again", "compare", "home")
_START, _BELIEVED, _TRUE = Text("start", "inicio"), Text("believed", "creído"), Text("true", "cierto")
_HINDSIGHT = Text("With hindsight", "Visto después")
_ASK = Text(
    "d weighs your decisions, each against its absence, and sets your run among those of bots. It takes some seconds.",
    "d pesa sus decisiones, cada una frente a su ausencia, y ubica su sesión entre las de los bots. Tarda unos "
    "segundos.",
)
_WEIGHING = Text("weighing your decisions", "pesando sus decisiones")
_WRITING = Text("writing the report", "escribiendo el reporte")
_WHERE = Text(
    "In which file? Its decisions are weighed too, which takes some seconds.",
    "¿En qué archivo? También pesa sus decisiones, lo que tarda unos segundos.",
)
_WRITTEN = Text("The report is in {file}.", "El reporte está en {file}.")
