"""What the log has of negotiation: offers with what became of them, messages, and promises somebody means to break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from wargame.engine.engine import Engine
from wargame.model.text import Text
from wargame.session.deals import Message, Offered, Status, read_offer
from wargame.session.records import Draft, Record

KINDS = frozenset({"offer", "answer", "unoffer", "break", "keep", "message"})
"""The kinds of record that negotiation leaves; ``deals`` holds what a turn made of them."""
_STATUSES: Mapping[str, Status] = {"accept": "accepted", "decline": "declined", "counter": "countered"}


@dataclass(slots=True)
class Dealings:
    """A fold of the log: record by record it takes up what seats have offered, answered, said and broken."""

    engine: Engine
    offers: list[Offered] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    broken: dict[tuple[int, int], int] = field(default_factory=dict)
    """(deal, term candidate) → how much of it is delivered nevertheless, this turn."""

    def take(self, record: Record | Draft) -> None:
        """Take up one record of the log."""
        if record.kind not in KINDS:
            return
        payload = record.payload
        if record.kind == "offer":
            self.offers.append(read_offer(self.engine, record))
        elif record.kind in ("answer", "unoffer"):
            self._close(int(payload["offer"]), record)
        elif record.kind == "message":
            words = Text(payload["text"]["en"], payload["text"]["es"])
            self.messages.append(Message(record.turn, record.seat, tuple(payload["to"]), words))
        else:
            key = int(payload["deal"]), self.engine.agreements.by_key[payload["term"]].id
            self.broken.pop(key, None)
            if record.kind == "break":
                self.broken[key] = int(payload["delivered"])

    def recover(self, records: Sequence[Record], turn: int) -> None:
        """Take up the whole log; what was meant to be broken counts for the turn in play alone."""
        for record in records:
            if record.kind not in ("break", "keep") or record.turn == turn:
                self.take(record)

    def _close(self, number: int, record: Record | Draft) -> None:
        status: Status = "withdrawn" if record.kind == "unoffer" else _STATUSES[record.payload["verdict"]]
        text = record.payload.get("text", {"en": "", "es": ""})
        at = number - 1
        self.offers[at] = replace(self.offers[at], status=status, answer=Text(text["en"], text["es"]))
