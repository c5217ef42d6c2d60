"""What is done beside the screen: it says how far it is, and may be called off without a trace."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import pytest

from tests.tui.support import TOY, run, table
from wargame.session.session import Session
from wargame.session.steps import Step, Watch
from wargame.tui.app import Asked


@pytest.fixture(autouse=True)
def _nothing_else_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.tui.home.scenario_names", lambda: ())


def held_up(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Let turns wait before they are played; return what says that one waits, and what lets it go on."""
    waits, go_on = Event(), Event()
    resolve = Session.resolve

    def slowly(self: Session, watch: Watch) -> object:
        def watched(step: Step) -> None:
            watch(step)
            if step is Step.CHOOSE:
                waits.set()
                go_on.wait(20)

        return resolve(self, watched)

    monkeypatch.setattr(Session, "resolve", slowly)
    return waits, go_on


def test_a_turn_that_is_called_off_has_not_been_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, go_on = held_up(monkeypatch)

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            session = at.app.sitting.session  # type: ignore[union-attr]
            await at.press("4", "f", "e")
            before = len(at.app.library.records(session.id))
            await at.pilot.press("enter")
            await at.until(waits.is_set)
            await at.until(lambda: "1 of 3" in at.text)
            await at.until(lambda: "Esc" in at.lines[0])
            await at.pilot.press("4", "f")  # keys wait meanwhile
            await at.pilot.press("escape")
            go_on.set()
            await at.until(lambda: not at.app.busy)
            assert (session.turn, len(session.reports)) == (1, 0)
            assert len(session.filed["presidency"]) == 1
            assert len(at.app.library.records(session.id)) == before
            waits.clear()
            await at.press("e", "enter")
            assert session.turn == 2

    run(test)


def test_loading_is_called_off_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import wargame.content.load as load

    go_on, real = Event(), load.load_with_bundle

    def slowly(name: str) -> object:
        go_on.wait(20)
        return real(name)

    monkeypatch.setattr(load, "load_with_bundle", slowly)

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7)) as at:
            await at.until(lambda: TOY in at.app.screen.reports)  # type: ignore[attr-defined]
            await at.pilot.press("enter", "enter")
            await at.until(lambda: "1 of 2" in at.text)
            start = time.monotonic()
            await at.pilot.press("escape")
            await at.until(lambda: not at.app.busy)
            assert time.monotonic() - start < 1
            go_on.set()
            await at.pilot.pause(0.3)
            assert at.app.place == "home"
            assert not at.app.library.sessions()

    run(test)


def test_a_failure_beside_the_screen_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Session, watch: Watch) -> object:
        raise OSError("the disk is full")

    monkeypatch.setattr(Session, "resolve", fails)

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            await at.press("e", "enter")
            assert not at.app.busy
            assert any("the disk is full" in said for said in at.notices)
            assert at.app.sitting.session.turn == 1  # type: ignore[union-attr]

    run(test)
