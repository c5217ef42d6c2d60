"""The app: which session is on screen, in which language and theme, and the commands that lie over all tabs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from wargame.model.errors import WargameError
from wargame.model.lessons import QUESTIONS, Deed
from wargame.model.text import Language, Text
from wargame.session.library import Library
from wargame.tui import glyphs
from wargame.tui.base import Base
from wargame.tui.commands import COMMANDS
from wargame.tui.hang_up import HUNG_UP, mind_hang_up
from wargame.tui.home import Home
from wargame.tui.notices import Noticing
from wargame.tui.themes import NAMES, PALETTES, ROLES, themes

if TYPE_CHECKING:
    from wargame.session.session import Session
    from wargame.telling.figures import Figures
    from wargame.tui.play import Play
    from wargame.tui.sitting import Sitting
    from wargame.tui.task import Task
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
    glyphs: str = "full"
    """``plain``: letters, ASCII marks and box lines only; ``auto``: as the terminal seems to need."""
    warm: bool = False
    """Start the worker for forecasts as soon as the orders are shown, not with the first question."""
    ahead: bool = False
    """Opponents think ahead."""
    think: float = 5.0
    """Seconds of a turn for all of them."""

    @property
    def is_for_a_session(self) -> bool:
        """Say whether the first screen is only passed through."""
        return bool(self.resume or (self.scenario and self.seat))


class WargameApp(Noticing):
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
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
        Binding("escape", "call_off", show=False),
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
        self.job: Task | None = None
        """What is being worked at beside the screen."""
        self.said_off: Text | None = None
        """What is said if it is called off."""
        self.busy = ""
        """What is being done just now; empty if nothing."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the roles of the first theme, for the moment before one is chosen."""
        return dict(zip(ROLES, PALETTES["dark"], strict=True))

    def on_mount(self) -> None:
        """Open on the first screen, or straight on the session that was asked for."""
        for theme in themes():
            self.register_theme(theme)
        mind_hang_up(self.leave_at_once)
        glyphs.use(glyphs.wants_plain(self.asked.glyphs, os.environ))
        self.theme = f"wargame-{self.asked.theme if self.asked.theme in NAMES else 'dark'}"
        self.push_screen(Home())
        if self.asked.resume:
            self.resume(self.asked.resume)
        elif self.asked.scenario and self.asked.seat:
            asked = self.asked
            self.begin(asked.scenario, asked.seat, asked.level, asked.lens, short=asked.short, ahead=asked.ahead)

    # ── where one is ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def play(self) -> Play | None:
        """Return the screen of the session, if it is shown."""
        if self.sitting is None:
            return None
        from wargame.tui.play import Play

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

    @property
    def figures(self) -> Figures:
        """Return how numbers and dates are written in the language of the screen."""
        from wargame.telling.figures import Figures
        from wargame.telling.voice import Voice

        return Figures(Voice(self.language))

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
            return
        asked = "decisions" if name == "weigh" else name
        if self.sitting is not None and asked in QUESTIONS:
            self.learn(Deed.ASK, asked)

    def learn(self, deed: Deed, what: str) -> None:
        """Let the teacher of a first session know what was done."""
        if self.sitting is not None and self.sitting.game.tutor.note(deed, what) and self.play is not None:
            self.play.draw_frame()

    def turn_lessons(self, by: int) -> None:
        """Go on to the next lesson, or back to the one before."""
        if self.sitting is not None and self.play is not None:
            tutor = self.sitting.game.tutor
            tutor.skip() if by > 0 else tutor.go_back()
            self.play.draw_frame()

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

    def begin(
        self, scenario: str, seat: str, level: str = "", lens: str = "", *, short: bool = False, ahead: bool = False
    ) -> None:
        """Load a scenario and start a session of it."""
        from wargame.tui import begin

        begin.begin(self, scenario, seat, level, lens, short=short, ahead=ahead)

    def resume(self, session: str) -> None:
        """Open a session where it was left."""
        from wargame.tui import begin

        begin.resume(self, session, self.asked.seat)

    def fork(self, turn: int, *, new_luck: bool) -> None:
        """Start again from a past turn."""
        from wargame.tui import begin

        assert self.sitting is not None
        begin.fork(self, self.sitting.session.id, self.sitting.seat.id, turn, new_luck=new_luck)

    def action_call_off(self) -> None:
        """Call off what is being worked at; what was acknowledged stays."""
        task = self.job
        if task is None:
            return
        task.call_off()
        if task.at_once:
            self.job = None
            self.set_busy("")
            self.was_called_off()
        else:
            self.set_busy(self.say(_CALLING_OFF))

    def was_called_off(self) -> None:
        """Say that what was being worked at has not been done."""
        if self.said_off is not None:
            self.notify(self.say(self.said_off), timeout=6)
        if isinstance(self.screen, Home):
            self.screen.begin_reading()

    def say_busy(self, task: Task, what: Text) -> None:
        """Say what a task is at, while it is the one that is waited for."""
        if task is self.job:
            self.set_busy(self.say(what))

    def sit_down(self, session: Session, seat: str) -> None:
        """Show a session."""
        from wargame.tui.play import Play
        from wargame.tui.sitting import Sitting

        self._stand_up()
        self.sitting = Sitting(self.library, session, seat, self.language)
        self.sitting.game.think = self.asked.think
        self._clear()
        tab = "end" if session.ended else "situation" if session.turn > 1 or session.filed[seat] else "brief"
        self.push_screen(Play("body" if session.voting.papers(seat) else tab))

    def set_busy(self, what: str) -> None:
        """Say that something is being worked at; keys wait meanwhile."""
        self.busy = what
        shown = [screen for screen in self.screen_stack if isinstance(screen, Base)]
        if shown:
            shown[-1].show_busy(what)

    def _clear(self) -> None:
        """Take away what lies over the first screen."""
        while (isinstance(self.screen, Base) and not isinstance(self.screen, Home)) or self.screen.is_modal:
            self.pop_screen()

    def go_home(self) -> None:
        """Leave the session, which is kept."""
        self._clear()
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

    def leave_at_once(self) -> None:
        """Leave because the terminal is gone: everything acknowledged is in the library."""
        self._stand_up()
        self.exit(return_code=HUNG_UP)

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

    def switch_glyphs(self) -> None:
        """Draw with all marks, or with letters, ASCII and box lines only, and keep the choice."""
        glyphs.use(not glyphs.is_plain())
        self.keep("glyphs", glyphs.PLAIN if glyphs.is_plain() else glyphs.FULL)
        self.refill()
        self.screen.refresh(layout=True)

    def refill(self) -> None:
        """Draw everything anew."""
        for screen in self.screen_stack:
            if isinstance(screen, Base):
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

    def lay_over(self, name: str) -> None:
        """Show one of the cards that lie over the tabs, by the name of the function that makes it."""
        from wargame.tui import afterwards, over

        getattr(afterwards if hasattr(afterwards, name) else over, name)(self)

    def resume_last(self) -> None:
        """Go on with the newest session."""
        home = self.screen
        if isinstance(home, Home):
            home.resume_last()


_FAILED = Text(
    "That failed ({why}). Nothing acknowledged was lost; try again.",
    "Eso falló ({why}). No se perdió nada confirmado; intente otra vez.",
)
_CALLING_OFF = Text("calling it off", "cancelando")
