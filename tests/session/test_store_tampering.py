"""Whatever is changed in a library behind the program's back is found, and the first record that differs is named."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.session.support import CONTENT, header, orders, toy
from wargame.model.errors import LibraryError, WargameError
from wargame.model.text import Text
from wargame.session import migrations
from wargame.session.canonical import canonical, digest
from wargame.session.carrier import export_lines
from wargame.session.chain import ChainError, verify_chain
from wargame.session.header import read_header
from wargame.session.library import Library
from wargame.session.records import Row, first_row, link, written
from wargame.session.store import Summary

SESSION = "t0y0000001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Library(tmp_path / "library.sqlite") as library:
        toy(library, records=6)
        toy(library, session="0ther00001")
    return tmp_path / "library.sqlite"


def tamper(path: Path, *statements: str | tuple[str, object]) -> None:
    """Change a library as its guards would never allow, and put the guards back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for name in re.findall(r"CREATE TRIGGER (\w+)", " ".join(migrations.STEPS[0])):
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(*([statement] if isinstance(statement, str) else statement))
        for statement in migrations.STEPS[0]:
            if "CREATE TRIGGER" in statement:
                database.execute(statement)


def fault(path: Path, session: str = SESSION) -> ChainError:
    with Library(path) as library:
        with pytest.raises(ChainError) as caught:
            verify_chain(library, session)
        other = "0ther00001" if session == SESSION else SESSION
        assert verify_chain(library, other).records in {5, 7}
    assert caught.value.message.en != caught.value.message.es
    return caught.value


@pytest.mark.parametrize("seq", [0, 1, 3, 6])
@pytest.mark.parametrize(
    "change",
    [
        "time = '2026-01-02T03:04:05.000007Z'",
        "turn = turn + 1",
        "phase = 'Orders'",
        "game_date = '2020-01-02'",
        "seat = 'remnant'",
        "kind = 'ruling'",
        "payload = replace(payload, '\"', '\" ')",
        "payload = '{}'",
        "payload = '['",
        "payload = '{\"a\":NaN}'",
        "payload = CAST(x'7b22ff227d' AS TEXT)",
        "previous = replace(previous, substr(previous, 9, 1), 'g')",
        "hash = replace(hash, substr(hash, 9, 1), 'g')",
        "hash = upper(hash) || ' '",
    ],
)
def test_a_changed_field_is_found(path: Path, change: str, seq: int) -> None:
    tamper(path, f"UPDATE record SET {change} WHERE session = '{SESSION}' AND seq = {seq}")
    assert fault(path).seq == seq


@pytest.mark.parametrize("seq", [0, 2, 5])
def test_a_missing_record_is_found(path: Path, seq: int) -> None:
    tamper(path, f"DELETE FROM record WHERE session = '{SESSION}' AND seq = {seq}")
    assert fault(path).seq == seq


def test_a_session_without_records_is_found_and_listed(path: Path) -> None:
    tamper(path, f"DELETE FROM record WHERE session = '{SESSION}'")
    assert fault(path).seq == 0
    with Library(path) as library:
        assert next(s for s in library.sessions() if s.session == SESSION).records == 0
        with pytest.raises(ChainError):
            library.append(SESSION, orders(1))
        assert library.delete_session(SESSION).records == 0


def test_records_that_changed_places_are_found(path: Path) -> None:
    tamper(
        path,
        f"UPDATE record SET seq = 99 WHERE session = '{SESSION}' AND seq = 2",
        f"UPDATE record SET seq = 2 WHERE session = '{SESSION}' AND seq = 3",
        f"UPDATE record SET seq = 3 WHERE session = '{SESSION}' AND seq = 99",
    )
    assert fault(path).seq == 2


def test_a_record_with_a_recomputed_hash_is_found(path: Path) -> None:
    with Library(path) as library:
        record = library.records(SESSION)[3]
        draft = replace(record.draft(), payload={"move": "another"})
        (row,) = link(3, record.previous, written([draft]), record.time)
    values = (row.payload, row.hash, SESSION)
    tamper(path, ("UPDATE record SET payload = ?, hash = ? WHERE session = ? AND seq = 3", values))
    assert fault(path).seq == 3


def test_a_chain_recomputed_to_its_end_differs_from_the_head_that_was_printed(path: Path) -> None:
    with Library(path) as library:
        head = library.last(SESSION).hash
        records = library.records(SESSION)
    drafts = [replace(record.draft(), seat="another") for record in records[1:]]
    rows = link(1, records[0].hash, written(drafts), "")
    update = "UPDATE record SET seat = ?, previous = ?, hash = ? WHERE session = ? AND seq = ?"
    tamper(path, *((update, (row.seat, row.previous, row.hash, SESSION, row.seq)) for row in rows))
    with Library(path) as library:
        assert verify_chain(library, SESSION).head != head
        with pytest.raises(ChainError):
            verify_chain(library, SESSION, head=head)


@pytest.mark.parametrize(
    "change",
    [
        "header = replace(header, '20200101', '20200102')",
        "header = replace(header, 'hunter', 'ranger')",
        "header = replace(header, 'Aula 3', 'Aula 4')",
        "header = header || ' '",
        "header = ''",
        "header = replace(header, '\"format\":2', '\"format\":0')",
        "header = (SELECT header FROM session WHERE id = '0ther00001')",
    ],
)
def test_a_changed_header_is_found(path: Path, change: str) -> None:
    tamper(path, f"UPDATE session SET {change} WHERE id = '{SESSION}'")
    assert fault(path).seq is None


def test_a_changed_header_does_not_hide_the_other_sessions(path: Path) -> None:
    tamper(path, f"UPDATE session SET header = '{{}}' WHERE id = '{SESSION}'")
    with Library(path) as library:
        found: dict[str, Summary] = {summary.session: summary for summary in library.sessions()}
    assert found[SESSION].header is None
    assert (found[SESSION].scenario, found[SESSION].created, found[SESSION].records) == ("", "", 7)
    assert found["0ther00001"].scenario == "toy"


def test_a_header_with_a_first_record_made_to_fit_is_found(path: Path) -> None:
    """Record 0 then has a hash that record 1 does not follow."""
    with Library(path) as library:
        made = replace(library.header(SESSION), seed=1)
    row = first_row(made.text(), made.created)
    tamper(
        path,
        ("UPDATE session SET header = ? WHERE id = ?", (made.text(), SESSION)),
        ("UPDATE record SET payload = ?, hash = ? WHERE session = ? AND seq = 0", (row.payload, row.hash, SESSION)),
    )
    assert fault(path).seq == 0


@pytest.mark.parametrize(
    "body", ["x'00'", "CAST(replace(CAST(body AS TEXT), 'toy', 'tox') AS BLOB)", "CAST(body || char(10) AS BLOB)"]
)
def test_changed_content_is_found(path: Path, body: str) -> None:
    tamper(path, f"UPDATE content SET body = {body}")
    with Library(path) as library, pytest.raises(ChainError, match="content"):
        verify_chain(library, SESSION)


def test_missing_content_is_found(path: Path) -> None:
    tamper(path, "DELETE FROM content")
    with Library(path) as library:
        with pytest.raises(ChainError, match="content"):
            verify_chain(library, SESSION)
        with pytest.raises(LibraryError, match="damaged"):
            library.check()


def test_a_forged_record_that_no_store_would_write_is_found(path: Path) -> None:
    """Its hash fits, but its payload is not canonical."""
    with Library(path) as library:
        last = library.last(SESSION)
    row = Row(*last.plain().values())._replace(payload=canonical(last.payload).replace(",", ", "))
    row = row._replace(hash=row.expected_hash())
    tamper(
        path,
        ("UPDATE record SET payload = ?, hash = ? WHERE session = ? AND seq = 6", (row.payload, row.hash, SESSION)),
    )
    assert fault(path).seq == 6


def test_reading_never_returns_a_changed_record(path: Path) -> None:
    tamper(path, f"UPDATE record SET seat = 'x' WHERE session = '{SESSION}' AND seq = 4")
    with Library(path) as library:
        assert len(library.records(SESSION, 0, 4)) == 4
        for start in (0, 4):
            with pytest.raises(ChainError):
                library.records(SESSION, start, 5)


def test_the_header_in_the_file_is_the_text_that_is_hashed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        (text,) = database.execute("SELECT header FROM session WHERE id = ?", (SESSION,)).fetchone()
    assert read_header(text).hash == digest(text)


# ── any byte of the file ─────────────────────────────────────────────────────────────────────────────────────────


def everything(path: Path) -> dict[str, bytes]:
    """Verify all sessions of a library and return them as export files."""
    with Library(path) as library:
        counts = {summary.session: summary.records for summary in library.sessions()}
        for session in counts:
            verify_chain(library, session)
        library.check()
        return {session: b"".join(export_lines(library, session, count)) for session, count in counts.items()}


def flip_bit(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def set_zero(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes(bit) + data[place + bit :]


def attempt(path: Path) -> dict[str, bytes] | Text:
    try:
        return everything(path)
    except WargameError as error:
        return error.message


@pytest.mark.parametrize("damage", [flip_bit, set_zero], ids=["flipped", "zeroed"])
def test_a_byte_changed_anywhere_in_the_file_is_found_or_without_effect(
    path: Path, damage: Callable[[bytes, int, int], bytes]
) -> None:
    whole, sound = path.read_bytes(), everything(path)
    chance = random.Random(7)
    used = [place for place, byte in enumerate(whole) if byte]
    found = 0
    for place in chance.sample(used, 800):
        path.write_bytes(damage(whole, place, chance.randrange(1, 8)))
        outcome = attempt(path)
        if isinstance(outcome, Text):
            found += outcome.en != outcome.es
        else:
            assert outcome == sound, f"byte {place} of {len(whole)}"
        for rest in ("-wal", "-shm"):
            Path(f"{path}{rest}").unlink(missing_ok=True)
    assert found > 500
    assert CONTENT in whole
    assert header(SESSION).text().encode() in whole
