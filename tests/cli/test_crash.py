"""A game that is killed: whatever was acknowledged is there, and the game goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from tests.cli.support import ROOT, TOY, play, session_in
from wargame.cli.exits import ExitCode


class Player:
    """A game in a process of its own, played line by line."""

    def __init__(self, library: Path) -> None:
        program = [sys.executable, "-m", "wargame", "play", TOY, "--line", "--seat", "presidency", "--seed", "7"]
        self.process = subprocess.Popen(
            [*program, "--library", str(library)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            bufsize=1,
        )
        self.watch = Timer(60, self.process.kill)
        self.watch.start()
        self.said = ""
        self.wait_for("everything else.")

    def type(self, line: str) -> None:
        """Type a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def wait_for(self, words: str) -> None:
        """Read until some words were said."""
        assert self.process.stdout is not None
        while words not in self.said:
            line = self.process.stdout.readline()
            assert line, self.said
            self.said += line

    def end(self, how: int) -> int:
        """Send the process a signal and return its exit code."""
        self.process.send_signal(how)
        code = self.process.wait(30)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.said += self.process.stdout.read()
        self.process.stdin.close()
        self.process.stdout.close()
        self.watch.cancel()
        return code


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("moment", ["filed", "resolved", "at once"])
def test_a_killed_game_goes_on_where_it_was(moment: str, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    player = Player(library)
    player.type("file 1.1")
    player.wait_for("Filed as order 1 of 3")
    if moment != "filed":
        player.type("end")
    if moment == "resolved":
        player.wait_for("TURN 2 OF 8")
    player.end(signal.SIGKILL)
    again = play(["mine", "results", "end"], scenario="", seat="", resume=session_in(player.said), library=library)
    if moment == "filed":
        assert "1. Eradicate crops — Uplands" in again
        assert "RESULTS OF TURN 1" in again
    if moment == "resolved":
        assert "RESULTS OF TURN 1" in again
        assert "RESULTS OF TURN 2" in again
    assert "Traceback" not in again


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_ctrl_c_keeps_everything_and_says_how_to_go_on(tmp_path: Path) -> None:
    player = Player(tmp_path / "library.sqlite")
    player.type("file 1.1")
    player.wait_for("Filed as order 1 of 3")
    assert player.end(signal.SIGINT) == ExitCode.INTERRUPTED
    assert f"wargame play --resume\n{session_in(player.said)}" in player.said


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_an_interrupted_ensemble_keeps_what_is_done(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "wargame", "simulate", TOY, "-n", "20000", "--chunk", "50", "--workers", "1"]
    with subprocess.Popen(
        [*program, "--seed", "1", "--out", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stderr:  # a line of progress: some chunks are done
            if "sessions" in line:
                break
        process.send_signal(signal.SIGINT)
        table, errors = process.stdout.read(), process.stderr.read()
        assert process.wait(60) == ExitCode.INTERRUPTED
    assert "How sessions end" in table
    assert "the table is about what was played." in errors
    assert len((tmp_path / "sessions.csv").read_text(encoding="utf-8").splitlines()) > 20
