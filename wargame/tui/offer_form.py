"""The card on which an offer is composed: what you give, what you ask, how much of each, for how many turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Static

from wargame.engine.promising import Clause, short_words
from wargame.model.text import Text, counted, same
from wargame.session.clauses import clauses_between
from wargame.session.deals import Proposal
from wargame.telling import clauses
from wargame.telling.consent import GIFT, is_gift
from wargame.telling.game import Game
from wargame.telling.keeping import beyond_means
from wargame.tui.dialogs import keys_line
from wargame.tui.ink import Line, apart, wrap
from wargame.tui.laid_over import LaidOver
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, content_of, page_row, text_row


@dataclass
class Composed:
    """An offer in the making: the amount of every clause that is in it, by candidate."""

    gives: dict[int, int] = field(default_factory=dict)
    asks: dict[int, int] = field(default_factory=dict)
    turns: int = 1

    def clauses(self) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
        """Return what is given and what is asked."""
        return tuple(self.gives.items()), tuple(self.asks.items())


class OfferForm(LaidOver[Composed | None]):
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
        self.composed = composed or Composed(turns=2)
        self._warned = False
        """It has been said of this very offer that it asks for nothing in return."""
        found = clauses_between(game.session.bargaining, game.seat.id, to)
        self._refused = found.refused()
        gives, asks = found.open()
        self._sides = (
            list(dict.fromkeys([*gives, *self.composed.gives])),
            list(dict.fromkeys([*asks, *self.composed.asks])),
        )
        self._shut = (
            [c for c in found.gives if c not in self._sides[0]],
            [c for c in found.asks if c not in self._sides[1]],
        )
        """What cannot stand in a deal now, and is not in this one."""

    def compose(self) -> ComposeResult:
        """Lay out the clauses and the key line."""
        keys = [("Enter", _IN_OR_OUT), ("+ −", _AMOUNT), ("← →", _TURNS), ("f", _SEND), ("Esc", _CLOSE)]
        with Vertical(classes="card tall"):
            yield Panel("clauses")
            yield Static("", id="wrong")
            yield Static(content_of([keys_line(self._say, keys)]), classes="keys")

    def on_mount(self) -> None:
        """Show the clauses."""
        self._show()
        self.query_one(Panel).focus()

    def _show(self) -> None:
        self._warned = False
        self._complain(next(beyond_means(self._game, self.composed.clauses()[0]), None))
        composed, say = self.composed, self._say
        to = self._game.session.seat(self._to).title
        rows: list[Row] = []
        for head, some, chosen, side in ((_GIVE, self._sides[0], composed.gives, "give"),
                                         (_ASK, self._sides[1], composed.asks, "ask")):  # fmt: skip
            found = say(counted(len(some), *_CLAUSES)) if some else say(_NOTHING)
            rows.append(text_row(((say(head.fill(seat=to)), "bold"), (f"  {found}", "$dim"))))
            rows += self._listed(some, chosen, side)
            rows.append(text_row(()))
        for head, some, side in ((_NOT_GIVE, self._shut[0], "give"), (_NOT_ASK, self._shut[1], "ask")):
            if some:
                rows.append(text_row(((say(head.fill(seat=to)), "bold $dim"), (f"  {len(some)}", "$dim"))))
                rows += [*self._listed(some, {}, side), text_row(())]
        turns = say(counted(composed.turns, *_FOR_TURNS))
        self.query_one(Panel).show(say(_OFFER_TO.fill(seat=to)), rows, meta=((turns, "bold"),))

    def _listed(self, some: Sequence[int], chosen: dict[int, int], side: str) -> Iterator[Row]:
        """Yield clauses under their subjects; a reason that shuts several in a row stands under the last."""
        told = clauses.told_apart(self._game, some)
        for subject, those in clauses.by_subject(self._game, [(c, c) for c in some]):
            yield text_row(((f"  {self._say(subject)}", "$accent"),))
            reasons = [self._why_not(c) for _, c in those]
            for (_, c), why, following in zip(those, reasons, [*reasons[1:], None], strict=True):
                said = short_words(
                    self._game.session.engine, self._game.session.names, c, chosen.get(c) or self._usual(c)
                )
                title = self._say(same("{said}{who}").fill(said=said, who=told[c]))
                draw = self._drawer(c, title, chosen.get(c)) if why is None else _shut(title, c in chosen)
                yield Row(draw, f"{side}:{c}")
                if why is not None and why != following:
                    yield page_row([Block("say", why, indent=4)])

    def _why_not(self, candidate: int) -> str | None:
        found = self._refused.get(candidate)
        return None if found is None else self._say(found.message)

    def _drawer(self, candidate: int, title: str, amount: int | None) -> Draw:
        limits = self._limits(candidate)
        low, high = self._game.session.engine.agreements.term_of(candidate).term.turns
        spans = self._say(Text("{low}–{high} turns", "{low}–{high} turnos").fill(low=low, high=high))
        if limits:
            spans = f"{self._say(_FROM_TO.fill(low=limits[0], high=limits[1]))} · {spans}"

        def draw(width: int) -> Sequence[Line]:
            mark = "■" if amount is not None else "□"
            label: Line = ((f"  {mark} ", "$accent" if amount is not None else "$dim"),)
            lines = wrap(title, width - len(spans) - 2, "bold" if amount is not None else "", 4, label)
            lines[0] = apart(lines[0], ((spans, "$dim"),), width)
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
            elif candidate in self._refused:
                self._remark()
                return
            else:
                chosen[candidate] = self._usual(candidate)
            self._show()

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Say why the clause at the cursor cannot be struck, if it cannot."""
        event.stop()
        self._remark()

    def _remark(self) -> None:
        found = self._at()
        refusal = self._refused.get(found[1]) if found is not None else None
        beyond = beyond_means(self._game, self.composed.clauses()[0])
        self._complain(refusal.message if refusal is not None else next(beyond, None))

    def action_amount(self, by: int) -> None:
        """Change the amount of the clause at the cursor."""
        found = self._at()
        if found is None or found[1] not in found[0]:
            self._complain(_NOT_IN)
            return
        chosen, candidate = found
        limits = self._limits(candidate)
        if limits is None:
            self._complain(_NO_AMOUNT)
            return
        wanted = chosen[candidate] + by
        chosen[candidate] = min(max(wanted, limits[0]), limits[1])
        self._show()
        if wanted != chosen[candidate]:
            self._complain(_AMOUNTS.fill(low=limits[0], high=limits[1]))

    def action_turns(self, by: int) -> None:
        """Change for how many turns it binds."""
        wanted, most = self.composed.turns + by, self._game.session.engine.turns
        self.composed.turns = min(max(wanted, 1), most)
        self._show()
        if wanted != self.composed.turns:
            self._complain(_SPANS.fill(most=most))

    def action_send(self) -> None:
        """Return the offer, or say why it cannot be made."""
        gives, asks = self.composed.clauses()
        session, seat = self._game.session, self._game.seat.id
        refusal = session.bargaining.refuse_offer(Proposal(seat, self._to, gives, asks, self.composed.turns))
        if refusal is not None:
            self._complain(refusal.message)
        elif is_gift(gives, asks) and not self._warned:
            self._warned = True
            self._complain(_GIFT.fill(gift=GIFT))
        else:
            self.dismiss(self.composed)

    def on_key(self, event: Key) -> None:
        """Say which keys there are, if a letter or digit was typed that is none of them."""
        if event.is_printable and event.character and event.character.isalnum() and event.key != "f":
            self._complain(_KEYS.fill(key=event.character))

    def _complain(self, wrong: Text | None) -> None:
        said = self._say(wrong) if wrong is not None else ""
        self.query_one("#wrong", Static).update(content_of([((said, "$bad"),)]))

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)


def _shut(title: str, chosen: bool) -> Draw:
    """Return how a clause is drawn that cannot be struck now."""
    mark = "■×" if chosen else "×"

    def draw(width: int) -> Sequence[Line]:
        return wrap(title, width, "$dim", 4, ((f"  {mark} ", "$dim"),))

    return draw


_OFFER_TO = Text("Offer to {seat}", "Oferta a {seat}")
_GIVE = Text("You promise {seat}", "Usted {seat:le|les} promete a {seat}")
_ASK = Text("You ask of {seat}", "Usted {seat:le|les} pide a {seat}")
_GIFT = Text("{gift} f sends it all the same.", "{gift} f la envía de todos modos.")
_NOT_GIVE = Text("You cannot promise {seat} now", "Ahora no puede {seat:prometerle|prometerles} a {seat}")
_NOT_ASK = Text("You cannot ask of {seat} now", "Ahora no puede {seat:pedirle|pedirles} a {seat}")
_CLAUSES = Text("1 clause", "1 cláusula"), Text("{n} clauses", "{n} cláusulas")
_NOTHING = Text("nothing at present", "nada por ahora")
_FROM_TO = Text("amount {low}–{high}", "cantidad {low}–{high}")
_IN_OR_OUT, _AMOUNT = Text("in or out", "poner o quitar"), Text("amount", "cantidad")
_NOT_IN = Text("Put the clause into the offer first: Enter.", "Ponga antes la cláusula en la oferta: Intro.")
_NO_AMOUNT = Text("That clause has no amount.", "Esa cláusula no lleva cantidad.")
_AMOUNTS = Text("The amount must lie between {low} and {high}.", "La cantidad debe estar entre {low} y {high}.")
_SPANS = Text("A deal binds for 1 to {most} turns.", "Un trato obliga por 1 a {most} turnos.")
_KEYS = Text("'{key}' does nothing here; the keys are below.", "«{key}» no hace nada aquí; las teclas están abajo.")
_FOR_TURNS = Text("for 1 turn", "por 1 turno"), Text("for {n} turns", "por {n} turnos")
_TURNS, _SEND, _CLOSE = Text("turns", "turnos"), Text("send", "enviar"), Text("close", "cerrar")
