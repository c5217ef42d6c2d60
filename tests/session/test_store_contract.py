"""What every store promises. A new kind of store joins ``STORES`` and must pass all of this."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import pytest

from tests.session.support import CONTENT, STORES, header, order, orders, toy
from wargame.model.errors import SessionError, VerificationError
from wargame.session.canonical import MAX_DEPTH, digest
from wargame.session.chain import ChainError, Sound, verify_chain
from wargame.session.header import Lineage
from wargame.session.records import FIRST_KIND, GENESIS, Draft
from wargame.session.store import MAX_CONTENT, Overtaken, Store, Tombstone


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = STORES[request.param](tmp_path)
    yield made
    made.close()


# ── writing and reading ──────────────────────────────────────────────────────────────────────────────────────────


def test_record_0_vouches_for_the_header(store: Store) -> None:
    made = header()
    (row,) = store.create(made, CONTENT)
    first = row.record()
    assert (first.seq, first.kind, first.previous, first.time) == (0, FIRST_KIND, GENESIS, made.created)
    assert first.payload == {"header": made.hash}
    assert store.header(made.session) == made
    assert store.content(made.session) == CONTENT
    assert store.has(made.session)


def test_what_was_appended_is_read_back_in_order_and_chained(store: Store) -> None:
    made = header()
    rows = [*store.create(made, CONTENT), *store.append(made.session, orders(1, 2, 3))]
    rows += store.append(made.session, orders(4))
    written = [row.record() for row in rows]
    assert store.records(made.session) == tuple(written)
    assert [record.seq for record in written] == list(range(5))
    assert [record.previous for record in written[1:]] == [record.hash for record in written[:-1]]
    assert written[4].payload == order(4).payload
    assert store.last(made.session) == written[4]


@pytest.mark.parametrize(
    ("payload", "scores"),
    [
        ({"scores": {"a": 0.5, "b": 1}}, {"a": 0.5, "b": 1.0}),
        ({}, {}),
        ({"scores": ["a"]}, {}),
        ({"scores": {"a": "?"}}, {}),
    ],
)
def test_the_summary_of_an_ended_session_has_the_scores_of_its_end(
    store: Store, payload: dict[str, object], scores: dict[str, float]
) -> None:
    made = header()
    store.create(made, CONTENT, orders(1))
    assert (store.sessions()[0].ended, store.sessions()[0].scores) == (False, {})
    store.append(made.session, [Draft("end", payload, 1)])
    assert (store.sessions()[0].ended, store.sessions()[0].scores) == (True, scores)


def test_a_session_can_start_with_records(store: Store) -> None:
    made = header()
    rows = store.create(made, CONTENT, orders(1, 2))
    assert tuple(row.record() for row in rows) == store.records(made.session)
    assert len(store.records(made.session)) == 3


def test_the_store_gives_the_time_unless_the_draft_has_one(store: Store) -> None:
    made = toy(store)
    moment = "2020-02-02T02:02:02.020202Z"
    early, late = store.append(made.session, [replace(order(1), time=moment), order(2)])
    assert early.time == moment
    assert late.time > moment


def test_records_are_read_in_part(store: Store) -> None:
    made = toy(store)
    everything = store.records(made.session)
    assert store.records(made.session, 2) == everything[2:]
    assert store.records(made.session, 1, 3) == everything[1:3]
    assert store.records(made.session, 3, 3) == store.records(made.session, 9) == ()
    assert store.records(made.session, -5, -1) == ()


def test_what_is_read_belongs_to_the_reader(store: Store) -> None:
    made = header()
    payload = {"targets": ["vizcatan"]}
    (_, row) = store.create(made, CONTENT, [Draft("order", payload)])
    payload["targets"].append("later")
    row.record().payload["targets"].append("later still")
    store.records(made.session)[1].payload["targets"].append("even later")
    assert store.last(made.session).payload == {"targets": ["vizcatan"]}


class Phase(StrEnum):
    ORDERS = "orders"


def test_words_of_the_program_become_plain_words(store: Store) -> None:
    made = toy(store)
    draft = replace(order(1), phase=Phase.ORDERS, payload={"phase": Phase.ORDERS, "phases": (Phase.ORDERS,)})
    (row,) = store.append(made.session, [draft])
    written = row.record()
    assert repr(written) == repr(store.last(made.session))
    assert type(written.phase) is str
    assert written.payload == {"phase": "orders", "phases": ["orders"]}


def test_appending_nothing_writes_nothing(store: Store) -> None:
    made = toy(store)
    assert store.append(made.session, []) == ()
    assert store.last(made.session).seq == 4


def test_a_batch_is_kept_whole_or_not_at_all(store: Store) -> None:
    made = toy(store)
    with pytest.raises(SessionError):
        store.append(made.session, [order(1), Draft("order", {"odds": float("nan")})])
    with pytest.raises(SessionError):
        store.create(header("t0y0000002"), CONTENT, [Draft("", {})])
    assert store.last(made.session).seq == 4
    assert not store.has("t0y0000002")


def test_an_append_that_was_overtaken_is_refused(store: Store) -> None:
    made = toy(store)
    store.append(made.session, orders(5), expected_seq=5)
    with pytest.raises(Overtaken) as caught:
        store.append(made.session, orders(6), expected_seq=5)
    assert caught.value.next_seq == 6
    assert caught.value.message.en != caught.value.message.es
    assert store.last(made.session).payload == order(5).payload


def test_the_deepest_payload_is_kept(store: Store) -> None:
    made = toy(store)
    payload: dict[str, object] = {"leaf": 1}
    for _ in range(MAX_DEPTH - 1):
        payload = {"in": payload}
    assert store.append(made.session, [Draft("deep", payload)])[0].record().payload == payload


def test_threads_may_share_a_store(store: Store) -> None:
    made = toy(store, records=0)
    threads = [
        threading.Thread(target=lambda: [store.append(made.session, orders(n)) for n in range(20)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify_chain(store, made.session).records == 81


# ── starting, listing, finding ───────────────────────────────────────────────────────────────────────────────────


def test_an_id_is_taken_once(store: Store) -> None:
    made = toy(store)
    before = store.records(made.session)
    with pytest.raises(SessionError, match="already"):
        store.create(replace(made, seed=1), CONTENT)
    assert store.records(made.session) == before
    assert store.header(made.session) == made


def test_content_that_is_not_the_pinned_one_is_refused(store: Store) -> None:
    with pytest.raises(VerificationError):
        store.create(header("t0y0000001"), CONTENT + b"!")
    with pytest.raises(VerificationError):
        store.create(replace(header("t0y0000001"), session="no id"), CONTENT)
    assert store.sessions() == ()


def test_content_has_a_limit(store: Store) -> None:
    long = bytes(MAX_CONTENT + 1)
    with pytest.raises(SessionError, match="longer"):
        store.create(header("t0y0000001", long), long)
    assert store.sessions() == ()


def test_sessions_are_listed_oldest_first(store: Store) -> None:
    for session, created in (("t0y0000002", "2026-01-03"), ("t0y0000001", "2026-01-04"), ("t0y0000003", "2026-01-02")):
        made = replace(header(session), created=f"{created}T00:00:00.000000Z")
        store.create(made, CONTENT, [order(1, turn=3)])
    found = store.sessions()
    assert [summary.session for summary in found] == ["t0y0000003", "t0y0000002", "t0y0000001"]
    for summary in found:
        last = store.last(summary.session)
        assert (summary.scenario, summary.turn, summary.records) == ("toy", 3, 2)
        assert (summary.head, summary.changed) == (last.hash, last.time)
        assert summary.header == store.header(summary.session)


def test_a_session_is_found_by_its_beginning(store: Store) -> None:
    toy(store, session="abc0000001")
    toy(store, session="abd0000001")
    assert store.find("ABC") == "abc0000001"
    with pytest.raises(SessionError, match="abc0000001, abd0000001"):
        store.find("ab")


def test_a_session_that_is_not_there_is_said_with_the_nearest(store: Store) -> None:
    toy(store)
    calls: list[Callable[[], object]] = [
        lambda: store.header("t0y0000007"),
        lambda: store.content("t0y0000007"),
        lambda: store.records("t0y0000007"),
        lambda: store.last("t0y0000007"),
        lambda: store.append("t0y0000007", orders(1)),
        lambda: store.append("t0y0000007", []),
        lambda: store.delete_session("t0y0000007"),
        lambda: store.find("t0y0000007"),
    ]
    for call in calls:
        with pytest.raises(SessionError, match="t0y0000001"):
            call()


# ── deleting ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_deleted_session_leaves_a_tombstone_and_nothing_else(store: Store) -> None:
    made, other = toy(store), toy(store, session="t0y0000002")
    head = store.last(made.session).hash
    stone = store.delete_session(made.session)
    assert stone == Tombstone(made.session, head, 5, stone.time)
    assert store.tombstones() == (stone,)
    assert not store.has(made.session)
    assert [summary.session for summary in store.sessions()] == [other.session]
    assert store.content(other.session) == CONTENT
    assert verify_chain(store, other.session).records == 5


def test_a_session_can_come_back_and_go_again(store: Store) -> None:
    made = toy(store)
    records = store.records(made.session)
    store.delete_session(made.session)
    store.restore(made, CONTENT, records)
    assert store.records(made.session) == records
    store.delete_session(made.session)
    assert len(store.tombstones()) == 2


# ── whole chains ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sound_session_verifies(store: Store) -> None:
    made = toy(store)
    head = store.last(made.session).hash
    assert verify_chain(store, made.session) == Sound(made.session, 5, head)
    assert verify_chain(store, made.session, head=head)
    assert verify_chain(store, made.session, head=store.records(made.session)[2].hash)
    with pytest.raises(ChainError, match="head hash"):
        verify_chain(store, made.session, head=digest("another"))


def test_a_long_session_verifies_in_slices(store: Store) -> None:
    made = header()
    store.create(made, CONTENT, orders(*range(1200)))
    assert verify_chain(store, made.session).records == 1201


def test_restoring_keeps_everything_as_it_was(store: Store, tmp_path: Path) -> None:
    source = STORES["memory"](tmp_path)
    made = toy(source)
    store.restore(made, CONTENT, iter(source.records(made.session)))
    assert store.records(made.session) == source.records(made.session)
    assert store.header(made.session) == made
    assert store.append(made.session, orders(9), expected_seq=5) != ()
    with pytest.raises(SessionError, match="already"):
        store.restore(made, CONTENT, source.records(made.session))


def test_restoring_refuses_what_is_not_an_unbroken_chain(store: Store, tmp_path: Path) -> None:
    source = STORES["memory"](tmp_path)
    made = toy(source)
    whole = source.records(made.session)
    changed = [*whole[:2], replace(whole[2], payload={}), *whole[3:]]
    for records in ((), whole[1:], [*whole[:2], *whole[3:]], [whole[0], whole[0]], changed):
        with pytest.raises(ChainError):
            store.restore(made, CONTENT, records)
    with pytest.raises(ChainError):
        store.restore(replace(made, seed=1), CONTENT, whole)
    assert store.sessions() == ()


def test_a_fork_starts_with_the_records_of_its_parent(store: Store) -> None:
    parent = toy(store)
    records = store.records(parent.session, 1, 4)
    made = header("f0rk000001", lineage=Lineage(parent.session, 1, records[-1].hash))
    forked = store.create(made, store.content(parent.session), [record.draft() for record in records])
    assert [row.record().draft() for row in forked[1:]] == [record.draft() for record in records]
    assert store.header(made.session).lineage == made.lineage
    assert verify_chain(store, made.session).records == 4


def test_closing_twice_is_nothing(store: Store) -> None:
    store.close()
    store.close()
