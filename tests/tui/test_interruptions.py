"""At a real terminal: suspended and brought back, hung up, and gone on with where it was left, without an id."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from pathlib import Path

from tests.cli.support import ROOT
from tests.cli.test_terminal import SAMPLES, Terminal, terminal  # noqa: F401  (a fixture)
from tests.tui.test_terminal import order, screens  # noqa: F401  (a fixture)

SIZE = 120


def command(tmp_path: Path, *asked: str) -> str:
    environment = f"PYTHONPATH={ROOT} LC_ALL=C.UTF-8 PYTHONUTF8=1 TERM=xterm-256color"
    library = shlex.quote(str(tmp_path / "library.sqlite"))
    play = f"{sys.executable} -m wargame play {' '.join(asked)} --lang en --library {library}"
    return f"env -u COLUMNS -u LINES {environment} {play}"


def hold_a_draft(screens: Terminal) -> None:  # noqa: F811
    """File one order and begin the reason of another."""
    order(screens)
    screens.press("Down")
    screens.wait_for("RAID DEPOTS ─")
    screens.press("r")
    screens.wait_for("WHY YOU ORDER IT")
    for letter in "hold":
        screens.press(letter)
    screens.wait_for("hold")


def test_suspended_and_brought_back(screens: Terminal, tmp_path: Path) -> None:  # noqa: F811
    screens.start("env PS1='shell> ' bash --norc --noprofile -i", SAMPLES, SIZE)
    screens.wait_for("shell>")
    screens.tmux("send-keys", "-l", command(tmp_path, "toy-valley", "--seat", "presidency", "--seed", "7"))
    screens.press("Enter")
    screens.wait_for("1 Brief")
    hold_a_draft(screens)
    screens.press("C-z")
    screens.wait_for("Stopped")
    screens.tmux("send-keys", "-l", "fg")
    screens.press("Enter")
    screens.wait_for("THIS TURN")
    screens.wait_for("1/3")  # once no notice lies over it
    screens.wait_for("hold")
    screens.press("Escape")
    screens.wait_for("“hold”")
    time.sleep(0.5)  # the reason may be seen under its card already, and Escape and q in one breath are another key
    screens.press("q")
    screens.wait_for("--resume")


def test_hung_up_and_gone_on_with_without_an_id(screens: Terminal, tmp_path: Path) -> None:  # noqa: F811
    asked = command(tmp_path, "toy-valley", "--seat", "presidency", "--seed", "7")
    screens.start(f"sh -c 'echo $$ > {tmp_path}/pid; exec {asked}'; echo ended with $?; sleep 30", SAMPLES, SIZE)
    screens.wait_for("1 Brief")
    hold_a_draft(screens)
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGHUP)
    screens.wait_for("ended with")
    screens.start(f"{command(tmp_path, '--resume')}; echo ended with $?; sleep 30", SAMPLES, SIZE)
    shown = screens.wait_for("Turn 1/")
    assert "Traceback" not in shown
    screens.press("4")
    screens.wait_for("THIS TURN")
    screens.wait_for("1/3")
    screens.press("Down")
    screens.wait_for("hold")
    screens.press("q")
    screens.wait_for("ended with 0")
