"""The first screen: what there is to play, sessions to go on with, and how to play."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Static

from wargame import __version__
from wargame.content.listing import by_use, case_names, scenario_names, teaches
from wargame.content.titles import title_of
from wargame.model.text import Language, Text, same
from wargame.session.newest import LAST
from wargame.tui.base import Base
from wargame.tui.card import choice_card, scenario_card, seat_card
from wargame.tui.dialogs import ENTER
from wargame.tui.how import How
from wargame.tui.ink import Line, Piece, apart, dim, width_of, without_end, wrap
from wargame.tui.kept import has_finished, show_kept
from wargame.tui.listed import Listed
from wargame.tui.panel import Panel, Row, content_of, text_row
from wargame.tui.preview import Preview
from wargame.tui.themes import NAMES
from wargame.tui.too_small import too_small

if TYPE_CHECKING:
    from wargame.content.reports import Report
    from wargame.model.scenario import Scenario
    from wargame.tui.app import WargameApp


class Home(Base):
    """Start or resume in two keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "change(-1)", show=False),
        Binding("right", "change(1)", show=False),
    ]
    footer: ClassVar[tuple[str, ...]] = ("enter", "help", "resume", "language", "commands", "seed")

    def __init__(self) -> None:
        super().__init__()
        self.reports: dict[str, Report] = {}
        self.names: list[str] = []
        self._busy = ""
        self._since = 0.0
        self._clock: Timer | None = None
        self._titles: dict[str, Text] = {}
        """What scenarios are called that have not been read yet."""
        self._begin_with = ""
        """The scenario to begin with, for those who have finished no session."""
        self._reading = False
        self.ready = False
        """All panels are there."""

    def compose(self) -> ComposeResult:
        """Lay out the lists and the card."""
        yield Static(id="top")
        with Container(id="room"), Horizontal():
            with Vertical(id="home-left", classes="column"):
                yield Panel("scenarios")
                yield Panel("sessions")
                yield Panel("replays")
                yield Preview("theatre")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Panel("card-of-scenario")
                yield Panel("seats", "seat").add_class("auto")
                yield Panel("options").add_class("auto")
        yield Static(id="foot")
        yield Static(id="small")

    def on_mount(self) -> None:
        """Name the scenarios at once, and read them one by one."""
        self.how = How(self.room)
        self.ready = True
        self.names = by_use(scenario_names())
        asked = self.room.asked.scenario
        if asked and asked not in self.names:
            self.names.insert(0, asked)
        self._titles = {name: title for name in self.names if (title := title_of(name)) is not None}
        self.refill()
        self.query_one("#scenarios", Panel).focus()
        if asked:
            self.query_one("#scenarios", Panel).go_to(asked)
        if not self.room.asked.is_for_a_session:
            self.call_after_refresh(self.begin_reading)  # what takes long waits until there is something to look at

    def begin_reading(self) -> None:
        """Read the scenarios one by one, once."""
        if not self._reading:
            self._reading = True
            self._read()

    @property
    def room(self) -> WargameApp:
        """Return the app."""
        return cast("WargameApp", self.app)

    @work(thread=True, exclusive=True, group="scenarios")
    def _read(self) -> None:
        from wargame.content.load import check_scenario

        for name in self.names:
            try:
                report = check_scenario(name, odd=False)
            except Exception as error:  # one that cannot be read must not close the others
                self.app.call_later(self.room.fail, error)
            else:
                self.app.call_later(self._has_read, name, report)

    def _has_read(self, name: str, report: Report) -> None:
        self.reports[name] = report
        if self.is_mounted:
            self.refill()

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────

    def refill(self) -> None:
        """Fill everything anew, as soon as there is something to fill."""
        if self.ready:
            self.draw_frame()
            novice = not has_finished(self.room)
            self._begin_with = next((name for name in self.names if novice and teaches(name)), "")
            self._show_scenarios()
            self._show_sessions()
            self._show_card()

    def draw_frame(self) -> None:
        """Draw head and foot."""
        if not self.ready or not self.query("#top"):
            return
        say, width = self.room.say, max(self.size.width - 2, 20)
        head: Line = (("WARGAME ", "bold $accent"), (f"{__version__}  ", "$dim"))
        if self._busy:
            waited = monotonic() - self._since
            time = f" {waited:.1f} s" if waited > _PATIENCE else ""
            busy: Line = ((f"◊ {self._busy}{time} ", "bold $est"), (f"· {say(_CALL_OFF)}", "$dim"))
            head = (("WARGAME ", "bold $accent"), *busy)
        es = self.room.language is Language.ES
        theme = NAMES[self.room.theme.removeprefix("wargame-")] if "wargame-" in self.room.theme else same("")
        tongues: Line = ((f"F3 {say(theme)}   ", "$dim"), ("en", "$dim" if es else "bold underline"), (" ", ""),
                         ("es", "bold underline" if es else "$dim"))  # fmt: skip
        motto: Line = ((say(_MOTTO), "$dim"),)
        if not self._busy and width_of((*head, *motto, *tongues)) < width:
            head = (*head, *motto)
        self.query_one("#top", Static).update(content_of([apart(head, tongues, width)]))
        self.query_one("#foot", Static).update(content_of([self._foot(width)]))
        self.query_one("#small", Static).update(too_small(say, self.size))

    def _foot(self, width: int) -> Line:
        from wargame.tui.commands import BY_NAME

        found: list[Piece] = [(self.room.say(ENTER), "bold $accent"), (f" {self._next()}   ", "$dim")]
        for name in self.footer[1:]:
            command = BY_NAME[name]
            piece: list[Piece] = [
                (command.label, "bold $accent"), (f" {command.in_row(self.room.say)}   ", "$dim"),
            ]  # fmt: skip
            if width_of((*found, *piece)) <= width + 3:
                found += piece
        return without_end(found)

    def _next(self) -> str:
        """Return what Enter does now; before it starts a session, which one that will be."""
        say, focused, scenario = self.room.say, self.focused, self.scenario
        name = focused.id if focused is not None else ""
        if name == "seats" and scenario is not None:
            seat = next((s for s in scenario.seats if s.id == self.query_one("#seats", Panel).key), None)
            if seat is not None:
                length = self.how.length(scenario)
                said = say(_START.fill(seat=seat.title, length=length))
                return said if len(said) < self.size.width // 2 else say(_START_SHORT.fill(length=length))
        return say(_NEXT.get(name or "", _PLAY))

    def _show_scenarios(self) -> None:
        listed = Listed(self.room.say, self.names, case_names(), self._titles, self.reports, self._begin_with)
        read = f"{len(self.reports)}/{len(self.names)}" if len(self.reports) < len(self.names) else str(len(self.names))
        rows = list(listed.rows()) or [text_row(dim(self.room.say(_NONE)))]
        title = self.room.say(Text("Scenarios", "Escenarios"))
        self.query_one("#scenarios", Panel).show(title, rows, meta=((read, "$dim"),), head=listed.head)

    def _show_sessions(self) -> None:
        show_kept(self.room, self.query_one("#sessions", Panel), self.query_one("#replays", Panel), self.reports)

    @property
    def scenario(self) -> Scenario | None:
        """Return the scenario at the cursor, once it has been read."""
        report = self.reports.get(self.query_one("#scenarios", Panel).key)
        return report.scenario if report else None

    def _show_card(self) -> None:
        say, scenario = self.room.say, self.scenario
        card, seats, options = (self.query_one(f"#{n}", Panel) for n in ("card-of-scenario", "seats", "options"))
        if scenario is None:
            report = self.reports.get(self.query_one("#scenarios", Panel).key)
            problems = report.problems[:8] if report else []
            rows = [Row(partial(wrap, p.say(self.room.language)), "", pick=False) for p in problems]
            name = self.query_one("#scenarios", Panel).key
            card.show(say(self._titles[name]) if name in self._titles else name, rows)
            seats.show(say(Text("Seats", "Puestos")), [])
            options.show(say(_OPTIONS), [])
            return
        card.show(*self._card(scenario))
        if self._has_map():
            self.query_one(Preview).show_theatre(scenario, say)
        asked = self.room.asked.seat
        rows = []
        for seat in scenario.seats:
            style = "bold" if seat.id == asked else ""
            rows.append(text_row(((say(seat.title), style), (f"  {say(seat.public)}", "$dim")), seat.id, pick=True))
        seats.show(say(Text("Play as", "Jugar como")), rows, meta=((str(len(rows)), "$dim"),))
        options.show(say(_OPTIONS), list(self.how.rows(scenario)))

    def _has_map(self) -> bool:
        """Say whether the lists leave room for the theatre below them."""
        lists = [self.query_one(f"#{name}", Panel) for name in ("scenarios", "sessions", "replays")]
        rows = [p.get_content_height(self.size, self.size, p.size.width) for p in lists if p.display]
        taken = sum(min(height, _LIST) + 1 for height in rows)
        scenario = self.scenario
        placed = scenario is not None and any(entity.at is not None for entity in scenario.entities)
        self.set_class(placed and self.size.height - taken >= _MAP, "-mapped")
        return self.has_class("-mapped")

    def _card(self, scenario: Scenario) -> tuple[str, list[Row]]:
        """Return the card of what the cursor is on: a seat, a choice that wants words, else the scenario."""
        panel = self.focused
        key = panel.key if isinstance(panel, Panel) else ""
        seat = next((s for s in scenario.seats if s.id == key), None) if panel and panel.id == "seats" else None
        if seat is not None:
            return seat_card(self.how, scenario, seat)
        choice = choice_card(self.how, scenario, key) if panel and panel.id == "options" else None
        return choice or scenario_card(self.how, scenario)

    def _draw_card(self) -> None:
        if (scenario := self.scenario) is not None:
            self.query_one("#card-of-scenario", Panel).show(*self._card(scenario))

    # ── choosing ────────────────────────────────────────────────────────────────────────────────────────────

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Show the card of the scenario at the cursor."""
        if event.panel.id == "scenarios" and type(event) is Panel.Moved:
            self._show_card()
        elif event.panel.id in ("seats", "options"):
            self._draw_card()
        self.draw_frame()

    def on_descendant_focus(self) -> None:
        """Say what Enter does in the panel that has the focus now, and what its row is."""
        if self.ready and self.focused is not None and self.focused.id in ("scenarios", "seats", "options"):
            self._draw_card()
        self.draw_frame()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go on: scenario, seat, session; or take the next choice of an option."""
        if self._busy:
            return
        if event.panel.id == "scenarios":
            self.query_one("#seats", Panel).focus()
        elif event.panel.id in ("sessions", "replays"):
            self.room.resume(event.key)
        elif event.panel.id == "options" and event.key in _COMMANDS:
            self.room.obey(event.key)
        elif event.panel.id == "options":
            self.how.take_next(event.key)
            self._show_card()
        elif event.panel.id == "seats" and (scenario := self.scenario) is not None:
            name = self.query_one("#scenarios", Panel).key
            level, lens = self.how.level(scenario).id, self.how.lens(scenario)
            self.room.begin(name, event.key, level, lens, short=self.how.short, ahead=self.how.ahead)

    def action_change(self, by: int) -> None:
        """Take the next or the previous choice of the option at the cursor."""
        options = self.query_one("#options", Panel)
        if self._busy or not options.has_focus or not options.key:
            return
        if options.key not in _COMMANDS:
            self.how.take_next(options.key, by)
            self._show_card()
        elif options.key != "seed":
            self.room.obey(options.key)

    def resume_last(self) -> None:
        """Go on with the newest session that has not ended."""
        self.room.resume(LAST)

    def show_busy(self, what: str) -> None:
        """Say what is being worked at, and for how long."""
        if not self._busy:
            self._since = monotonic()
        self._busy = what
        if self._clock is not None:
            self._clock.stop()
        self._clock = self.set_interval(0.2, self.draw_frame) if what else None
        self.draw_frame()

    def on_resize(self, event: Resize) -> None:
        """Draw head and foot at the new width."""
        self.call_after_refresh(self.refill)


_MOTTO = Text("play a seat, ask why, try again", "juegue un puesto, pregunte por qué, inténtelo otra vez")
_PATIENCE = 0.3
_CALL_OFF = Text("Esc calls it off", "Esc la cancela")
_PLAY = Text("play", "jugar")
_NEXT = {
    "scenarios": Text("choose a seat", "elegir puesto"),
    "sessions": Text("go on with it", "continuarla"),
    "replays": Text("look at it again", "volver a verla"),
    "options": Text("change", "cambiar"),
}
_START = Text("start: {seat}, {length}", "empezar: {seat}, {length}")
_START_SHORT = Text("start: {length}", "empezar: {length}")
_OPTIONS = Text("Settings", "Ajustes")
_NONE = Text("No scenario was found.", "No se encontró ningún escenario.")
_MAP, _LIST = 14, 18
"""Rows that a map of the theatre needs, with head and foot, and those to which the lists are held beside it."""
_COMMANDS = ("seed", "language", "theme")
"""Rows of the choices that are commands as well."""
