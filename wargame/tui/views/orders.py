"""Orders: move, then place, then amount; legality, cost, odds and effects stand there before anything is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.errors import RefusedOrder, SessionError
from wargame.model.orders import Order
from wargame.model.text import Text, lower
from wargame.session.drafts import OrderDraft
from wargame.telling import filing, keeping, offers
from wargame.telling.menu import Offer, Place
from wargame.tui.dialogs import Writer
from wargame.tui.forecast import ForecastPanel
from wargame.tui.ink import Line, dim, wrap
from wargame.tui.page import Block
from wargame.tui.panel import Panel, Row, text_row
from wargame.tui.views.order_rows import OrderRows, Places, warning
from wargame.tui.views.view import meta


class Orders(OrderRows):
    """Decide with eyes open."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("left,escape", "back", show=False)]
    tab, title, first = "orders", Text("Orders", "Órdenes"), "moves"
    footer: ClassVar[tuple[str, ...]] = ("file", "more", "forecast", "withdraw", "end-phase", "commands")

    def __init__(self) -> None:
        super().__init__()
        self.with_refused = True
        self._placed = 0
        """The move whose places are shown."""
        self.about = ""
        """Only moves about this actor or zone; empty: all."""

    def compose(self) -> ComposeResult:
        """Lay out moves and filed orders, places and form."""
        with Horizontal():
            with Vertical(id="orders-left", classes="column"):
                yield Panel("moves")
                yield Panel("this-turn")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Places("places")
                yield Panel("form")
                yield ForecastPanel("forecast")

    # ── what is so ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def is_open(self) -> bool:
        """Say whether orders can be filed."""
        return not self.sitting.session.ended and self.sitting.session.voting.polls is None

    @property
    def offer(self) -> Offer | None:
        """Return the move at the cursor."""
        key = self.panel("moves").key
        return next((o for o in self.sitting.game.menu.offers if key and o.number == int(key)), None)

    @property
    def spot(self) -> Place | None:
        """Return the place at the cursor."""
        offer, key = self.offer, self.panel("places").key
        return next((p for p in offer.places if p.number == key), None) if offer else None

    def refill(self) -> None:
        """Fill the panels."""
        self._show_moves()
        self._show_filed()
        self._show_places()

    def on_shown(self) -> None:
        """Start the worker for forecasts, if it was asked for before any question."""
        if self.room.asked.warm and self.is_open:
            self.sitting.warm()

    def is_due(self) -> int:
        """Return how many orders may still be filed."""
        if not self.is_open:
            return 0
        return max(self.sitting.seat.orders - len(self.sitting.session.filed[self.sitting.seat.id]), 0)

    def cited(self) -> tuple[str, ...]:
        """Return the sources of the move at the cursor."""
        return self.offer.move.basis.sources if self.offer is not None else ()

    # ── moves ───────────────────────────────────────────────────────────────────────────────────────────────

    def _show_moves(self) -> None:
        panel, sitting = self.panel("moves"), self.sitting
        if sitting.session.ended:
            panel.show(self.of(_MOVES), [text_row(dim(self.of(_OVER)))])
            return
        rows: list[Row] = []
        told, legal, refused = "", 0, 0
        for offer in sitting.game.menu.offers:
            some = [sitting.options[p.candidate.id] for p in offer.places if self._is_about(p)]
            if not some:
                continue
            able = [o for o in some if o.refusal is None]
            legal, refused = legal + bool(able), refused + (not able)
            if not able and not self.with_refused:
                continue
            if len(sitting.seat.actors) > 1 and offer.actor != told:
                told = offer.actor
                rows.append(text_row(dim(self.of(sitting.session.names.owner(told)))))
            rows.append(Row(self._move_drawer(offer, able, some), str(offer.number)))
        title = self.of(_MOVES)
        if self.about:
            title += f" · {self.of(sitting.session.names.owner(self.about))}"
        said = _COUNT.fill(n=legal, m=refused) if rows else _COUNT.fill(n=0, m=refused)
        panel.show(title, rows or [text_row(dim(self.of(_NONE_HERE)))], meta=meta(self.of(said)), head=self._heads)

    def _is_about(self, place: Place) -> bool:
        candidate, ties = place.candidate, self.sitting.session.engine.cast.ties
        if not self.about or self.about == candidate.actor:
            return True
        ends = [
            e for t in candidate.targets.values() for e in ((ties[t].source, ties[t].target) if t in ties else (t,))
        ]
        return self.about in ends

    # ── filed ───────────────────────────────────────────────────────────────────────────────────────────────

    def _show_filed(self) -> None:
        sitting, panel = self.sitting, self.panel("this-turn")
        if sitting.session.ended:
            panel.show("", [])
            return
        filed = sitting.session.filed[sitting.seat.id]
        rows = [Row(self._filed_drawer(n, order), f"filed:{n}") for n, order in enumerate(filed)]
        left = self.of(Text("left: {all}", "quedan: {all}").fill(all=offers.means_left(sitting.game)))
        rows.append(Row(lambda width: wrap(left, width, "$dim"), "", pick=False))
        rows += [Row(warning(self.of(text), style), "", pick=False) for text, style in self._pledged()]
        panel.show(self.of(_THIS_TURN), rows, meta=meta(f"{len(filed)}/{sitting.seat.orders}"))

    def _pledged(self) -> Iterator[tuple[Text, str]]:
        """Yield what promises will take this turn, and why any of them cannot be kept, each with its style."""
        due = keeping.due_in_words(self.sitting.game)
        if due is not None:
            yield due, "$est"
        for risk in keeping.at_risk(self.sitting.game):
            yield risk, "bold $bad"

    # ── places and form ─────────────────────────────────────────────────────────────────────────────────────

    def _show_places(self) -> None:
        offer, panel = self.offer, self.panel("places")
        if offer is None:
            panel.show("", [])
            self.panel("form").show("", [])
            return
        mine = [p for p in offer.places if self._is_about(p)]
        mine.sort(key=lambda p: self.sitting.options[p.candidate.id].refusal is not None)
        rows = [Row(self._place_drawer(p), p.number) for p in mine]
        able = sum(self.sitting.options[p.candidate.id].refusal is None for p in mine)
        if offer.number != self._placed:
            self._placed, panel.at, panel.top = offer.number, 0, 0
        panel.show(self.of(offer.title), rows, meta=meta(f"{able}/{len(mine)}"))
        self._show_form()

    def _show_form(self) -> None:
        offer, place, panel = self.offer, self.spot, self.panel("form")
        if offer is None or place is None or self.sitting.session.ended:
            panel.show("", [])
            return
        game, amount = self.sitting.game, self._amount(place)
        desk = game.session.desk(self.sitting.seat.id)
        cost = desk.cost(place.candidate, amount)
        rows: list[Row] = []
        if offer.move.amount is not None:
            limits = offer.move.amount
            label: Line = ((f"{self.of(limits.title)} ", "$dim"), (f" {amount} ", "bold on $raised"),
                           (f"  {limits.low}–{limits.high}  + −", "$dim"))  # fmt: skip
            rows.append(text_row(label))
        said = offers.costs_in_words(game, cost)
        spent, head = self.of(said), f"{self.of(_COST)} "
        rows.append(Row(lambda width: wrap(spent, width, "bold", len(head), ((head, "$dim"),)), "", pick=False))
        refusal = desk.refuse(Order(place.candidate.id, amount), game.session.filed[self.sitting.seat.id])
        if refusal is not None:
            reason = self.of(refusal.message)
            rows.append(Row(lambda width: wrap(reason, width, "italic $dim", 2, (("× ", "$bad"),)), "", pick=False))
        odds = desk.odds(place.candidate, amount)
        if odds is not None:
            rows.append(Row(lambda width: self._odds_lines(odds, width), "", pick=False))
        kept = self.drafts[place.candidate.key]
        if kept and kept.rationale:
            why = kept.rationale
            rows.append(Row(lambda width: wrap(f"“{why}”", width, "", 2), "", pick=False))
        rows += list(self._effects(offer, place, amount))
        title = self.of(place.title) or self.of(offer.move.title)
        panel.show(title, rows, meta=meta(self.of(_ESTIMATES)))
        self.query_one(ForecastPanel).belongs_to(f"{place.candidate.id}:{amount}")

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────────

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Show what belongs to the row at the cursor."""
        if event.panel.id == "moves":
            self._show_places()
        elif event.panel.id == "places":
            self._show_form()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go from move to place, and file at the place."""
        event.stop()
        if event.panel.id == "moves":
            self.panel("places").focus()
        elif event.panel.id == "places":
            self.room.obey("file")

    def action_back(self) -> None:
        """Go back to the moves; while something is being worked at, call that off."""
        if self.room.busy:
            self.room.action_call_off()
        else:
            self.panel("moves").focus()

    # ── verbs ───────────────────────────────────────────────────────────────────────────────────────────────

    def do_file(self) -> None:
        """File the order; a refusal is said in its sentence."""
        place = self.spot
        if place is None:
            return
        kept, sitting = self.drafts[place.candidate.key], self.sitting
        sitting.session.file(sitting.seat.id, place.candidate.id, self._amount(place), kept.rationale if kept else "")
        self.drafts.drop(place.candidate.key)
        self._changed()
        self.panel("moves").focus()
        filed = sitting.session.filed[sitting.seat.id]
        title = filing.order_title(sitting.game, filed[-1].candidate, filed[-1].amount)
        self.room.notify(self.of(_FILED.fill(n=len(filed), all=sitting.seat.orders, order=title)))

    def _changed(self) -> None:
        self.sitting.filed()
        self.room.refill()

    def do_more(self) -> None:
        """Raise the amount."""
        self._change_amount(1)

    def do_less(self) -> None:
        """Lower the amount."""
        self._change_amount(-1)

    def _change_amount(self, by: int) -> None:
        place, offer = self.spot, self.offer
        if place is None or offer is None:
            return
        if offer.move.amount is None:
            raise SessionError(_NO_AMOUNT.fill(move=offer.move.title))
        limits = offer.move.amount
        step = by * max(1, (limits.high - limits.low) // 100)
        amount = min(max(self._amount(place) + step, limits.low), limits.high)
        kept = self.drafts[place.candidate.key]
        self.drafts.keep(place.candidate.key, OrderDraft(amount, kept.rationale if kept else ""))
        self._show_places()

    def do_rationale(self) -> None:
        """Write why the order is given; every letter is kept as it is typed."""
        place, offer = self.spot, self.offer
        if place is None or offer is None:
            return
        amount, kept = self._amount(place), self.drafts[place.candidate.key]

        def keep(typed: str) -> None:
            self.drafts.keep(place.candidate.key, OrderDraft(amount, typed))

        above = [Block("say", self.of(_WHY.fill(move=lower(offer.move.title))))]
        written = Writer(self.of, self.of(_REASON), kept.rationale if kept else "", above, keep)
        self.room.push_screen(written, lambda _: self._show_places())

    def do_forecast(self) -> None:
        """Ask what the order may come to; a second press lets go of the question."""
        place, panel = self.spot, self.query_one(ForecastPanel)
        if place is None:
            return
        amount, sitting = self._amount(place), self.sitting
        order = Order(place.candidate.id, amount)
        filed = sitting.session.filed[sitting.seat.id]
        order = next((o for o in filed if o.candidate == order.candidate), order)
        refusal = sitting.session.desk(sitting.seat.id).refuse(order, filed) if order not in filed else None
        if refusal is not None:
            raise RefusedOrder(refusal)
        panel.ask(sitting, order, f"{place.candidate.id}:{amount}")

    def _filed_at(self) -> int:
        filed = self.sitting.session.filed[self.sitting.seat.id]
        key = self.panel("this-turn").key
        return int(key.partition(":")[2]) if key and self.screen.focused is self.panel("this-turn") else len(filed) - 1

    def do_withdraw(self) -> None:
        """Take an order back."""
        if not self.sitting.session.filed[self.sitting.seat.id]:
            raise SessionError(_NOTHING_FILED)
        self.sitting.session.withdraw(self.sitting.seat.id, self._filed_at())
        self._changed()

    def do_earlier(self) -> None:
        """Put an order further up."""
        self._swap(-1)

    def do_later(self) -> None:
        """Put an order further down."""
        self._swap(1)

    def _swap(self, by: int) -> None:
        sitting, at = self.sitting, self._filed_at()
        places = list(range(len(sitting.session.filed[sitting.seat.id])))
        if not 0 <= at + by < len(places) or at < 0:
            return
        places[at], places[at + by] = places[at + by], places[at]
        sitting.session.reorder(sitting.seat.id, places)
        self._changed()
        self.panel("this-turn").go_to(f"filed:{at + by}")

    def do_refused(self) -> None:
        """Show or hide what is refused."""
        self.with_refused = not self.with_refused
        self._show_moves()
        self._show_places()


_MOVES = Text("Moves", "Acciones")
_THIS_TURN = Text("This turn", "Este turno")
_COUNT = Text("{n} open · {m} refused", "{n} posibles · {m} no")
_NONE_HERE = Text("None of your moves is about this. Show all: 4", "Ninguna de sus acciones trata de esto. Todas: 4")
_OVER = Text("The session has ended.", "La sesión ha terminado.")
_NO_AMOUNT = Text("'{move}' has no amount to change.", "«{move}» no lleva cantidad que cambiar.")
_NOTHING_FILED = Text("You have filed no orders this turn.", "No ha presentado órdenes en este turno.")
_COST = Text("cost", "costo")
_ESTIMATES = Text("your estimates", "sus estimaciones")
_FILED = Text("Filed {n} of {all}: {order}", "Presentada {n} de {all}: {order}")
_REASON = Text("Why you order it", "Por qué la ordena")
_WHY = Text(
    "Why: {move}. Kept with the order, for the hot wash.",
    "Por qué: {move}. Se guarda con la orden, para la puesta en común.",
)
