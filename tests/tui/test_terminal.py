"""The screens at a real terminal: two turns, a resize, a kill, and on where it was left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import ROOT
from tests.cli.test_terminal import SAMPLES, Terminal, terminal  # noqa: F401  (a fixture)


def program(tmp_path: Path, *asked: str) -> str:
    environment = f"-u COLUMNS -u LINES PYTHONPATH={ROOT} LC_ALL=C.UTF-8 PYTHONUTF8=1 TERM=xterm-256color"
    library = tmp_path / "library.sqlite"
    line = f"{environment} {sys.executable} -m wargame play {' '.join(asked)} --lang en --library {library}"
    return f"sh -c 'echo $$ > {tmp_path}/pid; exec env {line}'; echo ended with $?; sleep 30"


@pytest.fixture
def screens(terminal: Terminal) -> Terminal:  # noqa: F811
    return terminal


def session_in(library: Path) -> str:
    said = subprocess.run(
        [sys.executable, "-m", "wargame", "sessions", "--json", "--library", str(library)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", timeout=60, check=True,
    ).stdout  # fmt: skip
    return said.split('"session": "')[1].split('"')[0]


def order(screens: Terminal) -> None:
    screens.press("4")
    screens.wait_for("THIS TURN")
    screens.press("f")
    screens.wait_for("1/3")


def test_two_turns_a_resize_a_kill_and_on(screens: Terminal, tmp_path: Path) -> None:
    screens.start(program(tmp_path, "toy-valley", "--seat", "presidency", "--seed", "7"), SAMPLES, 120)
    screens.wait_for("1 Brief")
    order(screens)
    screens.press("e")
    screens.wait_for("End turn 1".upper())
    screens.press("Enter")
    screens.wait_for("WHAT CHANGED")
    screens.tmux("resize-window", "-x", "80", "-y", "24")
    screens.wait_for("T2/")
    screens.press("e")
    screens.wait_for("END TURN 2")
    screens.press("Enter")
    screens.wait_for("T3/")
    order(screens)
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    screens.wait_for("ended with 137")
    session = session_in(tmp_path / "library.sqlite")
    screens.start(program(tmp_path, "--resume", session), SAMPLES, 120)
    shown = screens.wait_for("Turn 3/")
    assert "Traceback" not in shown
    screens.press("4")
    assert "1/3" in screens.wait_for("THIS TURN")
    screens.press("q")
    assert f"--resume {session}" in screens.wait_for("ended with 0")
