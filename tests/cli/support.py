"""The command line as its tests use it: in a process of its own, or a line-mode game in this one."""

from __future__ import annotations

import importlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from wargame.cli import app, authoring, options, recorded, testing
from wargame.cli.play import Table, play_in_lines
from wargame.cli.speech import Voice
from wargame.model.text import Language

ROOT = Path(__file__).resolve().parents[2]
TOY = str(ROOT / "tests" / "samples" / "scenarios" / "toy-valley")
DRIFT = str(ROOT / "tests" / "samples" / "scenarios" / "toy-drift")
ACCORD = str(ROOT / "tests" / "samples" / "scenarios" / "toy-accord")


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def wargame(*arguments: str, cwd: Path = ROOT) -> Done:
    """Run the command line in this process, as freshly imported: its voice is that of the line."""
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        chdir(cwd),
        patch.object(sys, "argv", ["wargame", *arguments]),
        patch.object(sys, "stdin", io.StringIO()),
    ):
        importlib.reload(options)
        importlib.reload(authoring)
        importlib.reload(recorded)
        importlib.reload(testing)
        code = importlib.reload(app).run()
    return Done(code, out.getvalue(), err.getvalue())


def process(*arguments: str, typed: str = "", cwd: Path = ROOT) -> Done:
    """Run the command line in a process of its own, with some lines typed into a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "wargame", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def play(lines: Iterable[str], language: Language = Language.EN, **asked: object) -> str:
    """Play in line mode in this process and return everything that was said."""
    table = Table(**{"scenario": TOY, "seat": "presidency", "seed": 7, **asked})  # type: ignore[arg-type]
    said = io.StringIO()
    with redirect_stdout(said), patch.object(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines))):
        play_in_lines(Voice(language), table)
    return said.getvalue()


def answer_to(line: str, *before: str, language: Language = Language.EN, **asked: object) -> str:
    """Return what is said in answer to the last of some lines."""
    said = play([*before, line], language, **asked)
    return said.rsplit(f"> {line}\n", 1)[1].rsplit("\n" + _FAREWELL[language], 1)[0].strip()


_FAREWELL = {Language.EN: "Session ", Language.ES: "La sesión "}


def session_in(said: str) -> str:
    """Return the id of the session that a transcript is about."""
    found = re.search(r"(?:Session|Sesión) (\w{10}),", said)
    assert found is not None, said
    return found.group(1)
