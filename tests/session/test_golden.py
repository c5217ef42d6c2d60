"""Files that the first version wrote: every later version must read them, to the same hashes.

``library-1.golden`` is a library of version 1 with two sessions and a tombstone, ``session-1.golden`` the export of
one of them. They are never made anew; a later version adds its own beside them.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.session.support import CONTENT, header, orders
from wargame.session import migrations
from wargame.session.chain import verify_chain
from wargame.session.exchange import export_session, import_session, verify_export
from wargame.session.header import Lineage
from wargame.session.library import Library
from wargame.session.memory import MemoryStore

GOLDEN = Path(__file__).parent / "golden"
PARENT, FORK, GONE = "g01d000001", "g01d000002", "g01d000003"
HEADS = {
    PARENT: "f4d976e34fda2eaab63a35f2b61db9bb811c949c5f2a41ce75e8f9eb87ad9853",
    FORK: "00ed096dc333f9cc6f46e624122da62fb4f83d002635eeb69000eb5cc404513a",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(GOLDEN / "library-1.golden", tmp_path / "library.sqlite"))


def test_the_golden_library_has_version_1() -> None:
    start = (GOLDEN / "library-1.golden").read_bytes()[:100]
    assert int.from_bytes(start[60:64], "big") == 1


def test_a_library_of_version_1_is_read_and_brought_up_to_date(path: Path) -> None:
    with Library(path) as library:
        assert {summary.session: summary.head for summary in library.sessions()} == HEADS
        for session, head in HEADS.items():
            assert verify_chain(library, session).head == head
        assert [(stone.session, stone.records) for stone in library.tombstones()] == [(GONE, 3)]
        lineage = Lineage(PARENT, 1, library.records(PARENT)[2].hash, new_luck=True)
        assert library.header(FORK) == replace(header(FORK, lineage=lineage), format=1)
        assert library.content(FORK) == CONTENT
        assert [record.draft().payload for record in library.records(PARENT, 1)] == [o.payload for o in orders(0, 1, 2)]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (len(migrations.STEPS),)


def test_a_session_of_version_1_goes_on_and_goes(path: Path) -> None:
    with Library(path) as library:
        assert library.append(PARENT, orders(9), expected_seq=4)[0].previous == HEADS[PARENT]
        library.delete_session(PARENT)
        assert verify_chain(library, FORK).head == HEADS[FORK]
        library.check()


def test_a_session_file_of_version_1_is_read_and_written_alike(path: Path, tmp_path: Path) -> None:
    golden = GOLDEN / "session-1.golden"
    assert verify_export(golden).head == HEADS[FORK]
    for store in (MemoryStore(), Library(tmp_path / "other.sqlite"), Library(path)):
        assert import_session(golden, store).head == HEADS[FORK]
        export_session(store, FORK, tmp_path / "again", overwrite=True)
        assert (tmp_path / "again").read_bytes() == golden.read_bytes()
        store.close()
