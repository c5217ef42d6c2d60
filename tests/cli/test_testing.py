"""Commands that test the model: against history, and against its own assumptions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.analysis.test_calibration import cases
from tests.cli.support import ROOT, TOY, wargame
from wargame.analysis.hindcast import CaseScores, hindcast
from wargame.cli.exits import ExitCode
from wargame.cli.scored_history import shown_case
from wargame.cli.speech import Voice
from wargame.content.listing import case_names
from wargame.content.load import load_with_bundle
from wargame.model.text import Language

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
    trusted = next(line for line in lines if line.startswith("tiles "))
    assert trusted.endswith({"en": "size", "es": "magnitud"}[language])
    assert {"en": "Tiles in the yard – tiles (tiles)", "es": "Tejas en el patio – tiles (tiles)"}[language] in lines
    beside = {"en": "The rivals exist for 6 of 6 figures", "es": "Los rivales existen para 6 de 6 cifras"}
    assert beside[language] in done.stdout
    assert {"en": "Caution: with 8 sets of", "es": "Cuidado: con 8 juegos de supuestos"}[language] in done.stdout
    assert {"en": "3 figures end by 2000-03-31", "es": "3 cifras terminan a más tardar el"}[language] in done.stdout
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
    assert {name: one["verdict"] for name, one in found["series"].items()} == {"tiles": "size", "delivered": "few"}
    assert found["overall"]["on_rival_points"]["with_value"] == found["overall"]["with_value"] == 6
    assert (len(found["early"]), found["repeated"]) == (3, [])


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


def theirs(path: Path, *rows: str, head: str = "") -> Path:
    own = (Path(DRIFT) / "history.csv").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head or own[0], *rows]) + "\n", encoding="utf-8")
    return path


ONE = "tiles,tiles in the yard,tiles,The yard,2000-12-31,2000-12-31,145,,,the mason,invented,"


@BOTH
def test_one_set_of_assumptions_is_warned_of_and_for_programs_on_stderr(language: str) -> None:
    words = {"en": "with 1 set of assumptions", "es": "con 1 juego de supuestos"}[language]
    few = wargame("hindcast", DRIFT, "-n", "1", "--seed", "3", "--json", "--lang", language)
    assert words in few.stderr
    assert {"en": "1 session, 1 set of", "es": "1 sesión, 1 juego de"}[language] in few.stderr
    many = wargame("hindcast", DRIFT, "-n", "100", "--seed", "3", "--lang", language)
    assert {"en": "Caution", "es": "Cuidado"}[language] not in many.stdout + many.stderr


@BOTH
def test_a_table_with_nothing_to_score_is_refused_with_the_reasons(language: str, tmp_path: Path) -> None:
    early, strange = ONE.replace("2000-12-31", "1999-12-31"), ONE.replace("tiles", "bricks")
    for rows, reasons in (((), 0), ((early,), 1), ((early, strange), 2)):
        table = theirs(tmp_path / "theirs.csv", *rows)
        done = wargame("hindcast", DRIFT, "--against", str(table), "--lang", language, "--json")
        assert done.returncode == ExitCode.CONTENT
        assert done.stdout == ""
        first, *rest = done.stderr.splitlines()
        assert first.startswith({"en": "None of the figures of ", "es": "Ninguna cifra de "}[language])
        said = {"en": ("the case does not follow", "not scored"), "es": ("el caso no sigue", "no se califica")}
        assert sum(words in " ".join(rest) for words in said[language]) == reasons


@BOTH
def test_figures_that_stand_twice_count_once_and_a_byte_order_mark_is_read(language: str, tmp_path: Path) -> None:
    table = theirs(tmp_path / "theirs.csv", ONE, ONE)
    table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes().replace(b"\n", b"\r\n"))
    done = wargame("hindcast", DRIFT, "--against", str(table), "-n", "1", "--seed", "3", "--lang", language)
    assert done.returncode == ExitCode.OK, done.stderr
    assert {"en": "1 figure stands there again", "es": "1 cifra repetida"}[language] in done.stdout
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("tiles ")] == ["1", "1"]


@BOTH
def test_a_table_of_a_spanish_spreadsheet_is_refused_with_what_to_do(language: str, tmp_path: Path) -> None:
    head = (Path(DRIFT) / "history.csv").read_text(encoding="utf-8").splitlines()[0].replace(",", ";")
    table = theirs(tmp_path / "theirs.csv", ONE.replace(",", ";").replace("145", "20,5"), head=head)
    done = wargame("hindcast", DRIFT, "--against", str(table), "--lang", language)
    assert done.returncode == ExitCode.CONTENT
    semicolons, number, _ = done.stderr.splitlines()
    assert semicolons.startswith(f"{table}:1:10: ")
    assert {"en": "separated by semicolons", "es": "parece separada por punto y coma"}[language] in semicolons
    assert number.startswith(f"{table}:2:{ONE.index('145') + 1}: ")
    assert {"en": "write 20.5", "es": "escriba 20.5"}[language] in number


@BOTH
def test_a_table_that_cannot_be_read_is_told_in_the_language(language: str, tmp_path: Path) -> None:
    said = {"en": ("there is no such file", "it is a folder"), "es": ("no existe", "es una carpeta")}[language]
    for path, words in zip((tmp_path / "none.csv", tmp_path), said, strict=True):
        done = wargame("hindcast", DRIFT, "--against", str(path), "--lang", language)
        assert done.returncode == ExitCode.CONTENT
        assert words in done.stderr
        assert "Errno" not in done.stderr


@BOTH
def test_orders_of_history_that_could_not_be_given_are_told_by_seat_move_and_target(language: str) -> None:
    scenario, _ = load_with_bundle(DRIFT)
    case = scenario.hindcast
    assert case is not None
    first = case.script[0]
    days = [replace(first, on=date(2000, month, 1)) for month in (5, 8, 11)]
    scores = scored_drift()
    shares = zip([*days, replace(first, move="deliver")], (1.0, 0.5, 0.7, 0.2), strict=True)
    lines = list(shown_case(Voice(Language(language)), scenario, replace(scores, script=tuple(shares))))
    at = next(i for i, line in enumerate(lines) if line.startswith(("Orders of history", "Órdenes de la historia")))
    told = [line.split() for line in lines[at:] if line.endswith(" %")]
    assert [row[-3:] for row in told] == [["1", "20", "%"], ["2", "60", "%"]]
    assert "backyard" not in "\n".join(lines[at:])


def scored_drift() -> CaseScores:
    scenario, bundle = load_with_bundle(DRIFT)
    return hindcast(bundle, scenario.lens, 1, 7, workers=1)


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
