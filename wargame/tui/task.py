"""Work beside the screen: it says what it is at, and may be called off between two of its steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from wargame.model.text import Text

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

Then = Callable[[], object]
"""What is to be done in the loop of the app once the work is over."""


class CalledOff(Exception):
    """Somebody has called the work off."""


class Task:
    """One piece of work. ``step`` is called by the thread that does it, ``call_off`` by the loop of the app."""

    def __init__(self, say: Callable[[Text], object], *, at_once: bool) -> None:
        self._say = say
        self._off = Event()
        self.at_once = at_once
        """It touches nothing that is on screen: once it is called off, nobody has to wait for it."""

    def step(self, what: Text) -> None:
        """Say what comes next; raises CalledOff."""
        self.check()
        self._say(what)

    def check(self) -> None:
        """Raise CalledOff if it was called off."""
        if self._off.is_set():
            raise CalledOff

    def call_off(self) -> None:
        """Let it end before its next step."""
        self._off.set()


def do_beside(app: WargameApp, work: Callable[[Task], Then], off: Text, *, at_once: bool) -> None:
    """Do some work in a thread; what it returns is done in the loop of the app. ``off`` is said if it is called off.

    The thread never waits for the loop, which may be waiting for the thread: to leave.
    """

    def say(what: Text) -> None:
        app.call_later(app.say_busy, task, what)

    task = Task(say, at_once=at_once)
    app.job, app.said_off = task, off
    app.run_worker(partial(_run, app, task, work), thread=True, exclusive=True, group="work", exit_on_error=False)


def _run(app: WargameApp, task: Task, work: Callable[[Task], Then]) -> None:
    try:
        then = work(task)
    except CalledOff:
        then = app.was_called_off
    except Exception as error:
        then = partial(app.fail, error)
    app.call_later(_finish, app, task, then)


def _finish(app: WargameApp, task: Task, then: Then) -> None:
    if app.job is not task:
        return  # it was called off, and nobody has waited for it
    app.job = None
    app.set_busy("")
    try:
        then()
    except Exception as error:
        app.fail(error)
