"""After the end: decisions, standing and report, in a game and from the command line."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from textwrap import wrap

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


FIRST = {
    "en": (
        "Who played what",
        "The end:",
        "What you reached",
        "The decisions that mattered most",
        "Your run among those of bots",
        "Believed and true",
        "What really happened",
        "Three questions for discussion",
    ),
    "es": (
        "Quién jugó qué",
        "Desenlace:",
        "Lo que consiguió",
        "Las decisiones que más importaron",
        "Su sesión entre las de los bots",
        "Lo creído y lo cierto",
        "Lo que de verdad ocurrió",
        "Tres preguntas para discutir",
    ),
}
PAGES = 90
"""Lines of two pages, at a hundred letters."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_report_begins_with_two_pages_that_stand_alone(language: str, library: Path, session: str) -> None:
    short = wargame("report", session, "--short", "--lang", language, "--library", str(library)).stdout
    heads = [line.removeprefix("## ") for line in short.splitlines() if line.startswith("#")][1:]
    assert all(head.startswith(wanted) for head, wanted in zip(heads, FIRST[language], strict=True))
    assert sum(max(1, len(wrap(line, 100))) for line in short.splitlines()) <= PAGES
    questions = short.split(FIRST[language][-1])[1]
    assert questions.count("- **") == 3
    assert questions.count("?") >= 3
    assert any(digit in questions for digit in "0123456789")
    whole = wargame("report", session, "--lang", language, "--library", str(library)).stdout
    assert whole.startswith(short.rstrip("\n"))


def test_the_annexes_of_a_report_hold_every_turn_under_headings_that_nest(library: Path, session: str) -> None:
    text = wargame("report", session, "--lang", "en", "--library", str(library)).stdout
    assert text.startswith("# The toy valley")
    heads = [line for line in text.splitlines() if line.startswith("#")]
    levels = [len(head.split()[0]) for head in heads]
    assert levels[0] == 1
    assert min(levels[1:]) == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))
    turns = [head for head in heads if head.startswith("### Results of turn ")]
    assert len(turns) == 8
    annex = heads.index("## Annex 1: the record turn by turn")
    assert heads[annex + 1] == turns[0]
    assert heads[annex + 2].startswith("#### ")
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
