"""The commands of authors: what check adds on demand, what new writes, what the rulebook says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import ROOT, TOY, wargame
from wargame.cli.exits import ExitCode

BOTH = pytest.mark.parametrize("language", ["en", "es"])


# ── check ────────────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_a_deep_check_tells_what_playing_shows_and_how_many_sessions_that_was(language: str) -> None:
    done = wargame("check", TOY, "--deep", "-n", "12", "--seed", "3", "--lang", language)
    assert done.returncode == ExitCode.OK
    assert "[ending-never-comes]" in done.stdout
    assert ("(warning)" if language == "en" else "(aviso)") in done.stdout
    told = "12 sessions were played under 2 lenses" if language == "en" else "se jugaron 12 sesiones con 2 enfoques"
    assert told in done.stderr
    assert "3)" in done.stderr


def test_a_deep_check_with_the_same_seed_says_the_same() -> None:
    first, second = (wargame("check", TOY, "--deep", "-n", "12", "--seed", "3") for _ in range(2))
    assert first.stdout == second.stdout


def test_check_finds_a_scenario_by_its_name_and_writes_json() -> None:
    done = wargame("check", "toy-valley", "--json", cwd=ROOT / "tests" / "samples")
    assert done.returncode == ExitCode.OK
    assert json.loads(done.stdout) == []
    assert "toy-valley: good" in done.stderr
    assert wargame("check", "toy-vale").returncode == ExitCode.CONTENT


def test_problems_as_json_have_a_place_a_code_and_both_languages(tmp_path: Path) -> None:
    broken = tmp_path / "rules" / "odd"
    broken.mkdir(parents=True)
    (broken / "pack.yaml").write_text("pack: {id: odd, title: {en: a, es: b}, text: {en: a}}\n")
    done = wargame("check", str(tmp_path), "--json")
    assert done.returncode == ExitCode.CONTENT
    (found,) = json.loads(done.stdout)
    assert (found["code"], found["line"], found["warning"]) == ("missing-translation", 1, False)
    assert found["message"].keys() == {"en", "es"}


@BOTH
def test_coverage_is_a_table_of_kinds_and_documents(language: str) -> None:
    done = wargame("check", "--coverage", "--lang", language)
    assert done.returncode == ExitCode.OK
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [row[0] for row in rows[1:3]] == ["Mechanisms" if language == "en" else "Mecanismos", "000"]
    assert rows[1][2] == "324"
    assert "vraem-2020" in done.stderr


def test_coverage_as_json_names_every_entry_and_every_reason() -> None:
    found = json.loads(wargame("check", "--coverage", "--json").stdout)
    assert found["kinds"]["mechanism"]["all"] == 324
    assert found["citations"]["C004-5"][0].keys() == {"file", "line", "entry"}
    assert {name for reason in found["reasons"] for name in reason["sources"]} <= {
        *(name for kind in found["kinds"].values() for name in kind["missing"]),
        *found["citations"],
    }


def test_the_page_of_coverage_in_docs_has_the_sections_that_the_command_writes() -> None:
    def headings(page: str) -> list[str]:
        return [line for line in page.splitlines() if line.startswith("# ") or line.startswith("## ")]

    page = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert headings(page) == headings(wargame("check", "--markdown", "--lang", "en").stdout)
    assert "No reason given yet" not in page
