"""The screen of a session: who plays and how the turn stands above, the tabs in the order of a turn, keys below."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr
from time import monotonic
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Click, Resize
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from wargame.model.lessons import Deed
from wargame.model.text import Text
from wargame.session import collector
from wargame.session.steps import Step
from wargame.telling.voice import Voice
from wargame.tui.ahead import Ahead
from wargame.tui.base import Base
from wargame.tui.commands import BY_NAME
from wargame.tui.dialogs import ENTER
from wargame.tui.heading import TIGHT, head_line
from wargame.tui.ink import Line, Piece, apart, shortened, width_of, without_end, wrap
from wargame.tui.panel import content_of
from wargame.tui.task import Task, Then, do_beside
from wargame.tui.too_small import too_small
from wargame.tui.views import VIEWS
from wargame.tui.views.orders import Orders
from wargame.tui.views.view import View

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp
    from wargame.tui.sitting import Sitting

FOOTER = 6
"""At most so many keys are shown."""
_PATIENCE = 0.3
"""After so many seconds a wait is shown with its time."""


class Play(Base):
    """A session in play."""

    def __init__(self, tab: str) -> None:
        super().__init__()
        self.tab = tab
        self.every: tuple[View, ...] = ()
        """All tabs, once they are there."""
        self._busy = ""
        self._since = 0.0
        self._clock: Timer | None = None
        self.ahead = Ahead(self)
        self._tab_ends: list[tuple[int, int, str]] = []

    def compose(self) -> ComposeResult:
        """Lay out head, tabs and foot."""
        yield Static(id="top")
        yield Static(id="lesson")
        with Container(id="room"):
            for view in VIEWS:
                yield view()
        yield Static(id="foot")
        yield Static(id="small")

    def on_mount(self) -> None:
        """Show the first tab."""
        self.every = tuple(self.query(View))
        self.show(self.tab)

    @property
    def room(self) -> WargameApp:
        """Return the app."""
        return cast("WargameApp", self.app)

    @property
    def sitting(self) -> Sitting:
        """Return the session on screen."""
        sitting = self.room.sitting
        assert sitting is not None
        return sitting

    @property
    def views(self) -> tuple[View, ...]:
        """Return the tabs that make sense: the last one only once the session has ended."""
        return tuple(v for v in self.every if v.tab != "end" or self.sitting.session.ended)

    @property
    def view(self) -> View:
        """Return the tab that is shown."""
        return next(v for v in self.every if v.tab == self.tab)

    def show(self, tab: str) -> None:
        """Show a tab."""
        if tab not in [v.tab for v in self.views]:
            return
        self.tab = tab
        self.sitting.game.tutor.note(Deed.SEE, tab)
        for view in self.every:
            view.display = view.tab == tab  # not a class: no rule of the style sheet has to be looked at again
        if self.ahead.is_filled(self.view):
            self.draw_frame()
            self.ahead.wait()
        else:
            self.refill()
        self.view.on_shown()
        self.view.focus_first()

    @property
    def focus_chain(self) -> list[Widget]:
        """Return what Tab visits, in the order in which the tab is read."""
        chain, reading = super().focus_chain, self.view.reading
        return sorted(chain, key=lambda w: reading.index(w.id) if w.id in reading else len(reading))

    def show_move(self, number: int) -> None:
        """Show one move among the orders."""
        self.show("orders")
        self.query_one(Orders).go_to_move(number)

    def show_orders_about(self, owner: str) -> None:
        """Show the moves about an actor or zone alone; the tab's own key shows all again."""
        orders = self.query_one(Orders)
        if orders.about != owner:
            orders.about, orders.filled = owner, -1
        self.show("orders")

    def refill(self) -> None:
        """Fill what is shown with what is so now."""
        if self.room.sitting is None or not self.every:
            return
        self.ahead.fill(self.view)
        self.draw_frame()
        self.ahead.wait()

    def on_panel_moved(self) -> None:
        """Wait again before tabs are filled ahead: somebody is moving about."""
        self.ahead.wait()

    def on_resize(self, event: Resize) -> None:
        """Draw head and foot at the new width; panels draw themselves."""
        if self.room.sitting is not None:
            self.call_after_refresh(self.refill)

    # ── head and foot ───────────────────────────────────────────────────────────────────────────────────────

    def draw_frame(self) -> None:
        """Draw head, tabs and foot."""
        width = max(self.size.width - 2, 20)
        self.query_one("#top", Static).update(content_of([self._head(width), self._tabs(width)]), layout=False)
        self.query_one("#foot", Static).update(content_of([self._foot(width)]), layout=False)
        self.query_one("#small", Static).update(too_small(self.room.say, self.size), layout=False)
        self._draw_lesson(width)

    def _draw_lesson(self, width: int) -> None:
        """Draw the lesson that is due, in a session that teaches."""
        tutor, place = self.sitting.game.tutor, self.query_one("#lesson", Static)
        tutor.catch_up()
        lesson = tutor.shown
        place.set_class(lesson is not None, "-due")
        self.set_class(lesson is not None, "-teaching")
        if lesson is not None:
            say = self.room.say
            before: Line = (("   F7 ", "bold $accent"), (say(_BEFORE), "$dim")) if tutor.has_before else ()
            keys: Line = (("F6 ", "bold $accent"), (say(_NEXT), "$dim"), *before)
            head = apart(((say(tutor.head), "bold $accent"),), keys, width)
            place.update(
                content_of([head, *wrap(say(lesson.text), width), *wrap(f"► {say(lesson.screens)}", width, "bold")])
            )

    def _head(self, width: int) -> Line:
        waited = monotonic() - self._since if self._busy else 0.0
        time = f" {Voice(self.room.language).fixed(waited, 1)} s · {self.room.say(_CALL_OFF)}"
        busy = self._busy + (time if self._busy and waited > _PATIENCE else "")
        return head_line(self.sitting, self.room.language, width, busy)

    def _tabs(self, width: int) -> Line:
        pieces: list[Piece] = []
        self._tab_ends = []
        # read once: a turn may end the session meanwhile
        shown = [(v, self.room.say(v.title), f" ●{waiting}" if (waiting := v.is_due()) else "") for v in self.views]
        short = width < sum(len(title) + len(due) + 3 for _, title, due in shown)
        tight, last = width < TIGHT, False
        for n, (view, words, due) in enumerate(shown, 1):
            own = view.tab == self.tab
            if short and not own:
                words = shortened(words, 6)
            here = "bold $on-accent on $accent"
            if n > 1 and not tight:
                pieces.append((" ", ""))
            start = width_of(tuple(pieces))
            pieces.append((" ", here if own or (tight and last) else ""))
            pieces += [(f"{n} ", here if own else "$accent"), (f"{words}{due}", here if own else "$dim")]
            if not tight or n == len(shown):
                pieces.append((" ", here if own else ""))
            self._tab_ends.append((start, width_of(tuple(pieces)), view.tab))
            last = own
        return tuple(pieces)

    def _foot(self, width: int) -> Line:
        found: list[Piece] = []
        names = [n for n in self.view.footer if n == "enter" or BY_NAME[n].fits(self.room)][:FOOTER]
        words: list[tuple[str, str]] = []
        for name in names:
            command = None if name == "enter" else BY_NAME[name]
            word = self.room.say(self.view.enter if command is None else command.title)
            label = self.room.say(ENTER) if command is None else command.label
            words.append((label, word.lower() if width < TIGHT else word))
        gap = "   " if sum(len(label) + len(word) + 4 for label, word in words) <= width + 3 else "  "
        for label, word in words:
            piece: list[Piece] = [(label, "bold $accent"), (f" {word}{gap}", "$dim")]
            if width_of((*found, *piece)) <= width + len(gap):
                found += piece
        return without_end(found)

    def on_click(self, event: Click) -> None:
        """Show the tab that was clicked."""
        if event.screen_y == 1:
            for start, end, tab in self._tab_ends:
                if start <= event.screen_x - 1 < end:
                    self.show(tab)

    # ── the turn ────────────────────────────────────────────────────────────────────────────────────────────

    def show_busy(self, what: str) -> None:
        """Say in the head what is being worked at, with the time it takes."""
        if not self._busy:
            self._since = monotonic()
        self._busy = what
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        if what:
            self._clock = self.set_interval(0.2, self.draw_frame)
        if self.room.sitting is not None and self.every:
            self.draw_frame()

    def end_phase(self) -> None:
        """Close the orders and ask for votes, or play the turn out; Esc calls it off."""
        sitting = self.sitting

        def play_out(task: Task) -> Then:
            session, voting = sitting.session, sitting.session.voting
            if session.planning.waiting:
                with redirect_stderr(sys.__stderr__):  # a new process wants to inherit one that is a file
                    sitting.game.let_others_think(lambda done, of: task.step(_THINKING.fill(done=done, all=of)))
            task.step(_CLOSING)
            if voting.polls is None and voting.close_orders(task.check) and voting.papers(sitting.seat.id):
                return self._to_vote
            session.resolve(lambda step: task.step(_STEPS[step]))
            collector.go_through()  # while the turn is waited for anyway; later no key waits for the collector
            return self._resolved

        self.room.clear_notifications()  # what was said of the last order would lie over what the turn brings
        do_beside(self.room, play_out, _NOT_PLAYED, at_once=False)
        self.room.set_busy(self.room.say(_CLOSING))

    def _to_vote(self) -> None:
        self.sitting.filed()
        self.show("body")
        self.room.notify(self.room.say(_VOTE_BEGINS), timeout=8)

    def _resolved(self) -> None:
        self.sitting.moved()
        self.show("end" if self.sitting.session.ended else "results")
        from wargame.tui.afterwards import show_count

        show_count(self.room)


_NEXT, _BEFORE = Text("next", "siguiente"), Text("before", "anterior")
_VOTE_BEGINS = Text(
    "Orders are closed: now you vote. The turn is played out once you end it again with e.",
    "Órdenes cerradas: ahora usted vota. El turno se juega cuando lo termine otra vez con e.",
)
_THINKING = Text("opponents think: {done} of {all} ready", "los rivales piensan: {done} de {all} listos")
_CLOSING = Text("closing the orders", "cerrando las órdenes")
_STEPS = {
    Step.CHOOSE: Text("the other seats decide, 1 of 3", "los demás puestos deciden, 1 de 3"),
    Step.PLAY: Text("playing the turn out, 2 of 3", "jugando el turno, 2 de 3"),
    Step.KEEP: Text("writing it down, 3 of 3", "anotando todo, 3 de 3"),
}
_CALL_OFF = Text("Esc: call off", "Esc: cancelar")
_NOT_PLAYED = Text(
    "Called off: the turn has not been played, and your orders are as they were.",
    "Cancelado: el turno no se jugó y sus órdenes están como estaban.",
)
