"""Canonical JSON, hashes, headers and session ids."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.support import CREATED, JSON, TEXT, header, order
from wargame.model.errors import LibraryError, SessionError, VerificationError
from wargame.model.text import Text
from wargame.session.canonical import MAX_DEPTH, Unwritable, canonical, digest, parse
from wargame.session.header import Lineage, Seating, header_of, new_session_id, read_header, resolve
from wargame.session.records import GENESIS, MAX_PAYLOAD, Draft, Row, first_row, is_moment, seal, utc_now, written


@given(JSON)
def test_canonical_json_reads_back_as_the_same_value_and_the_same_text(value: Any) -> None:
    text = canonical(value)
    assert repr(parse(text)) == repr(json.loads(text))
    assert parse(text) == value
    assert canonical(parse(text)) == text


@given(st.dictionaries(TEXT, JSON, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(value: dict[str, Any], random: Any) -> None:
    keys = list(value)
    random.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(MappingProxyType(value))


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Text("one", "uno"),
        {1: "a"},
        {None: 1},
        {"a": {2: 3}},
        {"a", "b"},
        b"bytes",
        object(),
        "\ud800",
        {"\udfff": 1},
        10**5000,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_json_is_refused_in_both_languages(value: object) -> None:
    with pytest.raises(Unwritable) as caught:
        canonical({"part": [value]})
    assert caught.value.message.en != caught.value.message.es


def test_nesting_has_a_limit() -> None:
    def nested(depth: int) -> object:
        return [nested(depth - 1)] if depth else 1

    assert canonical(nested(MAX_DEPTH))
    with pytest.raises(Unwritable):
        canonical(nested(MAX_DEPTH + 1))
    with pytest.raises(Unwritable):
        canonical(nested(500))


@pytest.mark.parametrize("text", ["[" * 100_000, "NaN", "Infinity", "{", "", "1" * 5000, "\ufeff1"])
def test_bad_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@given(st.dictionaries(TEXT, JSON, max_size=4), TEXT, st.integers(0, 2**31))
def test_a_hash_is_that_of_the_hash_before_and_the_canonical_rest(payload: Any, words: str, number: int) -> None:
    draft = Draft(words, payload, number, words, words, words)
    row = seal(number, GENESIS, draft, canonical(payload), CREATED)
    rest = row.record().plain()
    assert rest.pop("previous") == GENESIS
    assert rest.pop("hash") == digest(GENESIS + canonical(rest)) == row.expected_hash()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ""},
        {"kind": "session"},
        {"kind": "a\nb"},
        {"kind": None},
        {"turn": -1},
        {"turn": True},
        {"turn": 2**31},
        {"turn": 1.0},
        {"seat": "x" * 201},
        {"phase": "\ud800"},
        {"game_date": None},
        {"time": "yesterday"},
        {"payload": [1]},
        {"payload": {"text": "x" * (MAX_PAYLOAD + 1)}},
    ],
    ids=lambda change: "-".join(change),
)
def test_a_draft_that_has_no_place_in_a_log_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SessionError) as caught:
        written([replace(order(1), **change)])
    assert caught.value.message.en != caught.value.message.es


def test_a_record_gives_back_its_draft() -> None:
    row = seal(1, GENESIS, order(1), canonical(order(1).payload), CREATED)
    assert row.record().draft() == replace(order(1), time=CREATED)
    assert hash(row.record()) == hash(row.record())


def test_moments_are_utc_with_microseconds_and_sort_as_text() -> None:
    first, second = utc_now(), utc_now()
    assert is_moment(first)
    assert first <= second
    assert not is_moment("2026-01-02T03:04:05Z")


def test_a_row_whose_payload_is_no_mapping_is_not_a_record() -> None:
    row = Row(0, CREATED, 0, "", "", "", "k", "[]", GENESIS, GENESIS)
    with pytest.raises(ValueError, match="mapping"):
        row.record()


# ── headers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_header_reads_back_as_itself() -> None:
    parent = Lineage("0123456789", 3, digest("head"), new_luck=True)
    for made in (header(), header(lineage=parent)):
        assert read_header(made.text()) == made
        assert first_row(made.text(), made.created).record().payload == {"header": made.hash}


@pytest.mark.parametrize(
    "change",
    [
        {"format": 0},
        {"session": "short"},
        {"session": "UPPERCASE0"},
        {"content": "no digest"},
        {"seed": -1},
        {"seed": 2**64},
        {"seed": True},
        {"seed": 1.0},
        {"created": "2026"},
        {"language": "fr"},
        {"seats": {}},
        {"seats": [1]},
        {"seats": [{"seat": "a", "by": "ghost", "doctrine": ""}]},
        {"seats": [{"seat": "a", "by": "bot", "doctrine": ""}] * 2},
        {"lineage": {"parent": "x", "turn": 1, "head": "x", "new_luck": False}},
        {"lineage": []},
        {"unknown": 1},
        {"extra": {"long": "x" * 2**20}},
    ],
    ids=lambda change: "-".join(change),
)
def test_a_header_that_no_session_has_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(VerificationError) as caught:
        header_of(header().plain() | change)
    assert caught.value.message.en != caught.value.message.es


def test_a_header_of_a_later_format_is_said_to_be_newer() -> None:
    with pytest.raises(LibraryError, match="newer"):
        read_header(canonical(header().plain() | {"format": 3, "more": 1}))


@pytest.mark.parametrize("text", ["", "[]", "1", "{}", "{", header().text() + " "])
def test_a_header_that_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(VerificationError):
        read_header(text)


def test_seats_are_part_of_a_header() -> None:
    assert header().hash != replace(header(), seats=(Seating("presidency", "bot", "first"),)).hash


# ── ids ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ids_are_ten_letters_that_sort_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for moment in (1_577_836_800, 1_700_000_000, 1_800_000_000, 3_000_000_000):
        monkeypatch.setattr("time.time", lambda moment=moment: float(moment))
        made.append(new_session_id())
    assert made == sorted(made)
    assert {len(session) for session in made} == {10}
    assert all(header(session) == header_of(header(session).plain()) for session in made)
    assert len({new_session_id() for _ in range(100)}) == 100


def test_a_typed_beginning_is_completed() -> None:
    known = ["3ekkkgw74v", "3ekkkgw75v", "01abcdefgh"]
    assert resolve("3ekkkgw74", known) == "3ekkkgw74v"
    assert resolve("OIab", known) == "01abcdefgh"
    assert resolve(" 01abc-defgh ", known) == "01abcdefgh"


@pytest.mark.parametrize(
    ("text", "says"),
    [("3ekk", "3ekkkgw74v, 3ekkkgw75v"), ("3ekkkgv74v", "did you mean '3ekkkgw74v'?"), ("", "no session"), ("zz", ".")],
)
def test_a_beginning_that_fits_none_or_several_is_explained(text: str, says: str) -> None:
    with pytest.raises(SessionError) as caught:
        resolve(text, ["3ekkkgw74v", "3ekkkgw75v"])
    assert says in caught.value.message.en
    assert caught.value.message.en != caught.value.message.es


def test_an_empty_library_says_so() -> None:
    with pytest.raises(SessionError, match="no sessions yet"):
        resolve("3e", [])
