"""A writer killed at any moment: what it acknowledged is there, the chain holds, and writing goes on."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from tests.session.support import CONTENT, header, orders, toy
from wargame.session.chain import verify_chain
from wargame.session.exchange import export_session, import_session
from wargame.session.library import Library
from wargame.session.records import Draft, Record

ROOT = Path(__file__).parents[2]
SESSION = "t0y0000001"

WRITER = f"""
import sys
from pathlib import Path
from tests.session.support import CONTENT, header, order
from wargame.session.library import Library
from wargame.session.records import Draft

def acknowledge(*words):
    print(*words, flush=True)

with Library(Path(sys.argv[1])) as library:
    if not library.has("{SESSION}"):
        library.create(header("{SESSION}"), CONTENT)
    while True:
        seq = library.last("{SESSION}").seq + 1
        drafts = [order(seq), Draft("ledger", {{"lines": ["x" * 50] * (seq % 300)}}), order(seq + 2)]
        added = library.append("{SESSION}", drafts[: 1 + seq % 3], expected_seq=seq)
        acknowledge("record", added[-1].seq, added[-1].hash)
        if seq % 5 == 0:
            other = header(content=b"of its own")
            library.create(other, b"of its own", drafts)
            acknowledge("created", other.session)
            library.delete_session(other.session)
            acknowledge("deleted", other.session)
"""


def killed_writer(path: Path, *, warm: bool, wait: float) -> list[list[str]]:
    """Let a writer work for so long, from its start or from its first word, kill it, and return what it said."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    first = writer.stdout.readline() if warm else ""
    time.sleep(wait)
    writer.kill()
    said = first + writer.stdout.read()
    writer.stdout.close()
    writer.wait()
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def check_acknowledged(library: Library, said: list[list[str]]) -> None:
    records = {(str(record.seq), record.hash) for record in library.records(SESSION)}
    stones = {stone.session for stone in library.tombstones()}
    for what, *words in said:
        if what == "record":
            assert tuple(words) in records
        elif what == "created":
            assert library.has(words[0]) or words[0] in stones
        else:
            assert not library.has(words[0])
            assert words[0] in stones


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path, chance, acknowledged = tmp_path / "library.sqlite", random.Random(11), 0
    for _ in range(30):
        said = killed_writer(path, warm=True, wait=chance.uniform(0, 0.05))
        acknowledged += len(said)
        with Library(path) as library:
            library.check()
            check_acknowledged(library, said)
            for summary in library.sessions():
                assert verify_chain(library, summary.session).records == summary.records
            seq = library.last(SESSION).seq + 1
            assert library.append(SESSION, orders(seq), expected_seq=seq)[0].seq == seq
            assert library._database.execute("SELECT count(*) FROM deleting").fetchone() == (0,)
    assert acknowledged >= 30


def test_a_writer_killed_while_it_makes_the_library_leaves_nothing_or_a_library(tmp_path: Path) -> None:
    chance = random.Random(12)
    for number in range(12):
        path = tmp_path / f"library-{number}.sqlite"
        said = killed_writer(path, warm=False, wait=chance.uniform(0.05, 0.25))
        with Library(path) as library:
            library.check()
            if said:
                check_acknowledged(library, said)
            else:
                assert {summary.session for summary in library.sessions()} <= {SESSION}
            toy(library, session="0ther00001")


# ── what a lost write leaves ─────────────────────────────────────────────────────────────────────────────────────


def written_with_sizes(library: Library, count: int) -> list[tuple[int, Record]]:
    """Append in small steps; return the size of the WAL and the last record after each."""
    ahead = Path(f"{library.path}-wal")
    steps = []
    for number in range(count):
        library.append(SESSION, [*orders(number), Draft("note", {"text": "x" * (number * 97 % 6000)})])
        steps.append((ahead.stat().st_size, library.last(SESSION)))
    return steps


def test_a_torn_write_takes_back_whole_steps_only(tmp_path: Path) -> None:
    chance = random.Random(13)
    with Library(tmp_path / "library.sqlite") as library:
        library.create(header(SESSION), CONTENT)
        steps = written_with_sizes(library, 40)
        main, ahead = library.path.read_bytes(), Path(f"{library.path}-wal").read_bytes()
    copy = tmp_path / "copy.sqlite"
    for _ in range(120):
        size, acknowledged = chance.choice(steps)
        torn = chance.randrange(size, len(ahead) + 1)
        rest = chance.choice([b"", bytes(len(ahead) - torn), chance.randbytes(len(ahead) - torn)])
        copy.write_bytes(main)
        Path(f"{copy}-wal").write_bytes(ahead[:torn] + rest)
        with Library(copy) as library:
            library.check()
            count = verify_chain(library, SESSION).records
            assert acknowledged in library.records(SESSION)
            assert count % 2 == 1  # record 0, then steps of two
            assert library.append(SESSION, orders(1), expected_seq=count)[0].seq == count
        for file in tmp_path.glob("copy.sqlite*"):
            file.unlink()


EXPORTER = """
import sys
from pathlib import Path
from wargame.session.exchange import export_session, import_session
from wargame.session.library import Library
folder = Path(sys.argv[1])
with Library(folder / "from.sqlite") as source:
    while True:
        export_session(source, "t0y0000001", folder / "session.wargame", overwrite=True)
        with Library(folder / "to.sqlite") as target:
            import_session(folder / "session.wargame", target)
            print("carried", flush=True)
            target.delete_session("t0y0000001")
"""


def test_a_killed_export_or_import_is_whole_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(14)
    with Library(tmp_path / "from.sqlite") as source:
        toy(source, records=400)
        head = source.last(SESSION).hash
        for _ in range(8):
            carrier = subprocess.Popen(
                [sys.executable, "-c", EXPORTER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
            )
            assert carrier.stdout is not None
            carrier.stdout.readline()
            time.sleep(chance.uniform(0, 0.1))
            carrier.kill()
            carrier.stdout.close()
            carrier.wait()
            with Library(tmp_path / "to.sqlite") as target:
                target.check()
                for summary in target.sessions():
                    assert verify_chain(target, summary.session).head == head
                assert import_session(tmp_path / "session.wargame", target).head == head
                target.delete_session(SESSION)
        export_session(source, SESSION, tmp_path / "session.wargame", overwrite=True)
