"""The situation: what asks for a decision, the map, and the tables of actors and zones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.kinds import AttributeType
from wargame.model.scenario import EntityStart
from wargame.model.text import Text
from wargame.telling.layers import Sheet
from wargame.telling.surroundings import Cell
from wargame.telling.waiting import waiting
from wargame.tui import marks
from wargame.tui.atlas import ZOOM
from wargame.tui.dialogs import Reader
from wargame.tui.ink import Line, columns, cut, dim
from wargame.tui.map_panel import MapPanel
from wargame.tui.named import Named
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, text_row
from wargame.tui.theatre import kind_mark, legend_of, routes_of, spots_of, title_of
from wargame.tui.views.table_columns import (
    CHANGE,
    NUMBER,
    TRACK,
    changed,
    heads_of,
    lacking,
    layout_of,
    number_of,
)
from wargame.tui.views.view import View, meta

Bounds = tuple[float, float]


class Situation(View):
    """See the state, find the problem."""

    tab, title, first = "situation", Text("Situation", "Situación"), "decide"
    footer: ClassVar[tuple[str, ...]] = ("enter", "why", "layer", "graph", "end-phase", "commands")

    def __init__(self) -> None:
        super().__init__()
        self.layer_at = 0

    def compose(self) -> ComposeResult:
        """Lay out map and tables."""
        with Horizontal():
            with Vertical(id="situation-left", classes="column"):
                yield MapPanel("map")
            yield Static(classes="gutter", id="situation-gutter")
            with Vertical(classes="column"):
                yield Panel("decide")
                yield Panel("actors")
                yield Panel("zones")
                yield Panel("at-cursor").add_class("wide-only")

    @property
    def map(self) -> MapPanel:
        """Return the map."""
        return self.query_one(MapPanel)

    def parts(self) -> Iterator[None]:
        """Fill map and tables; what the tables show is ranked first, which takes the longest."""
        around = self.sitting.surroundings
        self.__dict__.pop("_numbers", None)
        for entities in (around.actors, around.zones):
            around.columns(entities, 1)
            yield
        self._show_decisions()
        yield
        _ = self.sitting.layers.sheets
        yield
        self._show_map()
        yield
        self._show_table("actors", Text("Actors", "Actores"), around.actors)
        yield
        self._show_table("zones", Text("Zones", "Zonas"), around.zones)
        yield
        self.panel("zones").display = bool(around.zones)
        self.set_class(not around.zones, "-no-zones")
        self._show_cursor()
        yield

    # ── what waits ──────────────────────────────────────────────────────────────────────────────────────────

    def _show_decisions(self) -> None:
        found = waiting(self.sitting.game, self.sitting.assembly)
        rows = []
        for n, one in enumerate(found, 1):
            line: Line = ((f"{n} ", "bold $accent"), (self.of(one.text), "bold" if one.count else "$dim"))
            rows.append(text_row(line, f"{one.where}:{n}", pick=True))
        if not rows:
            rows = [text_row(dim(self.of(_NOTHING)))]
        self.panel("decide").show(self.of(_DECIDE), rows, meta=meta(self.of(_GO_THERE)) if found else ())

    # ── map ─────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """The number of each place, by which the map names it where there is no room: as the tables list them."""
        placed = [e for e in (*self.sitting.surroundings.zones, *self.sitting.surroundings.actors) if e.at is not None]
        return {entity.id: n for n, entity in enumerate(placed, 1)}

    @property
    def sheet(self) -> Sheet | None:
        """Return the layer that is shown; None where nothing has a place on a map."""
        sheets = self.sitting.layers.sheets
        return sheets[self.layer_at % len(sheets)] if sheets else None

    def _show_map(self) -> None:
        sheet, layers, around, say = self.sheet, self.sitting.layers, self.sitting.surroundings, self.of
        left = self.query_one("#situation-left")
        left.display = self.query_one("#situation-gutter").display = sheet is not None
        if sheet is None:
            return
        spots = spots_of(sheet, around, say, self._numbers)
        more = f"l {self.layer_at % len(layers.sheets) + 1}/{len(layers.sheets)}" if len(layers.sheets) > 1 else ""
        self.map.show_map(
            lambda width: title_of(sheet, around, say, width), meta(more), spots, routes_of(sheet, layers),
            legend_of(sheet, around, layers, say),
        )  # fmt: skip

    # ── tables ──────────────────────────────────────────────────────────────────────────────────────────────

    def _show_table(self, name: str, title: Text, entities: Sequence[EntityStart]) -> None:
        around, say = self.sitting.surroundings, self.of
        attributes = around.columns(entities, 3)
        titles = [say(around.title(a)) for a in attributes]

        def head(width: int) -> list[Line]:
            number = self.sitting.voice.number
            return [heads_of(titles, bounds, width, self._turns(), say(_HISTORY), number)]

        cells = {e.id: [self._cell(e.id, a) for a in attributes] for e in entities}
        own = self.sitting.seat.actors
        ranked = sorted(entities, key=lambda e: (e.id not in own, lacking(cells[e.id])))
        numbered = any(e.id in self._numbers for e in entities)
        first = [some[0].row for some in cells.values() if some and some[0] is not None]
        bounds = around.bounds(first)
        names = Named(say(around.brief(e)) for e in entities)
        rows = [Row(self._drawer(e, names, titles, cells[e.id], bounds, numbered=numbered), e.id) for e in ranked]
        self.panel(name).show(say(title), rows, meta=meta(str(len(rows))), head=head)

    def _turns(self) -> int:
        return len(self.sitting.session.reports)

    def _cell(self, owner: str, attribute: str) -> Cell | None:
        row = self.sitting.surroundings.row(owner, attribute)
        return None if row is None else self.sitting.surroundings.cell(row)

    def _drawer(
        self,
        entity: EntityStart,
        names: Named,
        titles: Sequence[str],
        cells: list[Cell | None],
        bounds: Bounds,
        *,
        numbered: bool,
    ) -> Draw:
        name, short = self.of(entity.title), self.of(self.sitting.surroundings.brief(entity))
        mark = kind_mark(self.sitting.surroundings, entity)
        number = self._numbers.get(entity.id, 0)
        label = f"{number or '':>2} {mark}".removesuffix(" ·") if numbered else mark

        def draw(width: int) -> list[Line]:
            fit = layout_of(width, titles, self._turns())
            room = fit.name - cell_len(label) - 1
            fits = name if cell_len(name) <= room else names.fit(short, room)
            found: list[tuple[Line, int]] = [(((f"{label} ", "$dim"), (fits, "")), fit.name)]
            for i, cell in enumerate(cells[: fit.count]):
                found += [(number_of(cell, fit.number), -fit.number), (changed(cell), fit.change)]
                if i == 0:
                    past = marks.history(cell.history, fit.history) if cell and fit.history else ()
                    found += [(past, fit.history), (self._track(cell, bounds) if fit.track else (), fit.track)]
            return [cut(columns(found), width)]

        return draw

    def _track(self, cell: Cell | None, bounds: Bounds) -> Line:
        """Return where a number lies in its range; the line through the mark is where the truth may lie."""
        return marks.track(cell.reading.value, *bounds, TRACK, cell.reading.deviation) if cell else ()

    # ── the cursor ──────────────────────────────────────────────────────────────────────────────────────────

    def _entity(self) -> str:
        focused = self.screen.focused
        if focused is self.panel("actors"):
            return self.panel("actors").key
        if focused is self.panel("zones"):
            return self.panel("zones").key
        return self.map.key

    def _show_cursor(self) -> None:
        around, owner = self.sitting.surroundings, self._entity()
        panel = self.panel("at-cursor")
        if not owner:
            panel.show("", [])
            return
        rows = []
        attributes = around.columns([self.sitting.session.engine.cast.entities[owner]], 6)
        names = Named(self.of(around.title(attribute)) for attribute in attributes)
        for attribute in attributes:
            cell = self._cell(owner, attribute)
            if cell is not None:
                rows.append(Row(self._cursor_drawer(attribute, names, cell), cell.number))
        panel.show(self.of(self.sitting.session.names.owner(owner)), rows, meta=meta(self.of(_AT_CURSOR)))

    def _cursor_drawer(self, attribute: str, names: Named, cell: Cell) -> Draw:
        around = self.sitting.surroundings
        name = self.of(around.title(attribute))
        low, high = around.bounds([cell.row])
        kind = self.sitting.game.scene.attribute(cell.row)
        level = kind is not None and kind.type is AttributeType.LEVEL  # an amount has no least and most to lie between

        def draw(width: int) -> list[Line]:
            track = min(max(width - 54, 0), 30)
            drawn = track >= 10 and level
            bar = marks.track(cell.reading.value, low, high, track, cell.reading.deviation) if drawn else ()
            label = width - NUMBER - CHANGE - 11 - (track + 1 if track >= 10 else 0)
            return [
                columns(
                    [
                        (dim(names.fit(name, label)), label),
                        (number_of(cell, NUMBER), -NUMBER),
                        (changed(cell), CHANGE),
                        (marks.history(cell.history) if len(cell.history) > 1 else (), 8),
                        (bar, track if track >= 10 else 0),
                    ]
                )
            ]

        return draw

    def number(self) -> str:
        """Return the number at the cursor: of the list below, or the first of the table."""
        focused = self.screen.focused
        if focused is self.panel("at-cursor"):
            return self.panel("at-cursor").key
        owner = self._entity()
        if not owner:
            return ""
        entities = (
            self.sitting.surroundings.zones if focused is not self.panel("actors") else self.sitting.surroundings.actors
        )
        attributes = self.sitting.surroundings.columns(entities, 1)
        if focused is self.map and self.sheet is not None and self.sheet.marks:
            attributes = (self.sheet.marks,)
        cell = self._cell(owner, attributes[0]) if attributes else None
        return cell.number if cell else ""

    def owner(self) -> str:
        """Return the actor or zone at the cursor."""
        return self._entity()

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Let map, table and card show the same place."""
        if event.panel.id == "zones":
            self.map.go_to(event.key)
        elif event.panel.id == "map":
            self.panel("zones").go_to(event.key)
        if event.panel.id != "at-cursor":
            self._show_cursor()

    def on_descendant_focus(self) -> None:
        """Show what is at the cursor of the panel that has the focus now."""
        if self.screen.focused in (self.map, self.panel("actors"), self.panel("zones")):
            self._show_cursor()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go where the decision is, or look at what is at the cursor."""
        event.stop()
        if event.panel.id == "decide":
            self._go_to_decision(event.key)
        elif event.panel.id == "at-cursor":
            self.room.obey("why")
        else:
            self.room.obey("look")

    def _go_to_decision(self, key: str) -> None:
        """Show the tab where something is decided; of news, its card."""
        where, _, number = key.partition(":")
        one = waiting(self.sitting.game, self.sitting.assembly)[int(number) - 1]
        if one.more is None:
            self.room.show_tab(where)
        else:
            self.app.push_screen(Reader(self.room.say, self.of(one.text), [Block("say", self.of(one.more))]))

    # ── verbs ───────────────────────────────────────────────────────────────────────────────────────────────

    def do_layer(self) -> None:
        """Show the next layer on the map."""
        self.layer_at += 1
        self._show_map()

    def do_zoom_in(self) -> None:
        """Come closer."""
        self.map.zoom(ZOOM)

    def do_zoom_out(self) -> None:
        """Go further away."""
        self.map.zoom(1 / ZOOM)

    def do_whole(self) -> None:
        """Show the whole region."""
        self.map.show_whole()

    def do_order_here(self) -> None:
        """Show the moves about what is at the cursor."""
        self.room.show_orders_about(self._entity())


_DECIDE = Text("For your decision", "Para su decisión")
_GO_THERE = Text("Enter goes there", "Intro lleva allí")
_NOTHING = Text("Nothing waits for you.", "Nada espera por usted.")
_HISTORY = Text("history", "historia")
_AT_CURSOR = Text("at the cursor", "en el cursor")
