"""Orders that are filled in but not filed, kept as they are typed: a small file beside the library of sessions.

A draft is a convenience, not a record: a file that cannot be read or written costs nobody anything else.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What was filled in for one candidate: how much of it, and why."""

    amount: int
    rationale: str = ""


class Drafts:
    """The drafts of one session, by the key of the candidate, kept at once."""

    def __init__(self, library: Path, session: str, turn: int) -> None:
        self._path = library.with_name(f"{library.name}.drafts.json")
        self._session, self._turn = session, turn
        self._drafts = self._read()

    def __getitem__(self, candidate: str) -> OrderDraft | None:
        """Return the draft for a candidate."""
        return self._drafts.get(candidate)

    def __len__(self) -> int:
        """Return how many drafts there are."""
        return len(self._drafts)

    def keep(self, candidate: str, draft: OrderDraft) -> None:
        """Keep a draft."""
        if self._drafts.get(candidate) != draft:
            self._drafts[candidate] = draft
            self._write()

    def drop(self, candidate: str) -> None:
        """Forget a draft, because the order was filed."""
        if self._drafts.pop(candidate, None) is not None:
            self._write()

    def _read(self) -> dict[str, OrderDraft]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            kept = found[self._session]
            if kept["turn"] != self._turn:
                return {}
            return {str(k): OrderDraft(int(d["amount"]), str(d["rationale"])) for k, d in kept["orders"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}

    def _write(self) -> None:
        mine = {"turn": self._turn, "orders": {name: asdict(draft) for name, draft in self._drafts.items()}}
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with suppress(OSError, ValueError):
            beside.write_text(json.dumps({self._session: mine}, ensure_ascii=False), encoding="utf-8")
            beside.replace(self._path)
        with suppress(OSError):
            beside.unlink(missing_ok=True)
