"""The line mode at a real terminal: choosing from lists, two turns, and leaving."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.support import ROOT

SAMPLES = ROOT / "tests" / "samples"


class Terminal:
    """A terminal of 80 columns in a tmux server of its own."""

    def __init__(self, socket: Path) -> None:
        self.socket = str(socket)

    def tmux(self, *arguments: str) -> str:
        """Give tmux a command and return what it says."""
        done = subprocess.run(
            ["tmux", "-S", self.socket, *arguments], capture_output=True, encoding="utf-8", timeout=30, check=True
        )
        return done.stdout

    def start(self, command: str, cwd: Path) -> None:
        """Start a program."""
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "50", "-c", str(cwd), command)
        self.tmux("set-option", "-g", "history-limit", "20000")

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        self.tmux("send-keys", "-l", line)
        self.tmux("send-keys", "Enter")

    def wait_for(self, words: str) -> str:
        """Wait until some words are on the screen or above it, and return all of it."""
        for _ in range(300):
            shown = self.tmux("capture-pane", "-p", "-J", "-S", "-")
            if words in shown:
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{words!r} never came; the screen shows:\n{shown}")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    found = Terminal(tmp_path / "tmux")
    yield found
    subprocess.run(["tmux", "-S", found.socket, "kill-server"], capture_output=True, check=False)


def test_two_turns_at_a_terminal(terminal: Terminal, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    environment = f"PYTHONPATH={ROOT} LC_ALL=C.UTF-8 PYTHONUTF8=1"
    program = f"{environment} {sys.executable} -m wargame play --lang en --seed 7 --library {library}; sleep 30"
    terminal.start(program, SAMPLES)
    terminal.wait_for("Which scenario?")
    terminal.type("2")
    terminal.wait_for("Which seat do you play?")
    terminal.type("9")
    terminal.wait_for("Type a number from 1 to 3.")
    terminal.type("1")
    terminal.wait_for("turn 1, 0 of 3 orders >")
    terminal.type("file 1.1")
    terminal.wait_for("turn 1, 1 of 3 orders >")
    terminal.type("end")
    terminal.wait_for("turn 2, 0 of 3 orders >")
    terminal.type("end")
    terminal.wait_for("turn 3, 0 of 3 orders >")
    terminal.type("quit")
    assert "Traceback" not in terminal.wait_for("To go on: wargame play --resume")
