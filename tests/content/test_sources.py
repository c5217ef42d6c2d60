"""The index of sources answers for every kind of citation."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from wargame.content.sources import DOCUMENTS, cite, index, is_source, nearest_source, source

ROOT = Path(__file__).resolve().parents[2]
INDEX = ROOT / "wargame" / "content" / "sources.tsv"
SPANISH = INDEX.with_suffix(".es.tsv")
NAMES = {
    "000 §Bolivia", "000 §Chile", "000 §Colombia", "000 §Ecuador", "004 §COVID-19", "004 §Coca", "004 §Sendero",
    "002 §D2-I VRAEM", "002 §D3-III AR-BR-CL", "002 §D3-IV CO-PY-PE-UY",
    "003a:B04", "003a:B06", "003a:B13", "003a:B17",
}  # fmt: skip
"""Titles that are names, alike in both languages; so are the addresses of public texts."""
SIGNS = "→↑↓↔×≠>~["


@pytest.mark.parametrize(
    "name",
    [
        "C000-1",
        "M004-3",
        "S004-1",
        "003a:M14",
        "003b:P07",
        "H:coca_per_unodc",
        "004 §6",
        "003b §6.2",
        "004 §Coca",
        "U1",
    ],
)
def test_all_kinds_of_citations_are_known(name: str) -> None:
    found = source(name)
    assert found is not None
    assert found.title.en
    assert found.title.es
    assert name in found.cite().en
    assert found.work.es in found.cite().es


def test_the_index_holds_every_kind() -> None:
    kinds = [s.kind for s in index().values()]
    counted = {kind: kinds.count(kind) for kind in set(kinds)}
    assert {k: counted[k] for k in ("mechanism", "move", "situation", "inject", "body", "loop")} == {
        "mechanism": 324,
        "move": 247,
        "situation": 133,
        "inject": 48,
        "body": 27,
        "loop": 26,
    }
    assert counted["series"] > 300
    assert counted["section"] > 150
    assert counted["text"] > 200


def test_every_document_has_a_name() -> None:
    assert {part for s in index().values() for part in re.split(r"[;, ]+", s.document)} <= set(DOCUMENTS)


def test_an_unknown_id_is_itself_and_has_a_nearest() -> None:
    assert not is_source("C004-555")
    assert cite("C004-555").en == "C004-555"
    assert nearest_source("004 §Cocaa") == "004 §Coca"
    assert nearest_source("h:coca_per_unod") is None or "coca" in str(nearest_source("h:coca_per_unod"))


# ── Spanish ──────────────────────────────────────────────────────────────────────────────────────────────────


def ids(path: Path) -> list[str]:
    return [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def test_the_spanish_titles_have_the_ids_of_the_index() -> None:
    assert ids(SPANISH) == ids(INDEX)
    assert ids(INDEX) == list(index())


def test_every_title_is_worded_in_spanish_unless_it_is_a_name() -> None:
    alike = {s.id for s in index().values() if s.title.es == s.title.en and s.kind != "text"}
    assert alike == NAMES
    month = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}")
    assert [s.title.es for s in index().values() if month.search(f"{s.title.es} {s.section.es}")] == []


def test_spanish_keeps_the_signs_and_the_numbers() -> None:
    wrong = [s.id for s in index().values() if counted(s.title.en) != counted(s.title.es)]
    assert wrong == ["H:vraem_area"]  # km² is written with a superscript


def counted(title: str) -> Counter[str]:
    """Count the signs and the numbers of a title; thousands may be parted, decimals too, in either way."""
    plain = re.sub(r"(?<=\d)[ ,.](?=\d)", "", title.replace("100k", "100000"))
    return Counter([*re.findall(r"\d+", plain), *(sign for sign in title if sign in SIGNS)])


def test_a_section_that_is_words_is_told_in_spanish() -> None:
    assert cite("C004-1").es == (
        "Desempleo + informalidad → cantera para el crimen (Ellis, el desafío multidimensional del Perú, parte 2, "
        "2020, §Crimen organizado transnacional; §Entrada) [C004-1]"
    )
    assert cite("003a:M01").es.endswith("Bustillo & Velloso) [003a:M01]")
    assert ", prensa) [U10]" in cite("U10").es
    by_name = {(s.document, s.section.en): s for s in index().values() if s.section.en == f"§{s.title.en}"}
    for each in index().values():
        if each.kind != "series":
            parts = zip(each.section.en.split("; "), each.section.es.split("; "), strict=True)
            named = {en: es for en, es in parts if (each.document, en) in by_name}
            assert named == {en: f"§{by_name[each.document, en].title.es}" for en in named}


# ── the tool that writes the index ───────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_source_index", ROOT / "tools" / "build_source_index.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(name: str, title: str, section: str = "Author") -> tuple[str, ...]:
    return (name, "mechanism", "004", title, section)


def test_spanish_stays_while_the_english_does(tool: ModuleType) -> None:
    written = {name: (name, f"{name} es", "") for name in ("kept", "reworded", "moved", "gone", "early")}
    before = {n: row(n, n) for n in ("kept", "reworded", "moved", "gone")}
    after = {
        "kept": row("kept", "kept"),
        "reworded": row("reworded", "other words"),
        "moved": row("moved", "moved", "Another"),
        "new": row("new", "new"),
        "early": row("early", "early"),  # written in Spanish before it was in the index
    }
    assert sorted(tool.still_right(written, before, after)) == ["early", "kept"]


def test_the_files_are_as_the_tool_writes_them(tool: ModuleType, tmp_path: Path) -> None:
    for path in (INDEX, SPANISH):
        rows = {line[0]: line for line in tool.table(path)}
        again = tmp_path / path.name
        tool.write(again, tuple(path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t")), rows)
        assert again.read_bytes() == path.read_bytes()
