"""What a turn did, read back from the log: outcomes, happenings and causes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wargame.model.ledger import CauseKind
from wargame.model.orders import Fate, targets_of
from wargame.session.causes import Causes, LoggedCause, by_number
from wargame.session.records import Draft, Record


@dataclass(frozen=True, slots=True)
class LoggedOutcome:
    """What became of one order. ``open``: every seat may know of it."""

    seat: str
    order: str
    amount: int
    fate: Fate
    odds: float | None
    draw: float | None
    open: bool
    reckoned: float | None = None
    """The odds by the estimates of the people who gave the order; they learn these and the draw, not the true odds."""

    @property
    def actor(self) -> str:
        """Return the actor that carried it out."""
        return self.order.split("|")[0]

    @property
    def move(self) -> str:
        """Return the move."""
        return self.order.split("|")[1]

    @property
    def targets(self) -> dict[str, str]:
        """Return role → entity or tie."""
        return targets_of(self.order)


@dataclass(frozen=True, slots=True)
class TurnReport:
    """One played turn. ``happened`` names events (with their roles) and injects; ``end`` is there once it has ended."""

    turn: int
    date: str
    outcomes: tuple[LoggedOutcome, ...]
    happened: tuple[str, ...]
    causes: Sequence[LoggedCause]
    end: Mapping[str, Any] | None
    votes: Mapping[str, int]
    """Ballot → how the people of its seat cast it (0 also where they said nothing)."""
    deals: Mapping[str, Any] | None = None
    """What was agreed and what became of promises, as the log has it."""

    def changes(self) -> Mapping[str, Sequence[LoggedCause]]:
        """Return the causes of every number that changed, by its name."""
        return by_number(self.causes)

    def voted(self) -> tuple[str, ...]:
        """Return the texts on which there was a vote, in the order of the scenario."""
        found: dict[str, None] = {}
        for cause in self.causes:
            proposal, _, attribute = cause.number.rpartition(".")
            if cause.kind is CauseKind.VOTE and cause.ticks > 0 and attribute in _VERDICTS:
                found[proposal] = None
        return tuple(found)


_VERDICTS = ("adopted", "rejected", "pending")
"""One of these goes up whenever a text is voted."""


def read_reports(records: Iterable[Record | Draft]) -> list[TurnReport]:
    """Return the turns that some records tell of, in order."""
    turns: dict[int, dict[str, Record | Draft]] = {}
    for record in records:
        if record.kind in ("outcomes", "ledger", "happened", "end", "deals"):
            turns.setdefault(record.turn, {})[record.kind] = record
    return [_report(turn, parts) for turn, parts in sorted(turns.items()) if "ledger" in parts]


def _report(turn: int, parts: Mapping[str, Record | Draft]) -> TurnReport:
    end = parts.get("end")
    return TurnReport(
        turn,
        parts["ledger"].game_date,
        tuple(_outcome(o) for o in parts["outcomes"].payload["orders"]),
        tuple(parts["happened"].payload["names"]),
        Causes(parts["ledger"].payload),
        end.payload if end else None,
        parts["outcomes"].payload.get("votes", {}),
        parts["deals"].payload if "deals" in parts else None,
    )


def _outcome(plain: Mapping[str, Any]) -> LoggedOutcome:
    return LoggedOutcome(
        plain["seat"],
        plain["order"],
        plain["amount"],
        Fate(plain["fate"]),
        plain["odds"],
        plain["draw"],
        plain["open"],
        plain["reckoned"],
    )
