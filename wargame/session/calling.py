"""What to type for a command of this program, by how it was started: nothing that would not be found is proposed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "WARGAME_CALLED"
"""How this program is called, where whoever started it says so: ``make``, or the words before those of a command."""
_MAKE = "make"
_NAME = "wargame"


def to_type(words: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return what to type for a command: ``play --resume 3em``, for instance, as ``wargame play --resume 3em``."""
    called = environment.get(VARIABLE, "")
    command, _, more = words.partition(" ")
    if called == _MAKE and command == "play":
        return f'make play ARGS="{more}"' if more else "make play"
    if called not in ("", _MAKE):
        return f"{called} {words}"
    return f"{_launcher(environment)} {words}"


def _launcher(environment: Mapping[str, str]) -> str:
    """Return the name of the program where the shell finds it, else the path of what runs it."""
    if shutil.which(_NAME, path=environment.get("PATH", "")):
        return _NAME
    python = Path(sys.executable)
    beside = python.with_name(f"{_NAME}{python.suffix}")
    return _shown(beside) if beside.exists() else f"{_shown(python)} -m {_NAME}"


def _shown(path: Path) -> str:
    """Return a path as it is typed from the folder one is in, in quotes if it has blanks."""
    here = Path.cwd()
    said = str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
    return f"'{said}'" if " " in said else said
