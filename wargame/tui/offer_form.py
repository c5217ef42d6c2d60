"""The card on which an offer is composed: what you give, what you ask, how much of each, for how many turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from wargame.engine.promising import Clause
from wargame.model.text import Text
from wargame.telling import bargaining
from wargame.telling.game import Game
from wargame.tui.dialogs import keys_line
from wargame.tui.ink import Line, apart, wrap
from wargame.tui.panel import Draw, Panel, Row, content_of, text_row


@dataclass
class Composed:
    """An offer in the making: the amount of every clause that is in it, by candidate."""

    gives: dict[int, int] = field(default_factory=dict)
    asks: dict[int, int] = field(default_factory=dict)
    turns: int = 1

    def clauses(self) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
        """Return what is given and what is asked."""
        return tuple(self.gives.items()), tuple(self.asks.items())


class OfferForm(ModalScreen[Composed | None]):
    """Choose clauses with Enter, amounts with + and −, turns with < and >, send with f."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("plus,equals_sign", "amount(1)", show=False),
        Binding("minus", "amount(-1)", show=False),
        Binding("right", "turns(1)", show=False),
        Binding("left", "turns(-1)", show=False),
        Binding("f", "send", show=False),
    ]

    def __init__(self, say: Callable[[Text], str], game: Game, to: str, composed: Composed | None = None) -> None:
        super().__init__()
        self._say = say
        self._game = game
        self._to = to
        self._sides = game.session.bargaining.partners(game.seat.id).get(to, ([], []))
        self.composed = composed or Composed(turns=2)

    def compose(self) -> ComposeResult:
        """Lay out the clauses and the key line."""
        keys = [("Enter", _IN_OR_OUT), ("+ −", _AMOUNT), ("← →", _TURNS), ("f", _SEND), ("Esc", _CLOSE)]
        with Vertical(classes="card"):
            yield Panel("clauses")
            yield Static(content_of([keys_line(self._say, keys)]), classes="keys")

    def on_mount(self) -> None:
        """Show the clauses."""
        self._show()
        self.query_one(Panel).focus()

    def _show(self) -> None:
        composed, say = self.composed, self._say
        to = self._game.session.seat(self._to).title
        rows: list[Row] = []
        for head, some, chosen, side in ((_GIVE, self._sides[0], composed.gives, "give"),
                                         (_ASK, self._sides[1], composed.asks, "ask")):  # fmt: skip
            rows.append(text_row(((say(head.fill(seat=to)), "bold"),)))
            rows += [Row(self._drawer(c, chosen), f"{side}:{c}") for c in some]
            rows.append(text_row(()))
        turns = say(Text("for {n} turns", "por {n} turnos").fill(n=composed.turns))
        self.query_one(Panel).show(say(_OFFER_TO.fill(seat=to)), rows, meta=((turns, "bold"),))

    def _drawer(self, candidate: int, chosen: dict[int, int]) -> Draw:
        amount = chosen.get(candidate)
        said = self._say(bargaining.clause_in_words(self._game, (candidate, amount or self._usual(candidate))))
        limits = self._limits(candidate)
        low, high = self._game.session.engine.agreements.term_of(candidate).term.turns
        spans = self._say(Text("{low}–{high} turns", "{low}–{high} turnos").fill(low=low, high=high))

        def draw(width: int) -> Sequence[Line]:
            mark = "■" if amount is not None else "□"
            label: Line = ((f"{mark} ", "$accent" if amount is not None else "$dim"),)
            lines = wrap(said, width - 22, "bold" if amount is not None else "", 2, label)
            right = f"{amount} " if amount is not None and limits else ""
            lines[0] = apart(lines[0], ((right, "bold"), (spans, "$dim")), width)
            return lines

        return draw

    def _limits(self, candidate: int) -> tuple[int, int] | None:
        amount = self._game.session.engine.agreements.term_of(candidate).term.move.amount
        return (amount.low, amount.high) if amount else None

    def _usual(self, candidate: int) -> int:
        amount = self._game.session.engine.agreements.term_of(candidate).term.move.amount
        return amount.default if amount else 1

    def _at(self) -> tuple[dict[int, int], int] | None:
        side, _, name = self.query_one(Panel).key.partition(":")
        return ((self.composed.gives if side == "give" else self.composed.asks), int(name)) if name else None

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Take a clause in or out."""
        event.stop()
        found = self._at()
        if found is not None:
            chosen, candidate = found
            if candidate in chosen:
                del chosen[candidate]
            else:
                chosen[candidate] = self._usual(candidate)
            self._show()

    def action_amount(self, by: int) -> None:
        """Change the amount of the clause at the cursor."""
        found = self._at()
        if found is None or found[1] not in found[0] or (limits := self._limits(found[1])) is None:
            return
        chosen, candidate = found
        chosen[candidate] = min(max(chosen[candidate] + by, limits[0]), limits[1])
        self._show()

    def action_turns(self, by: int) -> None:
        """Change for how many turns it binds."""
        self.composed.turns = min(max(self.composed.turns + by, 1), self._game.session.engine.turns)
        self._show()

    def action_send(self) -> None:
        """Return the offer."""
        self.dismiss(self.composed)

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)


_OFFER_TO = Text("Offer to {seat}", "Oferta a {seat}")
_GIVE, _ASK = Text("You give {seat}", "Usted le da a {seat}"), Text("You ask of {seat}", "Usted le pide a {seat}")
_IN_OR_OUT, _AMOUNT = Text("in or out", "poner o quitar"), Text("amount", "cantidad")
_TURNS, _SEND, _CLOSE = Text("turns", "turnos"), Text("send", "enviar"), Text("close", "cerrar")
