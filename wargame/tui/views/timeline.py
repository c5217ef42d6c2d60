"""The timeline: what the seat believed of a number at the start of every turn, with its orders and events below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.kinds import AttributeType, Sight
from wargame.model.text import Text
from wargame.session.news import news_of
from wargame.telling import results
from wargame.telling.menu import Menu
from wargame.telling.surroundings import Cell
from wargame.tui import marks
from wargame.tui.ink import Line, columns, dim
from wargame.tui.named import Named
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, page_row
from wargame.tui.plot import Plot, Series
from wargame.tui.task import Task, Then, do_beside
from wargame.tui.versus import Versus
from wargame.tui.views.view import View, meta


class Timeline(View):
    """Compare turns."""

    tab, title, first = "timeline", Text("Timeline", "Historia"), "numbers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
    ]
    follows_orders = False
    footer: ClassVar[tuple[str, ...]] = ("why", "try-again", "compare", "loops", "end-phase", "commands")

    def __init__(self) -> None:
        super().__init__()
        self.versus: Versus | None = None
        """The session with which the one on screen is compared, if it is."""
        self._newest = 1
        """The last turn that could be looked at when the panels were filled."""

    def compose(self) -> ComposeResult:
        """Lay out numbers, plot and what happened."""
        with Horizontal():
            with Vertical(id="timeline-left", classes="column"):
                yield Panel("numbers")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Plot("plot")
                yield Panel("at-turn")

    @property
    def plot(self) -> Plot:
        """Return the plot."""
        return self.query_one(Plot)

    def parts(self) -> Iterator[None]:
        """Fill the panels."""
        layout, around = self.sitting.session.engine.layout, self.sitting.surroundings
        if self.versus is not None and self.filled != self.now:
            self.versus = Versus(self.sitting, self.versus.other)
        found = {row: self.of(self.sitting.game.scene.name(row)) for row in self._rows()}
        names = Named(found.values())
        rows = [Row(self._drawer(name, names, around.cell(row)), layout.names[row]) for row, name in found.items()]
        last = len(self.sitting.session.reports) + 1
        if self.versus is None and (self.plot.turn == self._newest or self.plot.turn > last):
            self.plot.turn = last  # who looks at the newest turn goes on to look at the newest
        self._newest = last
        self.panel("numbers").show(self.of(_NUMBERS), rows, meta=meta(str(len(rows))))
        yield
        self._show_plot()
        yield

    def _rows(self) -> list[int]:
        """Return the numbers to plot: of objectives, headlines, the seat's own, then the tables': what moved first."""
        game, around = self.sitting.game, self.sitting.surroundings
        found: dict[int, None] = {}
        wanted = [row for rows in game.matters.objectives.values() for row in rows]
        differing = [] if self.versus is None else [game.scene.reasons.row(c.number) for c in self.versus.found.courses]
        for row in (*differing, *wanted, *game.matters.headlines, *self._own()):
            found[row] = None
        tables = [
            at
            for entities in (around.zones, around.actors)
            for attribute in around.columns(entities, 3)
            for entity in entities
            if (at := around.row(entity.id, attribute)) is not None
        ]
        found |= dict.fromkeys(sorted(tables, key=lambda row: len(set(around.history(row))) == 1))
        return [row for row in found if game.scene.sight(row) is not Sight.HIDDEN and not self._is_flag(row)]

    def _is_flag(self, row: int) -> bool:
        attribute = self.sitting.game.scene.attribute(row)
        return attribute is None or attribute.type is AttributeType.FLAG

    def _own(self) -> Iterable[int]:
        session = self.sitting.session
        desk = session.desk(self.sitting.seat.id)
        actor = self.sitting.seat.actors[0]
        return [session.engine.layout.row(actor, resource) for resource in desk.resources(actor)]

    def _drawer(self, name: str, names: Named, cell: Cell) -> Draw:
        number = marks.sure(cell.shown, "", cell.reading.sight)
        if cell.deviation:
            number = ((f"≈{cell.shown}", "$est"),)

        def draw(width: int) -> list[Line]:
            history = 8 if width >= 38 else 0
            room = width - 9 - (history + 1 if history else 0)
            return [columns([(((names.fit(name, room), ""),), room), (number, -8),
                             (marks.history(cell.history) if history else (), history)])]  # fmt: skip

        return draw

    # ── plot ────────────────────────────────────────────────────────────────────────────────────────────────

    def _show_plot(self) -> None:
        number, session = self.number(), self.sitting.session
        if not number:
            return
        row = self.sitting.game.scene.reasons.row(number)
        cell = self.sitting.surroundings.cell(row)
        orders = {r.turn: str(min(n, 9)) for r in session.reports if (n := self._own_orders(r.turn))}
        events = {t: "!" for t in range(1, session.turn + 1) if news_of(session, t, self.sitting.seat.id)}
        lanes: list[tuple[str, Mapping[int, str], str]]
        lanes = [(self.of(_ORDERS), orders, "bold $good"), (self.of(_NEWS), events, "bold $bad")]
        if self.versus is not None:
            lanes[:1] = [(self.of(_ORDERS_OF.fill(which="A")), orders, "bold $good"),
                         (self.of(_ORDERS_OF.fill(which="B")), self.versus.orders(), "bold $accent"),
                         ("A ≠ B", self.versus.partings(), "bold")]  # fmt: skip
        unit = self.sitting.game.scene.figures.unit(
            self.sitting.game.scene.attribute(row), self.sitting.game.scene.unit(row)
        )
        sure = self.of(self.sitting.game.scene.figures.source_of(cell.reading.sight, cell.reading.deviation))
        said = ", ".join(part for part in (unit, sure) if part)
        course = self.versus.course(number) if self.versus is not None else None
        values, other = (cell.history, ()) if course is None else (course.first, course.second)
        said = said if course is None else f"{self.of(_WHICH)}  {said}"
        turn = min(self.plot.turn, max(len(values), len(other)))
        low = float(session.engine.layout.low[row])
        series = Series(values, cell.reading.deviation, session.engine.turns, self.sitting.voice.number, other,
                        low, self.of(_START))  # fmt: skip
        self.plot.plot(self.of(self.sitting.game.scene.name(row)), meta(said), series, lanes, max(turn, 1))
        self._show_turn()

    def _own_orders(self, turn: int) -> int:
        report = self.sitting.game.scene.reasons.report(turn)
        return sum(o.seat == self.sitting.seat.id for o in report.outcomes)

    def _show_turn(self) -> None:
        """Show what the turn under the cursor began with, and what was ordered in it."""
        game, turn = self.sitting.game, self.plot.turn
        when = game.scene.figures.period(game.session.scenario.calendar, turn)
        blocks: list[Block] = list(self.sitting.told(lambda: results.show_news(game.scene, turn, self.sitting.seat.id)))
        if turn <= len(game.session.reports):
            report, menu = game.scene.reasons.report(turn), Menu(game.session, self.sitting.seat.id)
            for outcome in report.outcomes:
                if outcome.seat == self.sitting.seat.id:
                    said = f"{self.of(results.outcome_title(menu, outcome))}: {results.own_fate(game, outcome)}"
                    blocks.append(Block("item", said, "▪"))
        if not blocks:
            blocks = [Block("say", self.of(_QUIET), indent=1)]
        over = self.sitting.session.ended and turn > len(game.session.reports)
        title = f"← {self.of(_AFTER_ALL if over else _TURN.fill(n=turn))} →"
        rows = [page_row(blocks)]
        if self.versus is not None:
            title = f"{title} · {self.of(_OTHERWISE)}"
            rows = [page_row(self.versus.blocks(turn)), *self.versus.outcome()]
        before = f"T{turn - 1}" if turn > 1 else self.of(_START)
        wide = self.app.size.width >= _ROOMY
        said = before if over else f"{before} → T{turn} · {when}" if wide else when
        self.panel("at-turn").show(title, rows, meta=dim(said))

    # ── another session ─────────────────────────────────────────────────────────────────────────────────────

    def compare_with(self, session: str) -> None:
        """Hold the session on screen against another one; an empty name stops it."""
        if not session:
            self.versus = None
            self.refill()
            return
        mine, room = self.sitting, self.room

        def read(task: Task) -> Then:
            from wargame.tui.begin import open_again

            task.step(_COMPARING)
            other, _ = open_again(room, session, mine.seat.id)
            return partial(self._opened, Versus(mine, other))

        do_beside(room, read, _NOT_COMPARED, at_once=True)

    def _opened(self, versus: Versus) -> None:
        self.versus = versus
        self.plot.turn = versus.found.forked or 1
        self.refill()
        for course in versus.found.courses[:1]:
            self.panel("numbers").go_to(course.number)
            self._show_plot()

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────────

    def number(self) -> str:
        """Return the number at the cursor."""
        return self.panel("numbers").key

    def turn(self) -> int:
        """Return the turn at the cursor, if it has been played; else the last one that was."""
        return max(min(self.plot.turn, len(self.sitting.session.reports)), 1)

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Plot the number at the cursor."""
        if event.panel.id == "numbers":
            self._show_plot()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go on to the plot."""
        event.stop()
        self.plot.focus()

    def action_turn(self, by: int) -> None:
        """Move the cursor to another turn, whichever panel has the focus."""
        self.plot.action_turn(by)

    def on_plot_turn_chosen(self, event: Plot.TurnChosen) -> None:
        """Show the turn."""
        self._show_turn()


_WHICH = Text("A ● this session  B ○ the other", "A ● esta sesión  B ○ la otra")
_TURN, _AFTER_ALL = Text("Turn {n}", "Turno {n}"), Text("At the end", "Al final")
_START = Text("start", "inicio")
_ROOMY = 100
"""Columns of the terminal from which on there is room to say between which moments a turn lies, besides its dates."""
_ORDERS_OF = Text("orders {which}", "órd. {which}")
_OTHERWISE = Text("done otherwise", "lo distinto")
_COMPARING = Text("opening the other session", "abriendo la otra sesión")
_NOT_COMPARED = Text("Called off: nothing is compared.", "Cancelado: no se compara nada.")
_NUMBERS = Text("Numbers", "Indicadores")
_ORDERS, _NEWS = Text("orders", "órdenes"), Text("news", "noticias")
_QUIET = Text("No orders of yours, and no news.", "Sin órdenes suyas y sin noticias.")
