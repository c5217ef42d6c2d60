"""After the end: decisions, standing and report, in a game and from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import TOY, process, wargame


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one finished session of the toy, of somebody who always gives the first order open to him."""
    folder = tmp_path_factory.mktemp("library")
    typed = "\n".join(["file 1 1", "end"] * 9) + "\nquit\n"
    done = process("play", TOY, "--line", "--seat", "presidency", "--seed", "3", "--library", str(folder), typed=typed)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def session(library: Path) -> str:
    found = wargame("sessions", "--json", "--library", str(library))
    return str(json.loads(found.stdout)[0]["session"])


def test_decisions_come_with_their_worth_and_their_sentence(library: Path, session: str) -> None:
    done = wargame("decisions", session, "--json", "--most", "50", "--library", str(library))
    found = json.loads(done.stdout)
    assert found
    weights = [abs(d["score"]["mean"]) for d in found]
    assert weights == sorted(weights, reverse=True)
    assert all(d["score"]["low"] <= d["score"]["mean"] <= d["score"]["high"] for d in found)
    assert {d["kind"] for d in found} == {"order"}
    said = wargame("decisions", session, "--lang", "es", "--library", str(library)).stdout
    assert found[0]["title"]["es"] in said.replace("\n   ", " ")


def test_a_report_is_markdown_with_the_end_the_decisions_and_every_turn(library: Path, session: str) -> None:
    text = wargame("report", session, "--lang", "en", "--library", str(library)).stdout
    assert text.startswith("# The toy valley")
    for heading in (
        "## The end:",
        "## What you reached",
        "## The decisions that mattered most",
        "## Results of turn 1",
    ):
        assert heading in text
    assert "| --- | ---: |" in text
    assert not any(line.startswith(" ") and line.strip().startswith("#") for line in text.splitlines())


def test_a_report_may_go_to_a_file(library: Path, session: str, tmp_path: Path) -> None:
    out = tmp_path / "aar.md"
    done = wargame("report", session, "--lang", "es", "--out", str(out), "--library", str(library))
    assert done.stdout == ""
    assert out.read_text(encoding="utf-8").startswith("# El valle de juguete")


def test_in_the_game_they_can_be_asked_for_once_it_has_ended(library: Path, session: str) -> None:
    typed = "decisions\nstanding\nquit\n"
    done = process("play", "--resume", session, "--line", "--lang", "en", "--library", str(library), typed=typed)
    assert "THE DECISIONS THAT MATTERED MOST" in done.stdout
    assert "◄ you" in done.stdout


def test_before_the_end_there_is_nothing_to_look_back_on(tmp_path: Path) -> None:
    typed = "decisions\nstanding\nquit\n"
    done = process(
        "play", TOY, "--line", "--seat", "presidency", "--lang", "en", "--library", str(tmp_path), typed=typed
    )
    assert done.stdout.count("The session has not ended yet.") == 2
    assert "Traceback" not in done.stderr


def test_a_session_stands_beside_its_branch(library: Path, session: str) -> None:
    branch = wargame("fork", session, "--turn", "2", "--library", str(library)).stdout.strip()
    typed = "file 2 1\nend\ncompare\nhistory 1\nroll\nbelieved\nloops 1\nquit\n"
    played = process("play", "--line", "--resume", branch, "--library", str(library), "--lang", "en", typed=typed)
    assert "TWO SESSIONS SIDE BY SIDE" in played.stdout
    assert "until turn 2 begins" in played.stdout.replace("\n", " ")
    found = json.loads(wargame("compare", session, branch, "--json", "--library", str(library)).stdout)
    assert found["forked_at"] == 2
    assert not found["new_luck"]
    assert found["a"]["ending"]
    assert found["b"]["ending"] is None
    assert all(turn["turn"] >= 2 for turn in found["turns"])
    said = wargame("compare", session, branch, "--lang", "es", "--library", str(library)).stdout
    assert "DOS SESIONES LADO A LADO" in said
    assert all(len(line) <= 80 for line in said.splitlines()), said
