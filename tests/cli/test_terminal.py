"""The line mode at a real terminal: choosing from lists, two turns, a narrow one, and every way of leaving."""

from __future__ import annotations

import re
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

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._servers = 0

    @property
    def socket(self) -> str:
        """Where the present server listens."""
        return str(self._folder / f"tmux{self._servers}")

    def tmux(self, *arguments: str) -> str:
        """Give tmux a command and return what it says."""
        done = subprocess.run(
            ["tmux", "-S", self.socket, *arguments], capture_output=True, encoding="utf-8", timeout=30, check=True
        )
        return done.stdout

    def start(self, command: str, cwd: Path, columns: int = 80) -> None:
        """Start a program, in a server that no earlier one can be mistaken for while it is still leaving."""
        self.leave()
        self._servers += 1
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", "50", "-c", str(cwd), command)
        self.tmux("set-option", "-g", "history-limit", "20000")

    def leave(self) -> None:
        """Close the terminal, if there is one, and whatever runs in it."""
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True, timeout=30, check=False)

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        self.tmux("send-keys", "-l", line)
        self.tmux("send-keys", "Enter")

    def press(self, *keys: str) -> None:
        """Press keys, by the names that tmux has for them."""
        self.tmux("send-keys", *keys)

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
    found = Terminal(tmp_path)
    yield found
    found.leave()


def program(tmp_path: Path, *asked: str) -> str:
    """Return the line that starts a game and tells, when it is over, how it ended."""
    environment = f"PYTHONPATH={ROOT} LC_ALL=C.UTF-8 PYTHONUTF8=1"
    asked = (*asked, "--seed", "7", "--library", str(tmp_path / "library.sqlite"))
    return f"{environment} {sys.executable} -m wargame play --line {' '.join(asked)}; echo ended with $?; sleep 30"


def test_two_turns_at_a_terminal(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start(program(tmp_path, "--lang", "en"), SAMPLES)
    terminal.wait_for("Which scenario?")
    terminal.type("8")
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


@pytest.mark.parametrize(("key", "code"), [("C-d", 0), ("C-c", 130)])
def test_a_game_is_left_by_key_and_kept(terminal: Terminal, tmp_path: Path, key: str, code: int) -> None:
    terminal.start(program(tmp_path, "toy-valley", "--lang", "es", "--seat", "bosses"), SAMPLES)
    terminal.wait_for("turno 1, 0 de 3 órdenes >")
    terminal.press(key)
    shown = terminal.wait_for(f"ended with {code}")
    assert "Traceback" not in shown
    assert re.search(r"órdenes >\s*\n\s*\n?La sesión \w{10} queda guardada", shown)


@pytest.mark.parametrize(("key", "code"), [("C-d", 0), ("C-c", 130)])
def test_choosing_is_left_by_key_without_a_traceback(terminal: Terminal, tmp_path: Path, key: str, code: int) -> None:
    terminal.start(program(tmp_path, "--lang", "en"), SAMPLES)
    terminal.wait_for("Which scenario?")
    terminal.press(key)
    assert "Traceback" not in terminal.wait_for(f"ended with {code}")


def test_lines_fit_into_a_terminal_of_forty_columns(terminal: Terminal, tmp_path: Path) -> None:
    """The terminal would break longer lines in the middle of words, which joined lines of the screen show."""
    terminal.start(program(tmp_path, "toy-valley", "--lang", "en", "--seat", "bosses", "--short"), SAMPLES, 40)
    for turn in range(1, 5):
        terminal.wait_for(f"turn {turn}, 0 of 3 orders >")
        terminal.type("end")
    terminal.wait_for("ended >")
    terminal.type("quit")
    shown = terminal.wait_for("ended with 0").partition("THE TOY VALLEY")[2]
    assert "MEASURES, TRUE" in shown
    whole = [line for line in shown.splitlines() if len(line.rstrip()) > 40]
    assert all(" " not in line.strip() for line in whole), whole
