"""A turn's ledger in the log: nothing of a line is lost, and the form of the first version is still read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.engine.scenes import SMALL, play_out, start, table
from tests.session.test_session import begin, play_on
from wargame.bots.bots import RANDOM, Bots
from wargame.session.canonical import canonical, parse
from wargame.session.causes import OF_TERMS, LoggedCause, logged, read_causes
from wargame.session.header import new_session_id
from wargame.session.memory import MemoryStore
from wargame.session.records import Draft
from wargame.session.session import Session
from wargame.session.verify import verify


@pytest.mark.parametrize("play", ["", RANDOM])
@pytest.mark.parametrize("name", SMALL)
def test_every_line_is_read_back_from_the_log_as_it_was(name: str, play: str) -> None:
    engine, bots = table(name, play)
    for ledger in play_out(engine, bots, start(engine), 4):
        causes = list(read_causes(parse(canonical(logged(engine, ledger)))))
        for cause, line in zip(causes, ledger.lines, strict=True):
            assert (cause.phase, cause.number) == (line.phase, engine.layout.names[line.row])
            assert (cause.kind, cause.rule, cause.filed) == (line.cause.kind, line.cause.rule, line.cause.filed)
            assert tuple((cause.bound or {}).items()) == line.cause.bound
            ordered = line.cause.candidate >= 0 and line.cause.kind not in OF_TERMS
            assert cause.order == (engine.candidates[line.cause.candidate].key if ordered else "")
            assert cause.amount == line.amount
            assert bool(cause.formula) == (line.working is not None)
            if line.working is not None:
                assert (cause.formula, cause.yields) == (line.working.formula.text, line.working.formula.yields)
                assert (cause.values, cause.factors) == (line.working.values, line.working.factors)


@pytest.mark.parametrize("name", SMALL)
def test_a_session_that_is_opened_again_tells_the_same_causes(name: str) -> None:
    session = begin(MemoryStore(), name)
    play_on(session, 3)
    again = Session.open(session.store, session.id, Bots)
    for here, there in zip(again.reports, session.reports, strict=True):
        assert list(here.causes) == list(there.causes)


def of_format_1(cause: LoggedCause) -> list[Any]:
    """Return a cause as sessions of format 1 have it."""
    found: list[Any] = [cause.phase, cause.number, cause.kind.value, cause.ticks]
    if cause.rule or cause.formula:
        found += [cause.rule, dict(cause.bound or {}), cause.order, cause.filed]
    if cause.formula:
        found += [cause.formula, cause.yields, list(cause.values), [list(factor) for factor in cause.factors]]
    return found


def test_a_session_of_format_1_tells_the_same_causes_verifies_and_goes_on() -> None:
    store = MemoryStore()
    session = begin(store)
    play_on(session, 3)
    drafts = [_of_format_1(record.draft()) for record in store.records(session.id, 1)]
    header = replace(session.header, session=new_session_id(), format=1)
    store.create(header, store.content(session.id), drafts)
    old = Session.open(store, header.session, Bots)
    for here, there in zip(old.reports, session.reports, strict=True):
        assert list(here.causes) == list(there.causes)
    assert verify(store, old.id, Bots).difference is None
    play_on(old)
    assert verify(store, old.id, Bots).difference is None


def _of_format_1(draft: Draft) -> Draft:
    if draft.kind != "ledger":
        return draft
    return replace(draft, payload={"causes": [of_format_1(cause) for cause in read_causes(draft.payload)]})
