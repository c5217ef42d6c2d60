"""Deals: the other seats, offers and counter-offers, what binds whom until when, and what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.errors import RefusedOrder, SessionError
from wargame.model.text import Text
from wargame.session.deals import STATUSES, Offered, Promise
from wargame.telling import bargaining, clauses, consent, keeping, promises
from wargame.tui.dialogs import Chooser, Writer, plain_choice
from wargame.tui.ink import Line, apart, wrap, wrap_apart
from wargame.tui.offer_form import Composed, OfferForm
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, page_row
from wargame.tui.views.view import View, meta


class Deals(View):
    """Trade."""

    tab, title, first = "deals", Text("Deals", "Tratos"), "partners"
    footer: ClassVar[tuple[str, ...]] = ("offer", "accept", "counter", "break", "say", "commands")

    def compose(self) -> ComposeResult:
        """Lay out partners, offers, promises, and what was said."""
        with Horizontal():
            with Vertical(id="deals-left", classes="column"):
                yield Panel("partners")
                yield Panel("promises")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Panel("offers")
                yield Panel("thread")

    def is_due(self) -> int:
        """Return how many offers wait for an answer."""
        session, seat = self.sitting.session, self.sitting.seat.id
        return sum(o.status == "open" and o.proposal.to == seat for o in session.bargaining.offers(seat))

    def parts(self) -> Iterator[None]:
        """Fill the panels."""
        session, seat, say = self.sitting.session, self.sitting.seat.id, self.of
        dealing = session.bargaining.partners(seat)
        others = sorted((s for s in session.scenario.seats if s.id != seat), key=lambda s: s.id not in dealing)
        rows = []
        for other in others:
            line: Line = ((say(other.title), "bold" if other.id in dealing else ""),)
            right: Line = (("o" if other.id in dealing else " ", "$accent"),)
            rows.append(Row(partial(_two, line, right), other.id))
        self.panel("partners").show(say(_SEATS), rows, meta=meta(say(_BARGAINS)))
        yield
        offers = session.bargaining.offers(seat)
        found = [Row(self._offer_drawer(o), f"offer:{o.number}") for o in offers]
        empty = page_row([Block("say", say(_NO_OFFERS if dealing else _NOBODY), indent=1)])
        self.panel("offers").show(say(_OFFERS), found or [empty], meta=meta(str(len(found))))
        yield
        obliged = session.bargaining.obligations(seat)
        kept = [Row(self._promise_drawer(p), f"promise:{p.deal}:{p.candidate}") for p in obliged]
        due = self.sitting.told(lambda: keeping.say_due(self.sitting.game))
        past = [Block("say", say(line), indent=1) for line in promises.past_promises(self.sitting.game)]
        none = page_row([Block("say", say(promises.NONE_IN_FORCE if past else promises.NOTHING_PROMISED), indent=1)])
        rows = [*(kept or [none]), page_row(due), *([page_row(past)] if past else [])]
        self.panel("promises").show(say(_PROMISES), rows, meta=meta(str(len(kept))))
        yield
        self._show_thread()
        yield

    def _offer_drawer(self, offered: Offered) -> Draw:
        game = self.sitting.game
        blocks = self.sitting.told(lambda: bargaining.say_offer(game, offered, status=False))
        mine = offered.proposal.seat == self.sitting.seat.id
        style = "$accent" if offered.status == "open" and not mine else "$dim"
        status = self.of(STATUSES[offered.status])

        def draw(width: int) -> list[Line]:
            lines = wrap_apart(blocks[0].text, ((status, style),), width, "bold", 2)
            for block in blocks[1:]:
                lines += block.lines(width)
            return lines

        return draw

    def _promise_drawer(self, promise: Promise) -> Draw:
        said = self.of(promises.promise_in_words(self.sitting.game, promise))
        broken = promise.mine and self.sitting.session.bargaining.is_broken(promise)
        whose = self.of(_YOU if promise.mine else _THEY)

        def draw(width: int) -> list[Line]:
            return wrap(said, width, "$bad" if broken else "", 2, ((f"{'×' if broken else '•'} {whose}: ", "bold"),))

        return draw

    def _show_thread(self) -> None:
        game = self.sitting.game
        blocks = self.sitting.told(lambda: bargaining.show_messages(game, []))
        public = game.session.bargaining.public(self.sitting.seat.id)
        if public:
            known = [clauses.clause_in_words(game, (p.candidate, p.amount)) for p in public]
            blocks = (*blocks, Block("head", self.of(_PUBLIC)), *(Block("item", self.of(k), "-") for k in known))
        panel = self.panel("thread")
        panel.show_page(self.of(_SAID), blocks)
        panel.action_end_of(1)

    # ── verbs ───────────────────────────────────────────────────────────────────────────────────────────────

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Compose an offer to a seat; accept or counter an offer through its keys."""
        event.stop()
        if event.panel.id == "partners":
            self.room.obey("offer" if event.key in self._partners() else "say")

    def _partners(self) -> dict[str, tuple[list[int], list[int]]]:
        return self.sitting.session.bargaining.partners(self.sitting.seat.id)

    def _offered(self) -> Offered:
        number = self.panel("offers").key.partition(":")[2]
        for offered in self.sitting.session.bargaining.offers(self.sitting.seat.id):
            if str(offered.number) == number:
                return offered
        raise SessionError(_NO_OFFERS)

    def _counterpart(self) -> str:
        """Return the other side of what the cursor is on in the list with the focus; else the seat at the cursor."""
        session, own = self.sitting.session, self.sitting.seat.id
        focused, engine = self.screen.focused, session.engine
        if focused is self.panel("offers") and self.panel("offers").key:
            proposal = self._offered().proposal
            return proposal.to if proposal.seat == own else proposal.seat
        if focused is self.panel("promises") and self.panel("promises").key:
            candidate = int(self.panel("promises").key.rpartition(":")[2])
            sides = [session.scenario.seats[int(side)].id for side in engine.agreements.sides[candidate]]
            return sides[0] if sides[1] == own else sides[1]
        return self.panel("partners").key

    def do_offer(self) -> None:
        """Compose an offer to the other side of what the cursor is on."""
        to = self._counterpart()
        if to not in self._partners():
            raise SessionError(_NOTHING_TO_OFFER)

        def send(composed: Composed) -> None:
            gives, asks = composed.clauses()
            self.sitting.session.bargaining.offer(self.sitting.seat.id, to, gives, asks, composed.turns)

        self._write_offer(to, None, send)

    def do_counter(self) -> None:
        """Answer the offer at the cursor with another."""
        offered = self._offered()
        asked = offered.proposal
        if asked.seat == self.sitting.seat.id:
            self._offer_again(offered)
            return
        start = Composed(dict(asked.asks), dict(asked.gives), asked.turns)

        def send(composed: Composed) -> None:
            gives, asks = composed.clauses()
            self.sitting.session.bargaining.answer(
                self.sitting.seat.id, offered.number, "counter", gives=gives, asks=asks, turns=composed.turns
            )
            self.room.notify(self.of(bargaining.CLOSED.fill(n=offered.number)))

        self.room.notify(self.of(bargaining.CLOSES.fill(n=offered.number)))
        self._write_offer(asked.seat, start, send)

    def _offer_again(self, offered: Offered) -> None:
        """Start a new offer from one's own that was not taken; one that is still open is taken back first."""
        mine, seat, dealing = offered.proposal, self.sitting.seat.id, self.sitting.session.bargaining

        def send(composed: Composed) -> None:
            if offered.status == "open":
                dealing.withdraw_offer(seat, offered.number)
            dealing.offer(seat, mine.to, *composed.clauses(), composed.turns)

        self._write_offer(mine.to, Composed(dict(mine.gives), dict(mine.asks), mine.turns), send)

    def _write_offer(self, to: str, start: Composed | None, send: Callable[[Composed], None]) -> None:
        def sent(composed: Composed | None) -> None:
            if composed is None:
                return
            try:
                send(composed)
            except (RefusedOrder, SessionError) as error:
                self.room.refuse(error)
                self._write_offer(to, composed, send)
                return
            self._changed()
            last = max(o.number for o in self.sitting.session.bargaining.offers(self.sitting.seat.id))
            self.panel("offers").focus()
            self.panel("offers").go_to(f"offer:{last}")

        self.room.push_screen(OfferForm(self.of, self.sitting.game, to, start), sent)

    def do_accept(self) -> None:
        """Say what accepting the offer at the cursor binds to, and accept it if that is meant."""
        game, offered = self.sitting.game, self._offered()
        refusal = self.sitting.session.bargaining.refuse_accepting(self.sitting.seat.id, offered)
        if refusal is not None:
            raise RefusedOrder(refusal)
        above = [Block("say", self.of(said)) for said in consent.what_binds(game, offered)]

        def chosen(key: str | None) -> None:
            if key:
                try:
                    self._answer("accept", offered)
                except (RefusedOrder, SessionError) as error:
                    self.room.refuse(error)

        choices = [plain_choice(key, self.of(text)) for key, text in (("yes", _ACCEPT), ("", _NOT_YET))]
        title = self.of(_ACCEPTING.fill(n=offered.number))
        self.room.push_screen(Chooser(self.of, title, choices, above=above), chosen)

    def do_decline(self) -> None:
        """Decline the offer at the cursor."""
        self._answer("decline", self._offered())

    def _answer(self, verdict: Literal["accept", "decline"], offered: Offered) -> None:
        self.sitting.session.bargaining.answer(self.sitting.seat.id, offered.number, verdict)
        self._changed()

    def do_break(self) -> None:
        """Take back one's own offer, or break or keep a promise."""
        if self.screen.focused is self.panel("promises"):
            self._break()
            return
        self.sitting.session.bargaining.withdraw_offer(self.sitting.seat.id, self._offered().number)
        self._changed()

    def _break(self) -> None:
        bargaining_, seat = self.sitting.session.bargaining, self.sitting.seat.id
        _, deal, candidate = (self.panel("promises").key + "::").split(":")[:3]
        promise = next(
            (p for p in bargaining_.obligations(seat) if f"{p.deal}:{p.candidate}" == f"{deal}:{candidate}"), None
        )
        if promise is None:
            raise SessionError(promises.NONE_IN_FORCE)
        if bargaining_.is_broken(promise):
            bargaining_.keep_promise(seat, promise.deal, promise.candidate)
        else:
            bargaining_.break_promise(seat, promise.deal, promise.candidate)
        self._changed()

    def do_say(self) -> None:
        """Say something to the other side of what the cursor is on."""
        to = self._counterpart()
        if not to:
            return
        title = self.sitting.session.seat(to).title

        def said(text: str | None) -> None:
            if text:
                self.sitting.session.bargaining.say(self.sitting.seat.id, [to], text)
                self._changed()

        self.room.push_screen(Writer(self.of, self.of(_SAY_TO.fill(seat=title))), said)

    def _changed(self) -> None:
        self.sitting.moved()
        self.room.refill()


def _two(left: Line, right: Line, width: int) -> list[Line]:
    return [apart(left, right, width)]


_SEATS, _OFFERS = Text("The others", "Los demás"), Text("Offers this turn", "Ofertas de este turno")
_PROMISES, _SAID = Text("Promises", "Promesas"), Text("What was said", "Lo que se dijo")
_PUBLIC = Text("Publicly agreed between others", "Acordado en público entre otros")
_BARGAINS = Text("o offer, s say", "o ofrecer, s decir")
_YOU, _THEY = Text("you", "usted"), Text("they", "ellos")
_NO_OFFERS = Text("No offers this turn. o makes one.", "No hay ofertas este turno. o hace una.")
_NOBODY = Text("In this scenario nobody can promise you anything.", "En este escenario nadie puede prometerle nada.")
_NOTHING_TO_OFFER = Text(
    "There is nothing that you and this seat could promise each other.",
    "No hay nada que usted y este puesto puedan prometerse.",
)
_ACCEPTING = Text("Accept offer {n}?", "¿Aceptar la oferta {n}?")
_ACCEPT, _NOT_YET = Text("accept it: it binds", "aceptarla: obliga"), Text("not yet", "todavía no")
_SAY_TO = Text("To {seat}", "A {seat}")
