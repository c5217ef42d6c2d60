"""The app: which session is on screen, in which language and theme, and the commands that lie over all tabs."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType

from wargame.model.errors import WargameError
from wargame.model.text import Language, Text
from wargame.session.library import Library
from wargame.tui.commands import COMMANDS
from wargame.tui.home import Home
from wargame.tui.play import Play
from wargame.tui.themes import NAMES, PALETTES, ROLES, themes

if TYPE_CHECKING:
    from wargame.session.session import Session
    from wargame.tui.sitting import Sitting
    from wargame.tui.views.view import View


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``wargame play`` was asked for; what is empty is chosen on the first screen."""

    scenario: str = ""
    seat: str = ""
    resume: str = ""
    level: str = ""
    seed: int | None = None
    lens: str = ""
    short: bool = False
    theme: str = "dark"
    warm: bool = False
    """Start the worker for forecasts as soon as the orders are shown, not with the first question."""

    @property
    def is_for_a_session(self) -> bool:
        """Say whether the first screen is only passed through."""
        return bool(self.resume or (self.scenario and self.seat))


class WargameApp(App[None]):
    """The situation room."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012  (as Textual declares it)
        (0, "-tiny"), (80, "-narrow"), (100, "-wide"), (160, "-huge"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012
        (0, "-flat"), (24, "-short"), (30, "-tall"),
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"press('{key}')", show=False) for key in sorted({k for c in COMMANDS for k in c.keys})),
        Binding("ctrl+q", "quit", show=False),
    ]

    def __init__(
        self, library: Library, language: Language, asked: Asked, keep: Callable[[str, str], None] | None = None
    ) -> None:
        super().__init__()
        self.library = library
        self.language = language
        self.asked = asked
        self.keep = keep or (lambda name, value: None)
        """Keeps a choice (language, theme) for the next time."""
        self.sitting: Sitting | None = None
        self.seed = asked.seed
        self.busy = ""
        """What is being done just now; empty if nothing."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the roles of the first theme, for the moment before one is chosen."""
        return dict(zip(ROLES, PALETTES["dark"], strict=True))

    def on_mount(self) -> None:
        """Open on the first screen, or straight on the session that was asked for."""
        for theme in themes():
            self.register_theme(theme)
        self.theme = f"wargame-{self.asked.theme if self.asked.theme in NAMES else 'dark'}"
        self.push_screen(Home())
        if self.asked.resume:
            self.resume(self.asked.resume)
        elif self.asked.scenario and self.asked.seat:
            self.begin(self.asked.scenario, self.asked.seat, self.asked.level, self.asked.lens, short=self.asked.short)

    # ── where one is ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def play(self) -> Play | None:
        """Return the screen of the session, if it is shown."""
        return next((s for s in self.screen_stack if isinstance(s, Play)), None)

    @property
    def place(self) -> str:
        """Return the tab that is shown, or ``home``."""
        play = self.play
        return play.tab if play is not None else "home"

    @property
    def view(self) -> View:
        """Return the tab that is shown."""
        play = self.play
        assert play is not None
        return play.view

    def say(self, text: Text) -> str:
        """Return a text in the language of the screen."""
        return text.say(self.language)

    def action_press(self, key: str) -> None:
        """Run the command that a key means here."""
        for command in COMMANDS:
            if key in command.keys and command.fits(self):
                self.obey(command.name)
                return

    def obey(self, name: str) -> None:
        """Run a command; what is refused is said in a sentence."""
        command = next(c for c in COMMANDS if c.name == name)
        if self.busy:
            return
        try:
            command.run(self)
        except WargameError as error:
            self.refuse(error)

    def refuse(self, error: WargameError) -> None:
        """Say why something was not done."""
        self.notify(self.say(error.message), severity="warning", timeout=8)

    def fail(self, error: Exception) -> None:
        """Say what went wrong beside the screen, and how to go on."""
        if isinstance(error, WargameError):
            self.refuse(error)
            return
        self.log.error(error)
        text = _FAILED.fill(why=f"{type(error).__name__}: {error}"[:200])
        self.notify(self.say(text), severity="error", timeout=20)

    # ── starting and leaving ────────────────────────────────────────────────────────────────────────────────

    @work(thread=True, exclusive=True, group="session", exit_on_error=False)
    def begin(self, scenario: str, seat: str, level: str = "", lens: str = "", *, short: bool = False) -> None:
        """Load a scenario and start a session of it."""
        from wargame.tui.begin import begin

        seed = secrets.randbelow(2**32) if self.seed is None else self.seed
        self._in_background(
            _LOADING, lambda: begin(self.library, scenario, seat, level, lens, seed, self.language, short=short)
        )

    @work(thread=True, exclusive=True, group="session", exit_on_error=False)
    def resume(self, session: str) -> None:
        """Open a session where it was left."""
        from wargame.tui.begin import open_again

        self._in_background(_LOADING, lambda: open_again(self.library, session, self.asked.seat))

    @work(thread=True, exclusive=True, group="session", exit_on_error=False)
    def fork(self, turn: int, *, new_luck: bool) -> None:
        """Start again from a past turn."""
        from wargame.session.beginning import fork
        from wargame.tui.begin import open_again

        assert self.sitting is not None
        earlier, seat = self.sitting.session.id, self.sitting.seat.id
        seed = secrets.randbelow(2**32) if new_luck else None

        def made() -> tuple[Session, str]:
            return open_again(self.library, fork(self.library, earlier, turn, seed=seed), seat)

        self._in_background(_LOADING, made)

    def _in_background(self, what: Text, make: Callable[[], tuple[Session, str]]) -> None:
        """Make a session in a thread and sit down at it in the loop of the app.

        The thread never waits for the loop, which may be waiting for the thread: to leave.
        """
        try:
            self.call_later(self.set_busy, self.say(what))
            session, seat = make()
        except Exception as error:
            self.call_later(self.set_busy, "")
            self.call_later(self.fail, error)
            return
        self.call_later(self._sit_down_or_say, session, seat)

    def _sit_down_or_say(self, session: Session, seat: str) -> None:
        try:
            self.sit_down(session, seat)
        except Exception as error:
            self.fail(error)

    def sit_down(self, session: Session, seat: str) -> None:
        """Show a session."""
        from wargame.tui.sitting import Sitting

        self.set_busy("")
        self._stand_up()
        self.sitting = Sitting(self.library, session, seat, self.language)
        while isinstance(self.screen, Play) or self.screen.is_modal:
            self.pop_screen()
        tab = "end" if session.ended else "situation" if session.turn > 1 or session.filed[seat] else "brief"
        self.push_screen(Play("body" if session.voting.papers(seat) else tab))

    def set_busy(self, what: str) -> None:
        """Say that something is being worked at; keys wait meanwhile."""
        self.busy = what
        screen = self.screen_stack[0] if self.play is None else self.play
        for one in self.screen_stack:
            if isinstance(one, Home | Play):
                screen = one
        if isinstance(screen, Home | Play):
            screen.show_busy(what)

    def go_home(self) -> None:
        """Leave the session, which is kept."""
        while isinstance(self.screen, Play) or self.screen.is_modal:
            self.pop_screen()
        self._stand_up()
        self.sitting = None
        home = self.screen
        if isinstance(home, Home):
            home.begin_reading()
            home.refill()

    def _stand_up(self) -> None:
        if self.sitting is not None:
            self.sitting.close()

    def on_unmount(self) -> None:
        """End what works beside the screen."""
        self._stand_up()

    def leave(self) -> None:
        """Leave the app."""
        self.exit()

    # ── language and theme ──────────────────────────────────────────────────────────────────────────────────

    def switch_language(self) -> None:
        """Go on in the other language, and keep the choice."""
        self.language = Language.ES if self.language is Language.EN else Language.EN
        self.keep("language", self.language.value)
        if self.sitting is not None:
            self.sitting.speak(self.language)
        self.refill()

    def switch_theme(self) -> None:
        """Take the next theme, and keep the choice."""
        names = list(NAMES)
        now = self.theme.removeprefix("wargame-")
        chosen = names[(names.index(now) + 1) % len(names)]
        self.theme = f"wargame-{chosen}"
        self.keep("theme", chosen)
        self.refill()

    def refill(self) -> None:
        """Draw everything anew."""
        for screen in self.screen_stack:
            if isinstance(screen, Home | Play):
                screen.refill()

    # ── what lies over the tabs (see ``over``) ──────────────────────────────────────────────────────────────

    def show_tab(self, tab: str) -> None:
        """Show a tab."""
        if self.play is not None:
            self.play.show_orders_about("") if tab == "orders" else self.play.show(tab)

    def show_orders_about(self, owner: str) -> None:
        """Show the moves that can be ordered about an actor or zone."""
        if self.play is not None:
            self.play.show_orders_about(owner)

    def show_palette(self) -> None:
        """List every command that makes sense here."""
        from wargame.tui import over

        over.show_palette(self)

    def show_glossary(self) -> None:
        """List every word that is explained."""
        from wargame.tui import over

        over.show_glossary(self)

    def show_help(self) -> None:
        """Explain the panel in focus, and the keys."""
        from wargame.tui import over

        over.show_help(self)

    def show_why(self) -> None:
        """Show the ledger of the number at the cursor."""
        from wargame.tui import afterwards

        afterwards.show_why(self)

    def show_card(self) -> None:
        """Show everything about what is at the cursor."""
        from wargame.tui import over

        over.show_card(self)

    def show_sources(self) -> None:
        """Show the sources cited at the cursor, or what the scenario says of its sources."""
        from wargame.tui import afterwards

        afterwards.show_sources(self)

    def ask_note(self) -> None:
        """Ask for a note."""
        from wargame.tui import over

        over.ask_note(self)

    def ask_fork(self) -> None:
        """Ask with which luck to start again."""
        from wargame.tui import over

        over.ask_fork(self)

    def ask_seed(self) -> None:
        """Ask for a seed."""
        from wargame.tui import over

        over.ask_seed(self)

    def confirm_end(self) -> None:
        """Ask whether the phase is to end."""
        from wargame.tui import over

        over.confirm_end(self)

    def resume_last(self) -> None:
        """Go on with the newest session."""
        home = self.screen
        if isinstance(home, Home):
            home.resume_last()


_FAILED = Text(
    "That failed ({why}). Nothing acknowledged was lost; try again.",
    "Eso falló ({why}). No se perdió nada confirmado; intente otra vez.",
)
_LOADING = Text("loading", "cargando")
