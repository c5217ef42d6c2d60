"""Content is found by name or path, loads as a whole or not at all, and loads again from a bundle."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.content.samples import PACK, SAMPLES, SCENARIO, toy
from wargame.content import files, listing
from wargame.content.bundle import Bundle
from wargame.content.load import check_paths, check_texts, load_bundle, load_ruleset, load_scenario, load_with_bundle
from wargame.model.errors import ContentError, VerificationError

TOY = SAMPLES / "scenarios" / "toy-valley"


def copy_toy(to: Path) -> None:
    for name in (PACK, SCENARIO):
        shutil.copytree(SAMPLES / name, to / name)


@pytest.fixture
def working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a working folder with the toy in it."""
    copy_toy(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_scenario_loads_by_path_with_the_packs_beside_it() -> None:
    scenario = load_scenario(TOY)
    assert (scenario.id, len(scenario.seats), len(scenario.ruleset.moves)) == ("toy-valley", 3, 8)
    assert load_scenario(str(TOY)).digest == scenario.digest


def test_the_working_folder_comes_before_what_is_shipped(working: Path) -> None:
    assert listing.scenario_names()[-1:] == ("toy-valley",) or "toy-valley" in listing.scenario_names()
    assert "toy" in listing.pack_names()
    assert load_scenario("toy-valley").place.file == "scenarios/toy-valley/scenario.yaml"


def test_shipped_content_is_found_inside_the_package_or_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "wargame"
    copy_toy(package / "_content")
    monkeypatch.setattr(files, "_PACKAGE", package)
    monkeypatch.chdir(tmp_path)
    assert listing.scenario_names() == ("toy-valley",)
    assert load_scenario("toy-valley").place.file.endswith("_content/scenarios/toy-valley/scenario.yaml")
    shutil.move(str(package / "_content" / "rules"), str(package.parent / "rules"))
    assert load_scenario("toy-valley").id == "toy-valley"


def test_an_unknown_name_is_told_with_the_nearest(working: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load_scenario("toy-vally")
    assert [p.code for p in caught.value.problems] == ["unknown-scenario"]
    assert "did you mean 'toy-valley'?" in caught.value.problems[0].message.en


@pytest.mark.parametrize("name", ["", "..", "../toy-valley", "/", "no/such/place", ".git", "a\x00b"])
def test_odd_names_are_only_unknown(name: str, working: Path) -> None:
    with pytest.raises(ContentError):
        load_scenario(name)


def test_a_ruleset_loads_without_a_scenario(working: Path) -> None:
    ruleset = load_ruleset(["toy"])
    assert [p.id for p in ruleset.packs] == ["toy"]
    with pytest.raises(ContentError):
        load_ruleset(["toys"])


def test_check_looks_at_scenarios_packs_folders_and_files(working: Path) -> None:
    def names(*paths: str) -> list[str]:
        return [r.name for r in check_paths(paths)]

    assert names(".") == names("scenarios", "rules") == names("scenarios/toy-valley") == ["toy-valley"]
    assert names("rules") == names("rules/toy") == names("rules/toy/moves.yaml") == ["toy"]
    assert names("scenarios/toy-valley/seats.yaml") == ["toy-valley"]
    (working / "empty").mkdir()
    assert [r.problems[0].code for r in check_paths(["empty", "missing"])] == ["nothing-here", "nothing-here"]
    assert all(not r.problems for r in check_paths(["."]))


def test_a_problem_of_a_pack_is_told_once(working: Path) -> None:
    shutil.copytree(working / "scenarios/toy-valley", working / "scenarios/toy-copy")
    card = working / "scenarios/toy-copy/scenario.yaml"
    card.write_text(card.read_text("utf-8").replace("id: toy-valley", "id: toy-copy"), "utf-8")
    moves = working / "rules/toy/moves.yaml"
    moves.write_text(moves.read_text("utf-8").replace("actor.forces >= 2", "actor.force >= 2"), "utf-8")
    reports = check_paths(["."])
    assert [r.name for r in reports] == ["toy-copy", "toy-valley"]
    assert [str(p.place) for r in reports for p in r.problems] == ["rules/toy/moves.yaml:10:21"]
    assert all(r.scenario is None for r in reports)


def test_a_pack_by_itself_takes_whoever_has_a_tag_as_its_actor(working: Path) -> None:
    moves = working / "rules/toy/moves.yaml"
    text = moves.read_text("utf-8").replace("by: [state]", 'by: ["#guard"]', 1)
    moves.write_text(text.replace("actor.forces >= 2", "actor.forces >= 2 and actor.legitimacy >= 1", 1), "utf-8")
    assert [r.problems for r in check_paths(["rules/toy"])] == [()]


def test_nothing_is_half_loaded() -> None:
    report = check_texts({**toy(), SCENARIO + "world.yaml": "entities: ["})
    assert (report.scenario, report.ruleset, report.bundle) == (None, None, None)


def test_packs_load_before_those_that_use_them() -> None:
    card = "pack: {{id: {0}, title: {{en: a, es: a}}, text: {{en: a, es: a}}, uses: [{1}]}}\n"
    texts = {f"rules/{n}/pack.yaml": card.format(n, u) for n, u in (("a", "b, c"), ("b", "d"), ("c", "d"), ("d", ""))}
    report = check_texts(texts)
    assert report.ruleset is not None
    assert [p.id for p in report.ruleset.packs] == ["d", "b", "c", "a"]
    loop = check_texts({**texts, "rules/d/pack.yaml": card.format("d", "b")})
    assert [p.code for p in loop.problems] == ["pack-loop"]
    assert "b → d → b" in loop.problems[0].message.en


# ── bundles ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bundle_holds_every_text_and_loads_again_without_files() -> None:
    scenario, bundle = load_with_bundle(TOY)
    assert dict(bundle.files) == dict(toy())
    assert scenario.digest == bundle.digest
    again = Bundle.from_bytes(bundle.to_bytes())
    assert again == bundle
    assert again.to_bytes() == bundle.to_bytes()
    loaded = load_bundle(again)
    assert loaded == load_bundle(Bundle(dict(toy())))
    assert (loaded.digest, loaded.entities[0].values) == (scenario.digest, scenario.entities[0].values)


def test_the_digest_is_of_paths_and_texts_in_any_order() -> None:
    texts = dict(toy())
    backwards = Bundle(dict(reversed(texts.items())))
    assert backwards.digest == Bundle(texts).digest
    for changed in (
        {**texts, PACK + "moves.yaml": texts[PACK + "moves.yaml"] + " "},
        {**texts, PACK + "more.yaml": ""},
        {k.replace("nouns", "names"): v for k, v in texts.items()},
    ):
        assert Bundle(changed).digest != Bundle(texts).digest


def test_a_changed_byte_of_a_bundle_is_noticed() -> None:
    bundle = Bundle(dict(toy()))
    data = bundle.to_bytes()
    for at in range(0, len(data), 97):
        spoilt = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(VerificationError):
            Bundle.from_bytes(spoilt)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        zlib.compress(b"[]"),
        zlib.compress(b'{"a": 1}'),
        zlib.compress(b'{"../x": ""}'),
        zlib.compress(b"[" * 9999),
        zlib.compress(b'{"rules/a/b.yaml": "' + b" " * 70_000_000 + b'"}'),
        Bundle(dict(toy())).to_bytes() + b"!",
    ],
    ids=["empty", "noise", "list", "number", "path", "deep", "huge", "more"],
)
def test_bytes_that_are_no_bundle_are_refused(data: bytes) -> None:
    with pytest.raises(VerificationError):
        Bundle.from_bytes(data)


def test_a_bundle_without_a_scenario_does_not_load() -> None:
    with pytest.raises(ContentError):
        load_bundle(Bundle({}))


# ── what is imported ─────────────────────────────────────────────────────────────────────────────────────────


def test_content_loads_without_numpy() -> None:
    program = f"import sys; from wargame.content.load import load_scenario; load_scenario({str(TOY)!r}); "
    program += "print([m for m in ('numpy', 'networkx', 'textual', 'typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_a_session_keeps_still_loads_when_checks_have_grown_stricter() -> None:
    old = {path: text.replace("assumption: toy", "assumption: In one language only.") for path, text in toy().items()}
    assert "wrong-assumption" in {p.code for p in check_texts(old).problems}
    assert load_bundle(Bundle(old)).id == "toy-valley"
    broken = {**old, SCENARIO + "world.yaml": "entities: ["}
    with pytest.raises(ContentError):
        load_bundle(Bundle(broken))
