"""Commands that test the model: against history, and against its own assumptions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.analysis.test_calibration import cases
from tests.cli.support import ROOT, TOY, wargame
from wargame.cli.exits import ExitCode
from wargame.content.listing import case_names

DRIFT = str(ROOT / "tests" / "samples" / "scenarios" / "toy-drift")
BOTH = pytest.mark.parametrize("language", ["en", "es"])


@BOTH
def test_a_case_is_told_with_its_scores_figures_and_what_is_left_out(language: str) -> None:
    done = wargame("hindcast", DRIFT, "-n", "40", "--seed", "3", "--workers", "1", "--lang", language)
    assert done.returncode == ExitCode.OK
    lines = done.stdout.splitlines()
    words = {"en": "all together", "es": "todo junto"}[language]
    assert any(line.startswith(words) for line in lines)
    assert any("▆▆▇█" in line for line in lines)
    assert "2002-06-30" in done.stdout
    assert {"en": "seed 3", "es": "semilla 3"}[language] in done.stderr
    assert all(len(line) <= 80 for line in lines)


def test_scores_as_json_are_the_same_again_with_the_same_seed() -> None:
    first, second = (wargame("hindcast", DRIFT, "-n", "30", "--seed", "3", "--json").stdout for _ in range(2))
    assert first == second
    found = json.loads(first)
    assert (found["case"], found["lens"], found["sessions"], found["unmapped"]) == ("toy-drift", "steady", 30, [])
    assert set(found["series"]) == {"tiles", "delivered"}
    assert set(found["rivals"]) == {"interpolation", "last_value"}
    tiles = found["series"]["tiles"]
    assert {"points", "inside_80", "sign_agreement", "median_error", "band_width", "spread"} <= set(tiles)
    assert tiles["within_tolerance"] is True
    assert [row["value"] for row in tiles["rows"]] == [125, 135, 145, 185]
    assert found["outside"][0]["period_end"] == "2002-06-30"


def test_another_table_is_scored_instead(tmp_path: Path) -> None:
    table = tmp_path / "theirs.csv"
    own = (Path(DRIFT) / "history.csv").read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([own[0], own[3].replace("125", "250").replace("tiles,", "elsewhere,", 1)]) + "\n")
    done = wargame("hindcast", DRIFT, "--against", str(table), "-n", "1", "--seed", "3", "--json")
    found = json.loads(done.stdout)["series"]
    assert found["elsewhere"]["median_error"] == 0.5
    table.write_text("nothing\n")
    refused = wargame("hindcast", DRIFT, "--against", str(table), "-n", "1")
    assert refused.returncode == ExitCode.CONTENT
    assert f"{table}:1:1" in refused.stderr
    assert wargame("hindcast", DRIFT, "--against", str(tmp_path / "none.csv")).returncode == ExitCode.CONTENT


@BOTH
def test_what_is_no_case_or_no_lens_is_refused_with_a_sentence(language: str) -> None:
    for words in ((TOY,), ("toy-drft",), (DRIFT, "--lens", "stedy")):
        done = wargame("hindcast", *words, "--lang", language)
        assert done.returncode == ExitCode.NOT_FOUND
        assert done.stderr.strip()
        assert done.stdout == ""


@pytest.mark.slow
@BOTH
def test_cases_stand_apart_in_the_list(language: str, tmp_path: Path) -> None:
    for shelf in ("rules", "scenarios"):
        (tmp_path / shelf).symlink_to(ROOT / "tests" / "samples" / shelf)
    listed = wargame("list", "--lang", language, cwd=tmp_path).stdout
    heading = {"en": "CASES: ", "es": "CASOS: "}[language]
    before, after = listed.split(heading)
    assert "toy-valley: " in before
    assert "toy-drift: " not in before
    assert "toy-drift: " in after
    assert all(f"{name}: " in after for name in case_names())


@pytest.mark.slow
def test_the_list_for_programs_marks_cases(tmp_path: Path) -> None:
    for shelf in ("rules", "scenarios"):
        (tmp_path / shelf).symlink_to(ROOT / "tests" / "samples" / shelf)
    cases = {found["id"] for found in json.loads(wargame("list", "--json", cwd=tmp_path).stdout) if found["case"]}
    assert cases == {"toy-drift", *case_names()}


# ── calibrate ────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_calibration_tells_what_would_change_and_writes_only_what_holds(language: str, tmp_path: Path) -> None:
    paths = [str(path) for path in cases(tmp_path, 14, "one", "two")]
    pack = tmp_path / "rules" / "drift" / "pack.yaml"
    before = pack.read_text(encoding="utf-8")
    small = ("--sessions", "1", "--rounds", "5", "--seed", "1", "--workers", "1", "--lang", language)
    told = wargame("calibrate", *paths, *small, "--write")
    assert told.returncode == ExitCode.REFUSED
    assert "tiles-pile-up.step" in told.stdout
    assert f"{pack}:" in told.stdout
    assert pack.read_text(encoding="utf-8") == before
    done = wargame("calibrate", *paths, *small, "--leave-one-out", "--write")
    assert done.returncode == ExitCode.OK, done.stderr
    assert {"en": "It holds", "es": "Se sostiene"}[language] in done.stdout
    after = pack.read_text(encoding="utf-8")
    assert [a for a, b in zip(after.splitlines(), before.splitlines(), strict=True) if a != b] != []
    assert after.count("assumption") == before.count("assumption")


def test_calibration_as_json(tmp_path: Path) -> None:
    paths = [str(path) for path in cases(tmp_path, 14, "one", "two")]
    done = wargame("calibrate", *paths, "--sessions", "1", "--rounds", "3", "--seed", "1", "--leave-one-out", "--json")
    found = json.loads(done.stdout)
    assert found["improves"] is True
    assert found["changes"][0].keys() == {"parameter", "place", "old", "new", "range", "worth"}
    assert set(found["cases"]) == set(found["left_out"]) == {"one", "two"}


# ── sensitivity ──────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_what_decides_is_told_with_its_place_and_what_it_rests_on(language: str) -> None:
    asked = ("--measure", "delivered", "--sessions", "600", "--seed", "2", "--workers", "1", "--lang", language)
    done = wargame("sensitivity", DRIFT, *asked)
    assert done.returncode == ExitCode.OK
    assert "tests/samples/rules/drift/pack.yaml:75:32" in done.stdout
    assumed = {"en": "Assumed: invented so that it can be worked out.", "es": "Supuesto: inventado para que se pueda"}
    assert assumed[language] in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_what_decides_as_json_and_what_does_not_exist() -> None:
    asked = ("--objective", "mason/many", "--sessions", "600", "--seed", "2", "--workers", "1")
    found = json.loads(wargame("sensitivity", DRIFT, *asked, "--json").stdout)
    assert found["outcomes"] == ["mason/many"]
    first = found["deciding"][0]
    assert {"assumption", "place", "range", "total", "interval", "alone", "source", "rests_on"} <= first.keys()
    for words in (("--measure", "tils"), ("--objective", "mason/few"), ("--objective", "masn/many")):
        done = wargame("sensitivity", DRIFT, *words)
        assert done.returncode == ExitCode.NOT_FOUND
        assert done.stdout == ""
