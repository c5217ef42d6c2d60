"""What is said in a negotiation: offers and their answers, promises and messages, and offers as the log has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from wargame.engine.engine import Engine
from wargame.engine.promising import Clause
from wargame.engine.turn import Phase
from wargame.model.promises import Obligations
from wargame.model.text import Text, same
from wargame.model.world import World
from wargame.session.records import Draft, Record

Status = Literal["open", "accepted", "declined", "countered", "withdrawn", "lapsed"]
LONGEST = 2000
SILENCE = Text("", "")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer before it is made: who to whom, what is given and asked, for how long, and why."""

    seat: str
    to: str
    gives: tuple[Clause, ...]
    asks: tuple[Clause, ...]
    turns: int
    words: Text = SILENCE


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer in the log. ``reply_to`` is the offer that it counters (0: none)."""

    number: int
    proposal: Proposal
    turn: int
    status: Status = "open"
    reply_to: int = 0
    answer: Text = SILENCE


@dataclass(frozen=True, slots=True)
class Reply:
    """What the other side says: it accepts, declines, or would agree to something else."""

    verdict: Literal["accept", "decline", "counter"]
    words: Text
    counter: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Something said from one seat to others."""

    turn: int
    seat: str
    to: tuple[str, ...]
    words: Text


@dataclass(frozen=True, slots=True)
class Promise:
    """One obligation in force as a seat knows it; ``kept`` counts the turns in which it was kept as far as it knows."""

    candidate: int
    amount: int
    deal: int
    since: int
    until: int
    kept: int
    mine: bool
    """The seat is the one that gives."""


class Negotiator(Protocol):
    """What bargains for the seats that no person plays."""

    def proposals(self, world: World, people: frozenset[str]) -> list[Proposal]:
        """Return what bots offer to people at the start of a turn."""
        ...

    def consider(self, world: World, proposal: Proposal, promised: Obligations, *, may_counter: bool) -> Reply:
        """Answer an offer made to a bot."""
        ...

    def reply(self, world: World, seat: str, to: str) -> Text:
        """Answer a message in kind."""
        ...


def negotiator(bots: object) -> Negotiator | None:
    """Return the bots of a session if they bargain."""
    return bots if hasattr(bots, "consider") else None  # type: ignore[return-value]


def opening(
    engine: Engine, bots: Negotiator | None, world: World, people: frozenset[str], date: str, first: int = 1
) -> list[Draft]:
    """Return the offers that bots make to people at the start of a turn."""
    proposals = bots.proposals(world, people) if bots is not None and people else []
    return [offer_draft(engine, p, (n, 0), world.turn, date) for n, p in enumerate(proposals, first)]


def offer_draft(engine: Engine, proposal: Proposal, numbers: tuple[int, int], turn: int, date: str) -> Draft:
    """Return an offer for the log; ``numbers`` are its own and that of the offer which it counters (0: none)."""
    known = engine.agreements.candidates
    gives, asks = ([[known[c].key, n] for c, n in part] for part in (proposal.gives, proposal.asks))
    payload = {"number": numbers[0], "to": proposal.to, "gives": gives, "asks": asks, "turns": proposal.turns,
               "text": plain(proposal.words), "reply_to": numbers[1]}  # fmt: skip
    return Draft("offer", payload, turn, Phase.NEGOTIATE, date, proposal.seat)


def read_offer(engine: Engine, record: Record | Draft) -> Offered:
    """Return an offer from the log."""
    payload, known = record.payload, engine.agreements.by_key
    gives, asks = (tuple((known[k].id, int(n)) for k, n in payload[part]) for part in ("gives", "asks"))
    words = Text(payload["text"]["en"], payload["text"]["es"])
    proposal = Proposal(record.seat, payload["to"], gives, asks, int(payload["turns"]), words)
    return Offered(int(payload["number"]), proposal, record.turn, reply_to=int(payload["reply_to"]))


def obligations_of(engine: Engine, turn: int, accepted: Sequence[Proposal]) -> Obligations:
    """Return what proposals accepted in a turn oblige to, numbered by who and what, in whatever order that was."""
    rows: list[tuple[int, ...]] = []
    by_pair: dict[tuple[int, int], list[Proposal]] = {}
    for proposal in accepted:
        low, high = sorted(engine.seat_number(s) for s in (proposal.seat, proposal.to))
        by_pair.setdefault((low, high), []).append(proposal)
    for (low, high), proposals in by_pair.items():
        proposals.sort(key=lambda p: (sorted(_keys(engine, p)), p.turns))
        for nth, proposal in enumerate(proposals):
            deal = engine.agreements.deal_number(turn, low, high, nth)
            until = min(turn + proposal.turns - 1, engine.turns)
            rows += [(c, n, deal, turn, until, 0, 0, 0) for c, n in (*proposal.gives, *proposal.asks)]
    return Obligations.of(rows)


def _keys(engine: Engine, proposal: Proposal) -> list[tuple[str, int]]:
    return [(engine.agreements.candidates[c].key, n) for c, n in (*proposal.gives, *proposal.asks)]


def turned(proposal: Proposal) -> Proposal:
    """Return a proposal as the other side would make it."""
    return Proposal(proposal.to, proposal.seat, proposal.asks, proposal.gives, proposal.turns)


def said(text: str) -> Text:
    """Return what somebody typed, which is the same in both languages."""
    return same(text.strip()[:LONGEST])


def plain(text: Text) -> dict[str, str]:
    """Return a text as plain data for the log."""
    return {"en": text.en, "es": text.es}


STATUSES: Mapping[str, Text] = {
    "open": Text("open", "abierta"),
    "accepted": Text("accepted", "aceptada"),
    "declined": Text("declined", "rechazada"),
    "countered": Text("countered", "contraofertada"),
    "withdrawn": Text("withdrawn", "retirada"),
    "lapsed": Text("lapsed", "vencida"),
}
