"""What was loaded already is not built again, unless a text has changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.content.samples import SCENARIO, toy
from tests.content.test_load import copy_toy
from wargame.content import kept
from wargame.content.bundle import Bundle
from wargame.content.load import check_scenario, check_texts, load_bundle, load_scenario
from wargame.model.errors import ContentError


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_kept", {})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy_toy(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_same_texts_are_the_same_scenario_from_disk_and_from_a_bundle(folder: Path) -> None:
    first = load_scenario("toy-valley")
    assert load_scenario("toy-valley") is first
    assert load_bundle(Bundle(dict(toy()))) is first


@pytest.mark.parametrize("path", ["scenarios/toy-valley/scenario.yaml", "rules/toy/moves.yaml"])
def test_what_an_author_has_just_saved_is_what_is_loaded(folder: Path, path: str) -> None:
    first = load_scenario("toy-valley")
    with (folder / path).open("a", encoding="utf-8") as file:
        file.write("\n# a word more\n")
    changed = load_scenario("toy-valley")
    assert changed.digest != first.digest
    (folder / path).write_text("entities: [", encoding="utf-8")
    with pytest.raises(ContentError):
        load_scenario("toy-valley")


def test_a_pack_that_comes_to_lie_nearer_is_used(folder: Path) -> None:
    (folder / "rules").rename(folder / "elsewhere")
    with pytest.raises(ContentError):
        load_scenario("toy-valley")
    (folder / "elsewhere").rename(folder / "rules")
    assert load_scenario("toy-valley").id == "toy-valley"
    (folder / "rules").rename(folder / "elsewhere")
    with pytest.raises(ContentError):
        load_scenario("toy-valley")


def test_a_check_tells_the_same_the_second_time_and_after_loading(folder: Path) -> None:
    world = folder / "scenarios/toy-valley/world.yaml"
    head, price, rest = re.split(
        r"(?<=series:\n)(  - id: crop_price\n.*?toy\n)", world.read_text("utf-8"), flags=re.DOTALL
    )
    world.write_text(head + price + price.replace("crop_price", "rain").replace("crop", "rain") + rest, "utf-8")
    load_scenario("toy-valley")
    first = check_scenario("toy-valley")
    assert "unread-series" in {w.code for w in first.warnings}
    assert check_scenario("toy-valley") == first
    assert check_scenario("toy-valley", odd=False).scenario is first.scenario
    assert set(check_scenario("toy-valley", odd=False).warnings) <= set(first.warnings)


def test_the_working_folder_is_told_as_it_is_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        copy_toy(tmp_path / name)
        monkeypatch.chdir(tmp_path / name)
        assert check_scenario("toy-valley").packs == (tmp_path / name / "rules" / "toy",)


def test_what_is_forgiven_a_kept_session_is_forgiven_nobody_else() -> None:
    old = {path: text.replace("assumption: toy", "assumption: In one language only.") for path, text in toy().items()}
    assert load_bundle(Bundle(old)).id == "toy-valley"
    assert "wrong-assumption" in {p.code for p in check_texts(old).problems}


def test_only_so_many_are_kept() -> None:
    for n in range(kept.MOST + 3):
        text = toy()[SCENARIO + "scenario.yaml"] + f"\n# {n}\n"
        texts = {p.replace("toy-valley", f"toy-{n}"): t for p, t in toy().items()}
        texts[f"scenarios/toy-{n}/scenario.yaml"] = text.replace("id: toy-valley", f"id: toy-{n}")
        assert load_bundle(Bundle(texts)).id == f"toy-{n}"
    assert len(kept._kept) == kept.MOST
