"""The graph of somebody's relations, or of the routes through a place, with the same in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.text import Text
from wargame.telling.layers import Link
from wargame.telling.relations import Relation, Relations
from wargame.tui import marks
from wargame.tui.dialogs import keys_line
from wargame.tui.graph_panel import Edge, GraphPanel, Node
from wargame.tui.ink import Line, columns, cut, dim
from wargame.tui.laid_over import LaidOver
from wargame.tui.panel import Draw, Panel, Row, content_of, text_row
from wargame.tui.theatre import gaps_of, line_mark, line_style

if TYPE_CHECKING:
    from wargame.tui.sitting import Sitting

_MOST = 10
"""At most so many others are drawn; the list has them all."""


class Graph(LaidOver[str]):
    """Who is tied to somebody, drawn and in words. Enter goes on to the one at the cursor. Returns whom it ends at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,g", "close", show=False),
        Binding("l", "next_type", show=False),
        Binding("backspace,left", "back", show=False),
    ]

    def __init__(self, sitting: Sitting, owner: str) -> None:
        super().__init__()
        self._sitting = sitting
        self._trail = [owner]
        self._type = 0

    def compose(self) -> ComposeResult:
        """Lay out drawing and list over the key line."""
        say = self._sitting.of
        keys = [("Enter", _GO), ("l", _TYPE), ("←", _BACK), ("Esc", _CLOSE)]
        with Vertical(classes="card large"):
            with Horizontal():
                yield GraphPanel("graph")
                yield Static(classes="gutter")
                yield Panel("relations")
            yield Static(content_of([keys_line(say, keys)]), classes="keys")

    def on_mount(self) -> None:
        """Show the first graph."""
        self._show_all()
        self.query_one("#relations", Panel).focus()

    @property
    def owner(self) -> str:
        """Return the one in the middle."""
        return self._trail[-1]

    @property
    def type(self) -> str:
        """Return the type of tie that is shown; empty: all."""
        types = ("", *self._relations.types(self.owner))
        return types[self._type % len(types)]

    @property
    def _relations(self) -> Relations:
        return self._sitting.relations

    # ── what it shows ───────────────────────────────────────────────────────────────────────────────────────

    def _show_all(self) -> None:
        found = self._relations.of(self.owner, self.type)
        types = len(self._relations.types(self.owner)) + 1
        say, rules = self._sitting.of, self._relations.rules
        shown = say(rules.ties[self.type].title) if self.type else say(_ALL)
        rows = [Row(self._drawer(relation), relation.other) for relation in found]
        meta = ((f"{shown} · l {self._type % types + 1}/{types}", "$dim"),)
        panel = self.query_one("#relations", Panel)
        panel.show(say(_RELATIONS), rows or [text_row(dim(say(_NONE)))], meta=meta)
        self._redraw()

    def _redraw(self) -> None:
        owner, here = self.owner, self.query_one("#relations", Panel).key
        if self.type and self._relations.is_network(self.type):
            steps, links = self._relations.network(owner, self.type)
            nodes = [Node(name, self._brief_name(name), step) for name, step in steps.items()]
        else:
            found = self._relations.of(owner, self.type)[:_MOST]
            nodes = [
                Node(owner, self._brief_name(owner), 0),
                *_sides([(r.other, self._brief_name(r.other)) for r in found]),
            ]
            links = [relation.links[0] for relation in found]
        title = self._sitting.of(self._sitting.session.names.owner(owner))
        self.query_one(GraphPanel).draw(title, nodes, _edges(links), here)

    def _brief_name(self, entity: str) -> str:
        around = self._sitting.surroundings
        return self._sitting.of(around.brief(around.session.engine.cast.entities[entity]))

    def _drawer(self, relation: Relation) -> Draw:
        sitting, rules = self._sitting, self._relations.rules
        other = sitting.of(sitting.session.names.brief(relation.other))

        def told(link: Link, width: int) -> Line:
            cell = sitting.surroundings.cell(link.row)
            way = "" if not link.directed else " →" if link.tie.source == self.owner else " ←"
            number = marks.sure(cell.shown, cell.deviation, cell.reading.sight)
            strength = max(1, round(link.weight * 5))
            bar = ("×" if link.against else "━") * strength
            title = sitting.of(rules.ties[link.tie.type].title) + way
            number_width = 9 if width >= 34 else 6
            return columns(
                [
                    (((f"  {title}", "$dim"),), width - number_width - 7),
                    (number if number_width > 6 else number[:1], -number_width),
                    (((bar, line_style(link)),), 5),
                ]
            )

        def draw(width: int) -> Sequence[Line]:
            return [cut(((other, "bold"),), width), *(told(link, width) for link in relation.links)]

        return draw

    # ── keys ────────────────────────────────────────────────────────────────────────────────────────────────

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Let the one at the cursor stand out."""
        if type(event) is Panel.Moved:
            self._redraw()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go on to the one at the cursor."""
        event.stop()
        self._trail.append(event.key)
        self._type = 0
        self._show_all()

    def action_back(self) -> None:
        """Go back to the one before."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._type = 0
            self._show_all()

    def action_next_type(self) -> None:
        """Show the next type of tie alone."""
        self._type += 1
        self._show_all()

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(self.owner)


def _sides(others: Sequence[tuple[str, str]]) -> list[Node]:
    """Return the others on both sides of the middle, the strongest above."""
    return [Node(name, title, 1 if n % 2 == 0 else -1) for n, (name, title) in enumerate(others)]


def _edges(links: Sequence[Link]) -> list[Edge]:
    return [Edge(k.tie.source, k.tie.target, gaps_of(k), line_style(k), line_mark(k), k.directed) for k in links]


_RELATIONS = Text("Relations", "Relaciones")
_ALL = Text("all ties", "todos los vínculos")
_NONE = Text("Nobody is known to be tied to it.", "No se sabe de nadie vinculado.")
_GO, _TYPE = Text("go on to it", "seguir con él"), Text("kind of tie", "clase de vínculo")
_BACK, _CLOSE = Text("back", "atrás"), Text("close", "cerrar")
