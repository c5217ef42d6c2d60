"""The small, safe part of YAML that is read: what words mean, where things stand, and what is refused."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wargame.content import files
from wargame.content.problems import Problems
from wargame.content.source_text import MAX_BYTES, decode
from wargame.content.spots import Spot
from wargame.content.yaml_source import MAX_DEPTH, Mapping, read_yaml
from wargame.model.errors import Place, Problem
from wargame.model.text import Language, same


def read(text: str) -> object:
    problems = Problems()
    root = read_yaml(text, "a.yaml", problems)
    assert not problems.errors
    assert root is not None
    return root.plain()


def codes(text: str) -> list[str]:
    problems = Problems()
    read_yaml(text, "a.yaml", problems)
    return [f"{p.code} {p.place}" for p in problems.errors]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("Off", "Off"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("1:30", "1:30"),
        ("2020-01-01", "2020-01-01"),
        ("1_000", "1_000"),
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("0", 0),
        ("0.10", 0.1),
        ("42 ± 10", "42 ± 10"),
        ("'012'", "012"),
        ("|\n  x\n  y", "x\ny\n"),
        (">-\n  x\n  y", "x y"),
        ("0x", "0x"),
        ("-", None),
    ],
)
def test_words_and_numbers_mean_what_they_look_like(written: str, value: object) -> None:
    if written == "-":
        assert read("a:\n  - \n") == {"a": [None]}
    else:
        assert read(f"a: {written}\n") == {"a": value}


def test_keys_are_always_text() -> None:
    assert read("{NO: 1, 2: b, true: c, null: d}") == {"NO": 1, "2": "b", "true": "c", "null": "d"}


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "null\n"])
def test_an_empty_file_is_an_empty_mapping(text: str) -> None:
    assert read(text) == {}


def test_places_count_from_one_and_in_characters() -> None:
    root = read_yaml('título: "ñandú"\nb:\n  - {ché: 1, d: [2, 3]}\n', "a.yaml", Problems())
    assert isinstance(root, Mapping)
    top = Spot("a.yaml", "", root)
    assert str(top.at("título")) == "a.yaml:1:9"
    inner = top.find(("b", 0, "d", 1))
    assert str(inner.place) == "a.yaml:3:21"
    assert str(top.find(("b", 0, "ché")).key_place) == "a.yaml:3:6"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 0o17", "yaml-number a.yaml:1:4"),
        ("a: 017", "yaml-number a.yaml:1:4"),
        ("a: .nan", "yaml-number a.yaml:1:4"),
        ("a: -.inf", "yaml-number a.yaml:1:4"),
        ("a: 0x1F", "yaml-number a.yaml:1:4"),
        ("a: b: c", "yaml-syntax a.yaml:1:5"),
        ("a: 1\nb: 2\na: 3", "yaml-duplicate-key a.yaml:3:1"),
        ("a: *b", "yaml-alias a.yaml:1:4"),
        ("a: &b {c: 1}", "yaml-alias a.yaml:1:4"),
        ("<<: *b", "yaml-alias a.yaml:1:5"),
        ("- 1", "yaml-top a.yaml:1:1"),
        ("? {a: 1}\n: 2", "yaml-key a.yaml:1:3"),
        ("a: !!python/name:os.system", "yaml-tag a.yaml:1:4"),
        ("a: 1\n---\nb: 2", "yaml-documents a.yaml:2:1"),
        ("a: [1, 2\n", "yaml-syntax a.yaml:2:1"),
    ],
)
def test_traps_are_refused_where_they_stand(text: str, told: str) -> None:
    assert codes(text) == [told]


def test_the_same_key_twice_names_both_places() -> None:
    problems = Problems()
    read_yaml("x:\n  a: 1\n  a: 2\n", "a.yaml", problems)
    assert (
        problems.errors[0].say(Language.EN).startswith("a.yaml:3:3: the key 'a' is already given at line 2, column 3")
    )


BOMB = "a: &a [x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 10**6,
        "- " * 10**6,
        "? " * 10**6,
        "{a: " * 10**5,
        "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 900)),
    ],
    ids=["laughs", "brackets", "dashes", "questions", "braces", "steps"],
)
def test_deep_and_growing_input_is_refused_at_once(text: str) -> None:
    before = time.perf_counter()
    assert codes(text)[0].split()[0] in ("yaml-depth", "yaml-alias", "yaml-key")
    assert time.perf_counter() - before < 1.0


def test_the_depth_that_is_allowed_is_enough_for_content() -> None:
    assert MAX_DEPTH >= 12
    assert codes("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)) == []


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xef\xbb\xbfa: 1\n", "file-bom a.yaml:1:1"),
        (b"a: 1\nb: \xff\n", "file-encoding a.yaml:2:4"),
        ("año: 1\nb".encode("utf-16"), "file-encoding a.yaml:1:1"),
        (b"a: 1\n\tb: 2\n", "file-tab a.yaml:2:1"),
        (b"a: 1\rb: 2\n", "file-return a.yaml:1:5"),
        (b"a: \x00\n", "file-character a.yaml:1:4"),
        (b"a: " + b"x" * MAX_BYTES, "file-too-large a.yaml"),
    ],
)
def test_bytes_that_are_no_content_are_refused(data: bytes, told: str) -> None:
    problems = Problems()
    assert decode(data, "a.yaml", problems) is None
    assert [f"{p.code} {p.place}" for p in problems.errors] == [told]


def test_windows_line_ends_are_read_as_line_ends() -> None:
    assert decode(b"a: 1\r\nb: 2\r\n", "a.yaml", Problems()) == "a: 1\nb: 2\n"


def test_texts_other_than_yaml_may_hold_tabs() -> None:
    assert decode(b"a\tb", "brief.md", Problems()) == "a\tb"


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(50_000_000)
    problems, before = Problems(), time.perf_counter()
    assert files.read_file(huge, problems) is None
    assert time.perf_counter() - before < 0.05
    assert [p.code for p in problems.errors] == ["file-too-large"]
    assert "50.0 MB" in problems.errors[0].message.en


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    problems = Problems()
    assert files.read_file(tmp_path / "gone.yaml", problems) is None
    assert [p.code for p in problems.errors] == ["file-unreadable"]


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path) -> None:
    for n in range(files.MAX_FILES + 1):
        (tmp_path / f"{n}.yaml").touch()
    problems = Problems()
    assert not files.read_folder("rules", tmp_path, problems).whole
    assert [p.code for p in problems.errors] == ["too-many-files"]


# ── anything at all ──────────────────────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [
        "a",
        "b",
        ": ",
        "- ",
        "\n",
        "  ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&x",
        "*x",
        "!",
        "|",
        ">",
        "'",
        '"',
        "#",
        "?",
        "1",
        "%",
        "@",
        "\\",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
@example("%YAML 9.9\n---\na: 1")
@example("a: @b")
@example("\x85")
@settings(deadline=timedelta(seconds=2), max_examples=150)
def test_no_text_gets_past_as_anything_but_data_or_a_problem(text: str) -> None:
    problems = Problems()
    clean = decode(text.encode("utf-8", "surrogatepass"), "a.yaml", problems)
    root = read_yaml(clean, "a.yaml", problems) if clean is not None else None
    assert (root is not None) or problems.errors
    assert all(p.place.file == "a.yaml" for p in problems.errors)


# ── formulas over several lines ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("a: one + two", "two", "a.yaml:1:10"),
        ("a: 'one + two'", "two", "a.yaml:1:11"),
        ("a: one +\n   two + three", "three", "a.yaml:2:10"),
        ("a: one\n  + two\n\n  + three", "three", "a.yaml:4:5"),
        ('a: "one +\n     two + three"', "two", "a.yaml:2:6"),
        ("a: one +\n   two + three", "one", "a.yaml:1:4"),
    ],
)
def test_columns_of_folded_formulas_are_found_again(text: str, word: str, place: str) -> None:
    root = read_yaml(text, "a.yaml", Problems())
    assert root is not None
    spot = Spot("a.yaml", text, root).find(("a",))
    offset = str(spot.node.plain()).replace("\n", " ").index(word)
    problem = Problem(spot.formula_place.shifted(offset), "x", same("x"))
    assert str(spot.relocate(problem).place) == place


def test_a_place_without_a_line_is_the_file() -> None:
    assert str(Place("a.yaml")) == "a.yaml"
