"""Results: what happened and why, in order of importance; each number opens its ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.formula.constants import FLAG_IS_UP
from wargame.model.orders import Fate
from wargame.model.text import Text, counted
from wargame.session.why import Why
from wargame.session.wording import Entry
from wargame.telling import believed, causes, feedback, promises, results, source_cards, votes
from wargame.telling.figures import decimals_of, headline_decimals, rounded_change
from wargame.telling.scene import is_flag
from wargame.tui import marks
from wargame.tui.ink import Line, apart, columns, dim, width_of, wrap
from wargame.tui.named import Named
from wargame.tui.page import Block, lines_of
from wargame.tui.panel import Draw, Panel, Row, content_of, page_row, text_row
from wargame.tui.views.belief_rows import LEGEND, LEGEND_TRUE, belief_drawer
from wargame.tui.views.view import View, meta


class Results(View):
    """What happened and why."""

    tab, title, first = "results", Text("Results", "Resultado"), "changes"
    follows_orders = False
    footer: ClassVar[tuple[str, ...]] = ("enter", "why", "sources", "try-again", "end-phase", "commands")
    enter = Text("unfold", "desplegar")

    def __init__(self) -> None:
        super().__init__()
        self.shown_turn = 0
        """The turn that is shown; 0: the last one."""
        self.unfolded: set[str] = set()
        self.changes: list[Why] = []

    def compose(self) -> ComposeResult:
        """Lay out the sentence; numbers and their causes on the left, what happened on the right."""
        with Vertical():
            yield Static(id="sentence")
            with Horizontal():
                with Vertical(id="results-left", classes="column"):
                    yield Panel("changes")
                    yield Panel("causes")
                    yield Panel("leads")
                yield Static(classes="gutter")
                with Vertical(classes="column"):
                    yield Panel("happened")
                    yield Panel("believed")

    def turn(self) -> int:
        """Return the turn that is shown."""
        return self.shown_turn or len(self.sitting.session.reports)

    def parts(self) -> Iterator[None]:
        """Fill the panels."""
        game, turn = self.sitting.game, len(self.sitting.session.reports)
        self.shown_turn = turn
        self.set_class(not self.has_room, "-tight")
        sentence = self.query_one("#sentence", Static)
        if not turn:
            sentence.update(content_of([dim(self.of(_NOTHING_YET))]))
            for name in ("changes", "happened", "believed", "causes", "leads"):
                self.panel(name).show("", [])
            return
        view = game.session.view(self.sitting.seat.id)
        self.changes = game.matters.changed(game.scene.reasons, view, turn, 16)
        sentence.update(content_of(self._sentence(turn)))
        yield
        self._show_changes(turn)
        yield
        self._show_happened(turn)
        yield
        self._show_believed(turn)
        yield
        self._show_causes()
        yield

    # ── the sentence ────────────────────────────────────────────────────────────────────────────────────────

    def _sentence(self, turn: int) -> list[Line]:
        game = self.sitting.game
        report = game.scene.reasons.report(turn)
        own = [o for o in report.outcomes if o.seat == self.sitting.seat.id]
        came_off = sum(o.fate in (Fate.DONE, Fate.SUCCEEDED) for o in own)
        share, matters = game.scene.figures.share, game.matters
        before, after = (matters.score(matters.standings(game.beliefs, t)) for t in (turn, turn + 1))
        several = _ONE_CAME_OFF if came_off == 1 else _CAME_OFF[1]
        parts = [self.of(counted(len(own), _CAME_OFF[0], several, k=came_off)) if own else self.of(_NO_ORDERS)]
        side = "▲" if after < before else "↑" if after > before else "·"
        parts.append(self.of(_SCORE.fill(a=share(before), b=share(after))))
        when = game.scene.figures.period(game.session.scenario.calendar, turn)
        head = self.of(Text("Turn {n}", "Turno {n}").fill(n=turn))
        style = "$bad" if after < before else "$good" if after > before else ""
        mark = side if side != "▲" else "▼"
        return [
            (
                (f"{head}  ", "bold"),
                (f"{when}.  ", "$dim"),
                (f"{parts[0]} ", ""),
                (parts[1], "bold"),
                (f" {mark}", style),
            )
        ]

    # ── changes ─────────────────────────────────────────────────────────────────────────────────────────────

    def _show_changes(self, turn: int) -> None:
        before, after = f"T{turn - 1}" if turn > 1 else self.of(_START), f"T{turn}"

        def head(width: int) -> list[Line]:
            return [_change_line(dim(""), dim(before), dim(after), dim("Δ"), dim(self.of(_CHIEFLY)), width)]

        scene = self.sitting.game.scene
        names = Named(self.of(scene.name(scene.reasons.row(why.row))) for why in self.changes)
        rows = [Row(self._change_drawer(why, names), why.row) for why in self.changes]
        rows = rows or [text_row(dim(self.of(_NO_CHANGE)))]
        self.panel("changes").show(self.of(_WHAT), rows, meta=meta(self.of(_IMPORTANCE)), head=head)

    def _change_drawer(self, why: Why, names: Named) -> Draw:
        scene = self.sitting.game.scene
        row = scene.reasons.row(why.row)
        name, decimals = self.of(scene.name(row)), headline_decimals(why)
        number, moved = self.sitting.voice.number, rounded_change(why, decimals)
        change = marks.change(why.change, scene.good(row), self.sitting.voice.signed(moved, decimals))
        if is_flag(why):
            yes, no = scene.figures.value(1, why.attribute), scene.figures.value(0, why.attribute)
            before, after = (yes if v >= FLAG_IS_UP else no for v in (why.before, why.after))
            good = scene.good(row) * (1 if why.change > 0 else -1)
            change = (("▲", "$bad"),) if good < 0 else (("↑", "$good"),) if good > 0 else ()
        else:
            if scene.deviation(row) >= 1:
                decimals = 0
            before, after = number(why.before, decimals), number(why.after, decimals)
        causes_ = [e for e in why.entries if not e.rest]
        chiefly = self.of(causes_[0].head or causes_[0].title) if causes_ else ""
        now = marks.sure(after, "", why.sight)
        if why.sight.value == "estimated":
            now = ((f"≈{after}", "$est"),)

        def draw(width: int) -> list[Line]:
            said = names.fit(name, _change_room(width)[0])
            return [_change_line(((said, ""),), dim(before), now, change, dim(chiefly), width)]

        return draw

    def _show_happened(self, turn: int) -> None:
        game = self.sitting.game
        report = game.scene.reasons.report(turn)
        blocks: list[Block] = []
        for tell in (
            lambda: results.show_what_begins(game, turn),
            lambda: results.show_events(game.scene, turn, self.sitting.seat.id),
            lambda: results.show_own_orders(game, report),
            lambda: results.show_other_orders(game, report),
            lambda: votes.show_votes(game.scene, turn),
            lambda: promises.show_settled(game, report),
            lambda: results.show_score(game, turn),
            lambda: None if self.has_room else believed.tell_believed(game, turn),
        ):
            blocks += self.sitting.told(tell)
        page = tuple(blocks)
        self.panel("happened").show(self.of(_BECAME), [Row(lambda width: lines_of(page, width), "", pick=False)])

    @property
    def has_room(self) -> bool:
        """Say whether beliefs and loops have panels of their own; else they are told elsewhere, and by their keys."""
        return self.app.size.height >= _TALL

    def _show_believed(self, turn: int) -> None:
        game, panel = self.sitting.game, self.panel("believed")
        if self.has_room:
            found = believed.beliefs_of(game, turn, believed.rows_that_matter(game, turn))
            found.sort(key=lambda belief: not belief.is_wide)
            names = Named(self.of(game.scene.name(belief.row)) for belief in found)
            rows = [
                Row(belief_drawer(game, belief, names), game.session.engine.layout.names[belief.row])
                for belief in found
            ]
            said = self.of(believed.ALL_EXACT)
            legend = meta(self.of(LEGEND_TRUE if game.session.ended else LEGEND))
            panel.show(self.of(believed.HEAD), rows or [page_row([Block("say", said, indent=1)])], meta=legend)

    # ── the ledger ──────────────────────────────────────────────────────────────────────────────────────────

    def _chosen(self) -> Why | None:
        key = self.panel("changes").key
        return next((w for w in self.changes if w.row == key), None)

    def _show_causes(self) -> None:
        why, panel = self._chosen(), self.panel("causes")
        if why is None:
            panel.show(self.of(_WHY), [])
            return
        scene = self.sitting.game.scene
        largest = max((abs(e.amount) for e in why.entries), default=0.0)
        title = f"{self.of(_WHY)} · {self.of(scene.name(scene.reasons.row(why.row)))}"
        rows = [Row(lambda width: wrap(scene.change(why, exactly=True), width, "bold"), "", pick=False)]
        rows += [Row(self._entry_drawer(why, e, largest, str(n)), str(n)) for n, e in enumerate(why.entries)]
        if why.working is not None:
            working = self.of(_IT_IS.fill(working=why.working))
            rows.append(Row(lambda width: [(), *wrap(working, width, "$dim")], "", pick=False))
        panel.show(title, rows, meta=meta(self.of(_KEY)))
        self._show_leads(why)

    def _show_leads(self, why: Why) -> None:
        """Show which causal loops the causes of the change are part of."""
        if self.has_room:
            circles = self.sitting.circles.of(why)
            rows = [page_row(self._circle(circle)) for circle in circles[:_CIRCLES]]
            rows = rows or [page_row([Block("say", self.of(feedback.NONE), indent=1)])]
            self.panel("leads").show(self.of(_LEADS), rows, meta=meta(str(len(circles)) if circles else ""))

    def _circle(self, circle: feedback.Circle) -> list[Block]:
        mark = {1: "+", -1: "−", 0: "±"}[circle.sign]
        said = f"{self.of(circle.kind)} · {self.of(feedback.by_what(circle))}"
        return [Block("item", said, mark), Block("say", circle.way, indent=4)]

    def _entry_drawer(self, why: Why, entry: Entry, largest: float, key: str) -> Draw:
        scene = self.sitting.game.scene
        decimals = decimals_of(why) + (1 if abs(why.change) < 10 else 0)
        good = scene.good(scene.reasons.row(why.row))
        open_ = f"{why.row}:{key}" in self.unfolded
        amount = ("≈" if entry.guess else "") + self.sitting.voice.signed(entry.amount, decimals)
        title, cited = self.of(entry.title), " ".join(entry.basis.sources[:1]) if entry.basis else ""
        details: tuple[Block, ...] = ()
        if open_:
            details = self.sitting.told(lambda: causes.tell_entry(scene, entry, decimals, 0))[1:]

        def draw(width: int) -> list[Line]:
            sign = "−" if open_ else "+" if not entry.rest else " "
            most = 5 if width >= _ROOMY else 3
            label: Line = (
                (f"{sign} ", "$dim"), *marks.weight(entry.amount, largest, good, most), (f"{amount:>7} ", "bold"),
            )  # fmt: skip
            roomy = cited and width >= _ROOMY
            style = "$est" if entry.guess else ""
            lines = wrap(title, width - (12 if roomy else 0), style, width_of(label), label)
            if roomy:
                lines[0] = apart(lines[0], dim(f"§ {cited}"), width)
            return [*lines, *(((" " * 4, ""), *line) for line in lines_of(details, width - 4))]

        return draw

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────────

    def number(self) -> str:
        """Return the number at the cursor."""
        focused = self.screen.focused
        return self.panel("believed").key if focused is self.panel("believed") else self.panel("changes").key

    def cited(self) -> tuple[str, ...]:
        """Return the sources of the cause at the cursor, or of all causes of the number at the cursor."""
        why, causes_ = self._chosen(), self.panel("causes")
        if why is None:
            return ()
        entries: Sequence[Entry] = why.entries
        if causes_.has_focus and causes_.key:
            entries = [why.entries[int(causes_.key)]]
        return source_cards.cited_by(entries)

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Show the ledger of the number at the cursor."""
        if event.panel.id == "changes":
            self._show_causes()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go on to the causes, and unfold them."""
        event.stop()
        if event.panel.id == "changes":
            self.panel("causes").focus()
        elif event.panel.id == "causes" and (why := self._chosen()) is not None:
            self.unfolded ^= {f"{why.row}:{event.key}"}
            self._show_causes()


def _change_room(width: int) -> tuple[int, int, int]:
    """Return the widths of the name of a change, of what it was before, and of its chief cause."""
    was = 9 if width >= _ROOMY else 0
    room = width - 18 - (was + 1 if was else 0)
    why = max(room - 30, 0) if room > 44 else 0
    return room - (why + 1 if why else 0), was, why


def _change_line(name: Line, before: Line, after: Line, change: Line, chiefly: Line, width: int) -> Line:
    room, was, why = _change_room(width)
    return columns([(name, room), (before, -was), (after, -9), (change, -7), (chiefly, why)])


_TALL = 36
"""Rows of the terminal from which on beliefs and loops have panels of their own."""
_CIRCLES = 3
_ROOMY = 48
"""Cells from which on there is room for what can be left out."""


_NOTHING_YET = Text(
    "No turn has been played yet. Results come here once you end the turn with e.",
    "Aún no se ha jugado ningún turno. Los resultados aparecen aquí cuando termine el turno con e.",
)
_CAME_OFF = (
    Text("Your order came off ({k} of 1).", "Su orden resultó ({k} de 1)."),
    Text("{k} of your {n} orders came off.", "{k} de sus {n} órdenes resultaron."),
)
_ONE_CAME_OFF = Text("1 of your {n} orders came off.", "1 de sus {n} órdenes resultó.")
_NO_ORDERS = Text("You gave no orders.", "No dio órdenes.")
_SCORE = Text("Your score, if it ended now: {a} → {b}", "Su puntaje, si terminara ahora: {a} → {b}")
_START = Text("start", "inicio")
_CHIEFLY = Text("chiefly", "sobre todo")
_LEADS = Text("Where it leads", "Adónde lleva")
_WHAT, _WHY = Text("What changed", "Qué cambió"), Text("Why", "Por qué")
_IMPORTANCE = Text("by importance", "por importancia")
_BECAME = Text("What happened", "Qué pasó")
_NO_CHANGE = Text("Nothing that you could see.", "Nada que pudiera ver.")
_KEY = Text("■ against you  □ for you", "■ contra usted  □ a su favor")
_IT_IS = Text("It is now: {working}", "Es ahora: {working}")
