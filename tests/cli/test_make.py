"""``make play``: a person who has been told in a sentence what was wrong reads no line of make's; a script gets it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("make") is None, reason="needs make and a pseudo-terminal"
)


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Make with an environment that is set up, whose Python says a sentence and ends with the code it is given."""
    stub = tmp_path / "bin" / "python"
    stub.parent.mkdir()
    stub.write_text('#!/bin/sh\necho told >&2\nexit "$4"\n')
    stub.chmod(0o755)
    (tmp_path / ".ready-to-play").touch()
    return ["make", "play", f"VENV={tmp_path}"]


PLAIN = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
"""Also where these tests are run by make."""


def at_a_terminal(command: list[str]) -> tuple[int, str]:
    import pty

    parent, child = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, env=PLAIN, stdin=child, stdout=child, stderr=child) as process:
        os.close(child)
        said = b""
        try:
            while part := os.read(parent, 4096):
                said += part
        except OSError:  # the terminal is closed
            pass
        code = process.wait()
    os.close(parent)
    return code, said.decode()


@pytest.mark.parametrize("code", [0, 2, 3, 4, 5, 6, 7, 130])
def test_what_was_told_is_not_told_again(arguments: list[str], code: int) -> None:
    assert at_a_terminal([*arguments, f"ARGS={code}"]) == (0, "told\r\n")


@pytest.mark.parametrize("code", [1, 137, 139])
def test_what_nobody_told_is_said(arguments: list[str], code: int) -> None:
    found, said = at_a_terminal([*arguments, f"ARGS={code}"])
    assert found == 2
    assert f"Error {code}" in said


@pytest.mark.parametrize("code", [1, 4, 130])
def test_a_script_gets_the_failure(arguments: list[str], code: int) -> None:
    done = subprocess.run(
        [*arguments, f"ARGS={code}"], cwd=ROOT, env=PLAIN, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert f"Error {code}" in done.stderr
