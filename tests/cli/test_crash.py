"""A game that is killed: whatever was acknowledged is there, and the game goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer
from time import sleep

import pytest

from tests.cli.support import DRIFT, ROOT, TOY, play, session_in
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


_LONG = (
    ("simulate", TOY, "-n", "400000", "--workers", "2", "--seed", "1"),
    ("balance", TOY, "-n", "20000", "--seed", "1"),
    ("sensitivity", TOY, "--sessions", "400000", "--workers", "2", "--seed", "1"),
    ("calibrate", DRIFT, "--sessions", "4000", "--workers", "2", "--seed", "1"),
    ("hindcast", DRIFT, "--sessions", "400000", "--workers", "2", "--seed", "1"),
)
"""Commands that start processes, with more to do than fits into a test."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
@pytest.mark.parametrize("wait", [0.9, 2.5])
@pytest.mark.parametrize("line", _LONG, ids=lambda line: line[0])
def test_ctrl_c_to_all_processes_is_told_in_one_sentence(line: tuple[str, ...], wait: float) -> None:
    pytest.importorskip("SALib")
    with subprocess.Popen(
        [sys.executable, "-m", "wargame", *line, "--lang", "es"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(wait)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    # Python ends itself by the signal, which a shell calls 130 as well, if it was reading code at that moment.
    assert process.returncode in (ExitCode.INTERRUPTED, -signal.SIGINT)
    assert errors.casefold().count("detenido") == 1
    assert "Traceback" not in errors
    assert any(_is_empty(process.pid) for _ in range(200))


def _is_empty(group: int) -> bool:
    """Say whether nobody of a group of processes is left, and wait a little if not."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    sleep(0.05)
    return False
