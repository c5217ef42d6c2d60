"""Sessions to test the stores with: short, plain, and always the same when they need to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from hypothesis import strategies as st

from wargame.model.text import Language
from wargame.session.canonical import digest
from wargame.session.header import Header, Lineage, Seating, new_session_id
from wargame.session.library import Library
from wargame.session.memory import MemoryStore
from wargame.session.records import Draft
from wargame.session.store import Store

CONTENT = "ruleset: {id: toy, título: «Señal»}\n".encode()
CREATED = "2026-01-02T03:04:05.000006Z"

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)

MakeStore: TypeAlias = Callable[[Path], Store]

STORES: dict[str, MakeStore] = {
    "library": lambda folder: Library(folder / "library.sqlite", clock=ticking()),
    "memory": lambda folder: MemoryStore(clock=ticking()),
}


def ticking() -> Callable[[], str]:
    """Return a clock that goes on by a second whenever it is looked at."""
    seconds: Iterator[int] = count()

    def tick() -> str:
        minutes, second = divmod(next(seconds), 60)
        hour, minute = divmod(minutes, 60)
        return f"2026-01-02T{hour % 24:02}:{minute:02}:{second:02}.000000Z"

    return tick


def header(
    session: str = "", content: bytes = CONTENT, scenario: str = "toy", lineage: Lineage | None = None
) -> Header:
    return Header(
        session=session or new_session_id(),
        scenario=scenario,
        content=digest(content),
        seed=20200101,
        engine="0.1.0",
        lens="money-as-terrain",
        length="full",
        level="standard",
        seats=(Seating("presidency", "people"), Seating("remnant", "bot", "hunter")),
        language=Language.ES,
        created=CREATED,
        lineage=lineage,
        extra={"room": "Aula 3", "ratio": 0.1},
    )


def order(number: int, turn: int = 1) -> Draft:
    return Draft(
        kind="order",
        payload={"move": "manual-eradication", "targets": ["vizcatan"], "amount": number, "odds": 0.1 * number},
        turn=turn,
        phase="orders",
        game_date="2020-01-01",
        seat="presidency",
    )


def orders(*numbers: int) -> list[Draft]:
    return [order(number) for number in numbers]


def toy(store: Store, records: int = 4, session: str = "t0y0000001") -> Header:
    """Put a small session into a store and return its header."""
    made = header(session)
    store.create(made, CONTENT)
    store.append(made.session, orders(*range(records)))
    return made
