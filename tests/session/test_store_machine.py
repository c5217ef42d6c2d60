"""Stores against the simplest model there is: a dict of headers and lists of drafts."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, precondition, rule

from tests.session.support import JSON, STORES, TEXT, header
from wargame.model.errors import SessionError
from wargame.session.chain import verify_chain
from wargame.session.exchange import export_session, import_session
from wargame.session.header import Header
from wargame.session.records import Draft
from wargame.session.store import Overtaken

WORD = st.text("abcdefgh-", min_size=1, max_size=8)
DRAFT = st.builds(
    Draft,
    kind=WORD,
    payload=st.dictionaries(TEXT, JSON, max_size=3),
    turn=st.integers(0, 2**31 - 1),
    phase=WORD,
    game_date=st.just("2020-01-01") | st.just(""),
    seat=WORD | st.just("ñandú «x»"),
)


class StoreMachine(RuleBasedStateMachine):
    kind = "library"
    sessions = Bundle("sessions")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = STORES[self.kind](self.folder)
        self.model: dict[str, tuple[Header, bytes, list[Draft]]] = {}
        self.deleted = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @rule(target=sessions, content=st.sampled_from([b"", b"a", b"\xff\xfe"]), drafts=st.lists(DRAFT, max_size=3))
    def create(self, content: bytes, drafts: list[Draft]) -> str:
        made = header(content=content)
        self.store.create(made, content, drafts)
        self.model[made.session] = (made, content, list(drafts))
        return made.session

    @rule(session=sessions, drafts=st.lists(DRAFT, max_size=4))
    def append(self, session: str, drafts: list[Draft]) -> None:
        kept = self.model[session][2]
        added = self.store.append(session, drafts, expected_seq=len(kept) + 1)
        assert [record.seq for record in added] == list(range(len(kept) + 1, len(kept) + len(added) + 1))
        kept.extend(drafts)

    @rule(session=sessions, draft=DRAFT, wrong=st.integers(-3, 40))
    def append_overtaken(self, session: str, draft: Draft, wrong: int) -> None:
        if wrong != len(self.model[session][2]) + 1:
            with pytest.raises(Overtaken):
                self.store.append(session, [draft], expected_seq=wrong)

    @rule(session=sessions, drafts=st.lists(DRAFT, max_size=2))
    def append_with_something_bad(self, session: str, drafts: list[Draft]) -> None:
        with pytest.raises(SessionError):
            self.store.append(session, [*drafts, Draft("bad", {"x": float("inf")})])

    @rule(session=sessions, start=st.integers(0, 6), stop=st.integers(0, 12))
    def read_in_part(self, session: str, start: int, stop: int) -> None:
        everything = self.store.records(session)
        assert self.store.records(session, start, stop) == everything[start:stop]

    @rule(target=sessions, session=consumes(sessions))
    def delete(self, session: str) -> Any:
        stone = self.store.delete_session(session)
        assert stone.records == len(self.model.pop(session)[2]) + 1
        self.deleted += 1
        return multiple()

    @rule(session=sessions)
    def carry(self, session: str) -> None:
        """Export, delete, import: nothing has changed."""
        before, path = self.store.records(session), self.folder / "session.wargame"
        export_session(self.store, session, path, overwrite=True)
        assert import_session(path, self.store).new is False
        self.store.delete_session(session)
        self.deleted += 1
        assert import_session(path, self.store).new is True
        assert self.store.records(session) == before

    @precondition(lambda self: self.kind == "library")
    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = STORES[self.kind](self.folder)

    @rule(session=sessions)
    def read(self, session: str) -> None:
        made, content, drafts = self.model[session]
        records = self.store.records(session)
        assert self.store.header(session) == made
        assert self.store.content(session) == content
        assert [replace(record.draft(), time="") for record in records[1:]] == drafts
        assert verify_chain(self.store, session).head == records[-1].hash
        assert self.store.find(session[:9]) == session or len(self.model) > 1

    @invariant()
    def lists_are_equal(self) -> None:
        found = {summary.session: summary.records for summary in self.store.sessions()}
        assert found == {session: len(kept[2]) + 1 for session, kept in self.model.items()}
        assert len(self.store.tombstones()) == self.deleted


class MemoryMachine(StoreMachine):
    kind = "memory"


TestLibrary = StoreMachine.TestCase
TestLibrary.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestMemory = MemoryMachine.TestCase
TestMemory.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
