"""The first screen: what there is to play, sessions to go on with, and how to play."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from wargame import __version__
from wargame.content.load import scenario_names
from wargame.model.text import Language, Text, counted, same
from wargame.tui.ink import Line, Piece, apart, columns, cut, dim, plain, width_of, wrap
from wargame.tui.panel import Draw, Panel, Row, content_of, text_row
from wargame.tui.themes import NAMES

if TYPE_CHECKING:
    from wargame.content.reports import Report
    from wargame.model.scenario import Scenario
    from wargame.session.store import Summary
    from wargame.tui.app import WargameApp

SUGGESTED = "vraem-2020"
"""The scenario that stands first."""


class Home(Screen[None]):
    """Start or resume in two keys."""

    footer: ClassVar[tuple[str, ...]] = ("enter", "resume", "seed", "language", "commands", "help")

    def __init__(self) -> None:
        super().__init__()
        self.reports: dict[str, Report] = {}
        self.names: list[str] = []
        self.chosen = {"level": 0, "lens": 0, "length": 0, "opponents": 0}
        self._busy = ""
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
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Panel("card-of-scenario")
                yield Panel("seats", "seat").add_class("auto")
                yield Panel("options").add_class("auto")
        yield Static(id="foot")
        yield Static(id="small")

    def on_mount(self) -> None:
        """Name the scenarios at once, and read them one by one."""
        self.ready = True
        self.query_one("#card-of-scenario", Panel).can_focus = False
        self.names = sorted(scenario_names(), key=lambda name: (name != SUGGESTED, name))
        asked = self.room.asked.scenario
        if asked and asked not in self.names:
            self.names.insert(0, asked)
        self.refill()
        self.query_one("#scenarios", Panel).focus()
        if asked:
            self.query_one("#scenarios", Panel).go_to(asked)
        if not self.room.asked.is_for_a_session:
            self.begin_reading()

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
            report = check_scenario(name)
            self.app.call_later(self._has_read, name, report)

    def _has_read(self, name: str, report: Report) -> None:
        self.reports[name] = report
        if self.is_mounted:
            self.refill()

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────

    def refill(self) -> None:
        """Fill everything anew, as soon as there is something to fill."""
        if not self.ready:
            return
        say, width = self.room.say, max(self.size.width - 2, 20)
        head: Line = (("WARGAME ", "bold $accent"), (f"{__version__}  ", "$dim"), (say(_MOTTO), "$dim"))
        if self._busy:
            head = (("WARGAME ", "bold $accent"), (f"◊ {self._busy} …", "bold $est"))
        es = self.room.language is Language.ES
        theme = NAMES[self.room.theme.removeprefix("wargame-")] if "wargame-" in self.room.theme else same("")
        tongues: Line = ((f"F3 {say(theme)}   ", "$dim"), ("en", "$dim" if es else "bold underline"), (" ", ""),
                         ("es", "bold underline" if es else "$dim"))  # fmt: skip
        self.query_one("#top", Static).update(content_of([apart(head, tongues, width)]))
        self.query_one("#foot", Static).update(content_of([self._foot(width)]))
        self.query_one("#small", Static).update(say(_TOO_SMALL))
        self._show_scenarios()
        self._show_sessions()
        self._show_card()

    def _foot(self, width: int) -> Line:
        from wargame.tui.commands import BY_NAME

        found: list[Piece] = [("Enter", "bold $accent"), (f" {self.room.say(_PLAY)}   ", "$dim")]
        for name in self.footer[1:]:
            command = BY_NAME[name]
            piece: list[Piece] = [
                (command.label, "bold $accent"), (f" {self.room.say(command.title).lower()}   ", "$dim"),
            ]  # fmt: skip
            if width_of((*found, *piece)) <= width + 3:
                found += piece
        return tuple(found)

    def _show_scenarios(self) -> None:
        say = self.room.say
        heads = [say(t) for t in _HEADS]

        def head(width: int) -> list[Line]:
            return [_scenario_line(dim(heads[0]), dim(heads[1]), dim(heads[2]), dim(heads[3]), dim(heads[4]), width)]

        rows = [Row(self._drawer(name), name) for name in self.names]
        read = f"{len(self.reports)}/{len(self.names)}" if len(self.reports) < len(self.names) else str(len(self.names))
        self.query_one("#scenarios", Panel).show(
            say(Text("Scenarios", "Escenarios")), rows or [text_row(dim(say(_NONE)))], meta=((read, "$dim"),), head=head
        )

    def _drawer(self, name: str) -> Draw:
        report = self.reports.get(name)
        say = self.room.say

        def draw(width: int) -> list[Line]:
            if report is None:
                return [((name, ""), ("  …", "$dim"))]
            scenario = report.scenario
            if scenario is None:
                broken = counted(len(report.problems), *_BROKEN)
                return [cut(((name, ""), (f"  × {say(broken)}", "$bad")), width)]
            first, last = scenario.calendar.start.year, scenario.calendar.date_of(scenario.calendar.full + 1).year
            years = f"{first}" if first == last else f"{first}–{last}"
            return [
                _scenario_line(
                    ((say(scenario.title), "bold"),), dim(say(scenario.where)), dim(years),
                    plain(str(len(scenario.seats))), plain(str(scenario.calendar.full)), width,
                )
            ]  # fmt: skip

        return draw

    def _show_sessions(self) -> None:
        say = self.room.say
        found = list(reversed(self.room.library.sessions()))
        rows = [Row(self._session_drawer(s), s.session) for s in found[:40]]
        panel = self.query_one("#sessions", Panel)
        title = say(Text("Go on with", "Seguir con"))
        panel.show(title, rows or [text_row(dim(say(_NO_SESSION)))], meta=((str(len(found)), "$dim"),))

    def _session_drawer(self, summary: Summary) -> Draw:
        report = self.reports.get(summary.scenario)
        scenario = report.scenario if report else None
        seat = next((s.seat for s in summary.header.seats if s.by == "people"), "") if summary.header else ""
        if scenario is not None:
            seat = next((self.room.say(s.title) for s in scenario.seats if s.id == seat), seat)
        title = self.room.say(scenario.title) if scenario else summary.scenario
        unreadable = self.room.say(Text("cannot be read", "no se puede leer"))

        def draw(width: int) -> list[Line]:
            turn = f"T{summary.turn}" if summary.header else f"× {unreadable}"
            day = summary.changed[:16].replace("T", " ")
            wide = max(width - 30, 20)
            return [columns([(plain(title), wide * 3 // 5), (dim(seat), wide - wide * 3 // 5), (plain(turn), 6),
                             (dim(day), -16)])]  # fmt: skip

        return draw

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
            card.show(self.query_one("#scenarios", Panel).key, rows)
            seats.show(say(Text("Seats", "Puestos")), [])
            options.show(say(_OPTIONS), [])
            return
        text = say(scenario.text)
        card.show(say(scenario.title), [Row(lambda width: wrap(text, width), "", pick=False)])
        asked = self.room.asked.seat
        rows = []
        for seat in scenario.seats:
            style = "bold" if seat.id == asked else ""
            rows.append(text_row(((say(seat.title), style), (f"  {say(seat.public)}", "$dim")), seat.id, pick=True))
        seats.show(say(Text("Play as", "Jugar como")), rows, meta=((str(len(rows)), "$dim"),))
        self._show_options(scenario, options)

    def _show_options(self, scenario: Scenario, panel: Panel) -> None:
        say = self.room.say
        level = scenario.levels[self._level(scenario)]
        lens = scenario.lenses[self.chosen["lens"] % len(scenario.lenses)]
        turns = scenario.calendar.short if self.chosen["length"] else scenario.calendar.full
        length = counted(turns, Text("{n} turn", "{n} turno"), Text("{n} turns", "{n} turnos"))
        seed = Text("drawn anew", "al azar") if self.room.seed is None else same(str(self.room.seed))
        rivals = _AHEAD if self._ahead else _BY_DOCTRINE
        found = (
            ("level", Text("level", "nivel"), level.title, len(scenario.levels)),
            ("lens", Text("lens", "enfoque"), scenario.ruleset.lenses[lens].title, len(scenario.lenses)),
            ("length", Text("length", "duración"), length, 2),
            ("opponents", Text("others", "rivales"), rivals, 2),
            ("seed", Text("seed", "semilla"), seed, 1),
        )
        rows = []
        for key, name, value, n in found:
            more = f"  · {n}" if n > 1 else ""
            rows.append(text_row(((f"{say(name):10}", "$dim"), (say(value), "bold"), (more, "$dim")), key, pick=True))
        panel.show(say(_OPTIONS), rows)

    @property
    def _ahead(self) -> bool:
        """Say whether opponents are to think ahead."""
        return bool(self.chosen["opponents"]) != self.room.asked.ahead

    def _level(self, scenario: Scenario) -> int:
        usual = scenario.levels.index(scenario.level(self.room.asked.level))
        return (usual + self.chosen["level"]) % len(scenario.levels)

    # ── choosing ────────────────────────────────────────────────────────────────────────────────────────────

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Show the card of the scenario at the cursor."""
        if event.panel.id == "scenarios" and type(event) is Panel.Moved:
            self._show_card()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go on: scenario, seat, session; or take the next choice of an option."""
        if self._busy:
            return
        if event.panel.id == "scenarios":
            self.query_one("#seats", Panel).focus()
        elif event.panel.id == "sessions":
            self.room.resume(event.key)
        elif event.panel.id == "options" and event.key == "seed":
            self.room.obey("seed")
        elif event.panel.id == "options":
            self.chosen[event.key] = (self.chosen[event.key] + 1) % (2 if event.key in ("length", "opponents") else 60)
            self._show_card()
        elif event.panel.id == "seats" and (scenario := self.scenario) is not None:
            lens = (
                scenario.lenses[self.chosen["lens"] % len(scenario.lenses)]
                if self.chosen["lens"]
                else self.room.asked.lens
            )
            short = bool(self.chosen["length"]) or self.room.asked.short
            name = self.query_one("#scenarios", Panel).key
            level = scenario.levels[self._level(scenario)].id
            self.room.begin(name, event.key, level, lens, short=short, ahead=self._ahead)

    def resume_last(self) -> None:
        """Go on with the newest session."""
        panel = self.query_one("#sessions", Panel)
        if panel.rows and panel.rows[0].key:
            self.room.resume(panel.rows[0].key)

    def show_busy(self, what: str) -> None:
        """Say what is being worked at."""
        self._busy = what
        self.refill()

    def on_resize(self, event: Resize) -> None:
        """Draw head and foot at the new width."""
        self.call_after_refresh(self.refill)


def _scenario_line(title: Line, place: Line, years: Line, seats: Line, turns: Line, width: int) -> Line:
    room = max(width - 26, 20)
    where = room * 2 // 5 if width > 56 else 0
    return columns([(title, room - where - 1), (place, where), (years, 10), (seats, -6), (turns, -6)])


_HEADS = (Text("scenario", "escenario"), Text("place", "lugar"), Text("years", "años"), Text("seats", "puest."),
          Text("turns", "turnos"))  # fmt: skip
_MOTTO = Text("play a seat, ask why, try again", "juegue un puesto, pregunte por qué, inténtelo otra vez")
_PLAY = Text("play", "jugar")
_OPTIONS = Text("How", "Cómo")
_BY_DOCTRINE = Text("play by doctrine, at once", "juegan por doctrina, al instante")
_AHEAD = Text("think ahead, some seconds a turn", "piensan por adelantado, unos segundos por turno")
_NONE = Text("No scenario was found.", "No se encontró ningún escenario.")
_NO_SESSION = Text(
    "No session yet: choose a scenario and press Enter.", "Aún no hay sesiones: elija un escenario y pulse Intro."
)
_BROKEN = (
    Text("1 problem in its files", "1 problema en sus archivos"),
    Text("{n} problems in its files", "{n} problemas en sus archivos"),
)
_TOO_SMALL = Text(
    "This terminal is too small: 80 columns and 24 rows are needed. Enlarge it, or leave with q and play in plain "
    "lines: wargame play --line",
    "Esta terminal es muy pequeña: se necesitan 80 columnas y 24 filas. Agrándela, o salga con q y juegue en líneas de "
    "texto: wargame play --line",
)
