"""The commands of authors: what check adds on demand, what new writes, what the rulebook says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import ROOT, TOY, wargame
from wargame.cli.exits import ExitCode
from wargame.content.listing import pack_names
from wargame.content.load import check_paths

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


def test_a_deep_check_of_one_scenario_leaves_the_rule_packs_alone_that_it_shares() -> None:
    toy = ROOT / "tests" / "samples"
    alone = wargame("check", TOY, "--deep", "-n", "12", "--seed", "3", "--json")
    both = wargame("check", TOY, str(toy / "rules" / "toy"), "--deep", "-n", "12", "--seed", "3", "--json")
    assert {p["code"] for p in json.loads(alone.stdout)} == {"ending-never-comes"}
    assert {p["code"] for p in json.loads(both.stdout)} == {"ending-never-comes", "rule-never-acts"}


# ── new ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_a_new_scenario_is_good_also_when_it_is_played(language: str, tmp_path: Path) -> None:
    done = wargame("new", "my-story", "--lang", language, cwd=tmp_path)
    assert done.returncode == ExitCode.OK
    assert "wargame play my-story" in done.stderr
    written = done.stdout.splitlines()
    assert "scenarios/my-story/scenario.yaml" in written
    assert all((tmp_path / path).is_file() for path in written)
    checked = wargame("check", "my-story", "my-story-rules", "--deep", "--seed", "1", "--lang", language, cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (ExitCode.OK, "")
    assert "my-story: " in wargame("list", "--lang", language, cwd=tmp_path).stdout


def test_a_new_scenario_shows_each_trigger_and_speaks_both_languages(tmp_path: Path) -> None:
    wargame("new", "my-story", cwd=tmp_path)
    (report,) = check_paths([tmp_path / "scenarios"])
    scenario = report.scenario
    assert scenario is not None
    assert not report.warnings
    assert {inject.trigger.kind for inject in scenario.injects} == {"turn", "condition", "absence"}
    assert (len(scenario.seats), len(scenario.ruleset.moves), len(scenario.lenses)) == (2, 3, 2)
    comments = (tmp_path / "scenarios" / "my-story" / "seats.yaml").read_text(encoding="utf-8").count("#")
    assert comments >= 3


def test_nobody_who_follows_the_template_wins_always(tmp_path: Path) -> None:
    wargame("new", "my-story", cwd=tmp_path)
    told = wargame("simulate", "my-story", "-n", "200", "--seed", "1", "--workers", "1", "--json", cwd=tmp_path)
    rows = {(r["kind"], r["id"]): r["value"] for r in json.loads(told.stdout)["table"]}
    assert all(0.02 < rows["wins", seat] < 0.98 for seat in ("government", "movement"))
    assert rows["ending", "time-runs-out"] < 0.95


@BOTH
@pytest.mark.parametrize(
    ("name", "code", "en", "es"),
    [
        ("My Story", ExitCode.USAGE, "cannot be the name", "no puede ser el nombre"),
        ("../out", ExitCode.USAGE, "cannot be the name", "no puede ser el nombre"),
        ("con", ExitCode.USAGE, "cannot be the name", "no puede ser el nombre"),
        ("a" * 60, ExitCode.USAGE, "at most 50", "50 como máximo"),
        ("vraem-2020", ExitCode.REFUSED, "already there", "ya existe"),
    ],
)
def test_a_name_that_is_taken_or_no_name_is_refused(
    name: str, code: ExitCode, en: str, es: str, language: str, tmp_path: Path
) -> None:
    done = wargame("new", name, "--lang", language, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert (en if language == "en" else es) in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_before_is_never_written_over(tmp_path: Path) -> None:
    wargame("new", "my-story", cwd=tmp_path)
    file = tmp_path / "scenarios" / "my-story" / "about.en.md"
    file.write_text("Mine now.\n")
    again = wargame("new", "my-story", "--in", str(tmp_path))
    assert again.returncode == ExitCode.REFUSED
    assert file.read_text() == "Mine now.\n"


# ── rulebook ─────────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_the_rulebook_of_a_scenario_has_every_rule_with_its_numbers_and_sources(language: str) -> None:
    done = wargame("rulebook", "toy-valley", "--lang", language, cwd=ROOT / "tests" / "samples")
    assert done.returncode == ExitCode.OK
    assert done.stderr == ""
    (report,) = check_paths([TOY])
    assert report.ruleset is not None
    found = report.ruleset
    rules = [*(m.id for m in found.mechanisms), *(e.id for e in found.events), *found.moves]
    assert [rule for rule in rules if f"`{rule}`" not in done.stdout] == []
    assert "`band-splits`" in done.stdout
    shift = "*shift* = 0.2 (0.05 to 0.5)." if language == "en" else "*shift* = 0,2 (de 0,05 a 0,5)."
    assert shift in done.stdout
    assert (
        "Assumed: invented for the toy" if language == "en" else "Supuesto: inventado para el juguete"
    ) in done.stdout


def test_the_rulebook_cites_document_and_author() -> None:
    told = wargame("rulebook", "insurgency", "--lang", "en").stdout
    assert "(PRISM 5-4, 2015, Ellis) [003b:M41]" in told
    assert "Reinforces: " in told
    assert "Balances: " in told


@BOTH
def test_the_rulebook_says_who_may_promise_a_term_to_whom_and_what_breaks_it(language: str) -> None:
    told = wargame("rulebook", "agreements", "--lang", language).stdout.split("#### ")
    silence, truce = (next(e for e in told if f"`{term}`" in e) for term in ("stay-silent", "cease-fire"))
    head, pair, broken, odds = _ON_TERMS[language]
    assert f"- {head}\n  - {pair}\n" in truce
    assert broken in truce
    assert f"- {odds}: 0" in truce
    assert head not in silence
    extradition = next(e for e in told if "`extradite`" in e)
    assert ("not both of the same state" if language == "en" else "que no comparten estado") in extradition


_ON_TERMS = {
    "en": (
        "Only between these, from giver to taker:",
        "state → state; not rivals for the same seats; with a tie between the two: alignment",
        "- Broken by an order of: `#violence`, `#contact` (against what the promise is about)",
        "Odds that a breach is found out",
    ),
    "es": (
        "Solo entre estos, de quien da a quien recibe:",
        "estado → estado; que no se disputan los mismos asientos; con un vínculo entre los dos: alineamiento",
        "- La rompe una orden de: `#violence`, `#contact` (contra aquello de lo que trata la promesa)",
        "Probabilidad de que se sepa que la rompió",
    ),
}


@BOTH
def test_the_rulebook_in_a_folder_comes_with_diagrams(language: str, tmp_path: Path) -> None:
    done = wargame("rulebook", "justice", "state-politics", "--lang", language, "--out", str(tmp_path / "book"))
    assert done.returncode == ExitCode.OK
    written = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    card = "rulebook.md" if language == "en" else "rulebook.es.md"
    pages = {f"justice.{language}.{kind}" for kind in ("md", "svg", "graphml")} | {f"state-politics.{language}.md"}
    assert written == {card, *pages}
    listed = (tmp_path / "book" / card).read_text(encoding="utf-8")
    assert f"](rulebook/justice.{language}.md)" in listed
    page = (tmp_path / "book" / "rulebook" / f"justice.{language}.md").read_text(encoding="utf-8")
    assert page.startswith("# ")
    assert f"](loops/justice.{language}.svg)" in page
    assert {Path(line).name for line in done.stdout.splitlines()} == written
    assert ("1 diagram for 2 rule packs" if language == "en" else "1 diagrama de 2 paquetes") in done.stderr


def test_every_shipped_pack_has_a_chapter_in_both_languages() -> None:
    for language in ("en", "es"):
        told = wargame("rulebook", "--lang", language).stdout
        assert [name for name in pack_names() if f"(`{name}`)" not in told] == []
        assert len(told) > 500_000


@BOTH
def test_a_rulebook_of_nothing_known_is_refused_with_the_nearest_name(language: str) -> None:
    done = wargame("rulebook", "insurgancy", "--lang", language)
    assert (done.returncode, done.stdout) == (ExitCode.NOT_FOUND, "")
    assert "insurgency" in done.stderr
