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
from wargame.telling import filing, offers
from wargame.telling.menu import Group, Offer, Place
from wargame.telling.programmes import warnings
from wargame.tui.dialogs import Chooser, Writer
from wargame.tui.forecast import ForecastPanel
from wargame.tui.ink import Line, dim
from wargame.tui.move_list import move_choices
from wargame.tui.page import Block
from wargame.tui.panel import Panel, Row, text_row
from wargame.tui.views.filed_orders import FiledOrders
from wargame.tui.views.order_rows import Places, said
from wargame.tui.views.view import meta


class Orders(FiledOrders):
    """Decide with eyes open."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("left,escape", "back", show=False)]
    tab, title, first = "orders", Text("Orders", "Órdenes"), "moves"
    footer: ClassVar[tuple[str, ...]] = ("file", "find-move", "forecast", "withdraw", "end-phase", "commands")
    reading: ClassVar[tuple[str, ...]] = ("moves", "places", "form", "forecast", "this-turn")

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
        return not self.sitting.session.ended and not self.sitting.session.orders_closed

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

    def parts(self) -> Iterator[None]:
        """Fill the panels."""
        _ = self.sitting.options  # what is reckoned is kept
        yield
        self._show_moves()
        yield
        self._show_filed()
        yield
        self._show_places()
        yield
        self.query_one(ForecastPanel).speak()

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
        for group in sitting.game.menu.groups:
            drawn, able, closed = self._group_rows(group)
            legal, refused = legal + able, refused + closed
            if drawn and len(sitting.seat.actors) > 1 and group.actor != told:
                told = group.actor
                rows.append(text_row(((self.of(sitting.session.names.owner(told)).upper(), "bold $accent"),)))
            if drawn and len(sitting.game.menu.groups) > 1:
                rows.append(text_row(((self.of(group.title), "bold $dim"), (f"  {able}/{able + closed}", "$dim"))))
            rows += drawn
        title = self.of(_MOVES)
        if self.about:
            title += f" · {self.of(sitting.session.names.owner(self.about))}"
        said = _COUNT.fill(n=legal, m=refused) if rows else _COUNT.fill(n=0, m=refused)
        panel.show(title, rows or [text_row(dim(self.of(_NONE_HERE)))], meta=meta(self.of(said)), head=self._heads)

    def _group_rows(self, group: Group) -> tuple[list[Row], int, int]:
        """Return the rows of moves that belong together, how many of these are open, and how many refused."""
        rows, legal, refused = [], 0, 0
        ordered = {order.candidate for order in self.filed}
        for offer in group.offers:
            some = [self.sitting.options[p.candidate.id] for p in offer.places if self._is_about(p)]
            able = [o for o in some if o.refusal is None]
            legal, refused = legal + bool(able), refused + bool(some and not able)
            filed = any(o.candidate.id in ordered for o in some)
            if some and (able or filed or self.with_refused):
                rows.append(Row(self._move_drawer(offer, able, some), str(offer.number)))
        return rows, legal, refused

    def _is_about(self, place: Place) -> bool:
        candidate, ties = place.candidate, self.sitting.session.engine.cast.ties
        if not self.about or self.about == candidate.actor:
            return True
        ends = [
            e for t in candidate.targets.values() for e in ((ties[t].source, ties[t].target) if t in ties else (t,))
        ]
        return self.about in ends

    # ── places and form ─────────────────────────────────────────────────────────────────────────────────────

    def _show_places(self) -> None:
        offer, panel = self.offer, self.panel("places")
        if offer is None:
            panel.show("", [])
            self._show_form()
            return
        mine = [p for p in offer.places if self._is_about(p)]
        mine.sort(key=lambda p: self.sitting.options[p.candidate.id].refusal is not None and not self.filed_for(p))
        rows = [Row(self._place_drawer(p), p.number) for p in mine]
        able = sum(self.sitting.options[p.candidate.id].refusal is None for p in mine)
        if offer.number != self._placed:
            self._placed, panel.at, panel.top = offer.number, 0, 0
        panel.show(self.of(offer.title), rows, meta=meta(f"{able}/{len(mine)}") if len(mine) > 1 else ())
        self._show_form()

    def _show_form(self) -> None:
        offer, place, panel = self.offer, self.spot, self.panel("form")
        if offer is None or place is None or self.sitting.session.ended:
            panel.show("", [])
            self.query_one(ForecastPanel).belongs_to("")
            return
        amount = self._amount(place)
        rows = [*self._terms(offer, place, amount), *self._reason(place), *self._effects(offer, place, amount)]
        title = self.of(place.title) or self.of(_TERMS)
        panel.show(title, rows, meta=meta(self.of(_ESTIMATES)))
        self.query_one(ForecastPanel).belongs_to(f"{place.candidate.id}:{amount}")

    def _terms(self, offer: Offer, place: Place, amount: int) -> Iterator[Row]:
        """Yield how much of it is ordered, what that costs, whether it is filed or refused, and its odds."""
        desk, limits = self.sitting.session.desk(self.sitting.seat.id), offer.move.amount
        if limits is not None:
            label: Line = ((f"{self.of(limits.title)} ", "$dim"), (f" {amount} ", "bold on $raised"),
                           (f"  {limits.low}–{limits.high}  + −", "$dim"))  # fmt: skip
            yield text_row(label)
        cost = self.of(offers.costs_in_words(self.sitting.game, desk.cost(place.candidate, amount)))
        yield said(cost, "bold", ((f"{self.of(_COST)} ", "$dim"),))
        filed = self.filed_for(place)
        refusal = None if filed else desk.refuse(Order(place.candidate.id, amount), self.filed)
        if filed is not None:
            yield said(self.of(_IS_FILED.fill(n=self.filed.index(filed) + 1)), "bold $accent")
        elif refusal is not None:
            yield said(self.of(refusal.message), "italic $dim", (("× ", "$bad"),))
        odds = desk.odds(place.candidate, amount)
        if odds is not None:
            yield Row(lambda width: self._odds_lines(odds, width), "", pick=False)

    def _reason(self, place: Place) -> Iterator[Row]:
        filed, draft = self.filed_for(place), self.drafts[place.candidate.key]
        why = filed.rationale if filed else draft.rationale if draft else ""
        if why:
            yield said(f"“{why}”", "")

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
        place = self._spot_to_order()
        kept, sitting = self.drafts[place.candidate.key], self.sitting
        sitting.session.file(sitting.seat.id, place.candidate.id, self._amount(place), kept.rationale if kept else "")
        self.drafts.drop(place.candidate.key)
        self.query_one(ForecastPanel).belongs_to("")
        self._changed()
        title = filing.order_title(sitting.game, self.filed[-1].candidate, self.filed[-1].amount)
        said = [_FILED.fill(n=len(self.filed), all=sitting.seat.orders, order=title)]
        move = sitting.session.scenario.ruleset.moves[place.candidate.move]
        self.room.notify(" ".join(self.of(text) for text in (*said, *warnings(sitting.session, move))))

    def _spot_to_order(self) -> Place:
        """Return the place at the cursor; raises SessionError where there is none, or where it is filed already."""
        place = self.spot
        if place is None or self.offer is None:
            raise SessionError(_NOWHERE)
        if self.filed_for(place) is not None:
            raise SessionError(_ALREADY)
        return place

    def do_more(self) -> None:
        """Raise the amount."""
        self._change_amount(1)

    def do_less(self) -> None:
        """Lower the amount."""
        self._change_amount(-1)

    def _change_amount(self, by: int) -> None:
        place, offer = self._spot_to_order(), self.offer
        assert offer is not None
        if offer.move.amount is None:
            raise SessionError(_NO_AMOUNT.fill(move=offer.move.title))
        limits = offer.move.amount
        step = by * max(1, (limits.high - limits.low) // 100)
        amount = min(max(self._amount(place) + step, limits.low), limits.high)
        if amount == self._amount(place):
            raise SessionError((_MOST if by > 0 else _LEAST).fill(n=amount))
        kept = self.drafts[place.candidate.key]
        self.drafts.keep(place.candidate.key, OrderDraft(amount, kept.rationale if kept else ""))
        self._show_places()

    def do_rationale(self) -> None:
        """Write why the order is given; every letter is kept as it is typed."""
        place, offer = self._spot_to_order(), self.offer
        assert offer is not None
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
            raise SessionError(_NOWHERE)
        amount, sitting = self._amount(place), self.sitting
        order = Order(place.candidate.id, amount)
        filed = sitting.session.filed[sitting.seat.id]
        order = next((o for o in filed if o.candidate == order.candidate), order)
        refusal = sitting.session.desk(sitting.seat.id).refuse(order, filed) if order not in filed else None
        if refusal is not None:
            raise RefusedOrder(refusal)
        panel.ask(sitting, order, f"{place.candidate.id}:{amount}")

    def do_find(self) -> None:
        """List all moves under a field; letters narrow the list down, Enter goes to the one at the cursor."""
        choices = move_choices(self.sitting)

        def chosen(number: str | None) -> None:
            if number:
                self.go_to_move(int(number))

        self.app.push_screen(Chooser(self.room.say, self.of(_FIND), choices, find=True), chosen)

    def go_to_move(self, number: int) -> None:
        """Put the cursor on a move, showing what is hidden if that is needed."""
        if str(number) not in [row.key for row in self.panel("moves").rows]:
            self.with_refused, self.about = True, ""
            self._show_moves()
        self.panel("moves").go_to(str(number))
        self.panel("moves").focus()
        self._show_places()

    def do_refused(self) -> None:
        """Show or hide what is refused."""
        self.with_refused = not self.with_refused
        self._show_moves()
        self._show_places()


_MOVES = Text("Moves", "Acciones")
_COUNT = Text("{n} open · {m} refused", "{n} posibles · {m} no")
_NONE_HERE = Text("None of your moves is about this. Show all: 4", "Ninguna de sus acciones trata de esto. Todas: 4")
_OVER = Text("The session has ended.", "La sesión ha terminado.")
_FIND = Text("Go to a move", "Ir a una acción")
_NOWHERE = Text("Put the cursor on a move first.", "Ponga antes el cursor sobre una acción.")
_ALREADY = Text(
    "This order is filed already. x withdraws it; then it can be changed and filed again.",
    "Esta orden ya está presentada. x la retira; después puede cambiarla y presentarla otra vez.",
)
_IS_FILED = Text("Filed, number {n}. x withdraws it.", "Presentada, con el número {n}. x la retira.")
_MOST = Text("{n} is the most.", "{n} es lo máximo.")
_LEAST = Text("{n} is the least.", "{n} es lo mínimo.")
_NO_AMOUNT = Text("'{move}' has no amount to change.", "«{move}» no lleva cantidad que cambiar.")
_COST = Text("cost", "costo")
_TERMS = Text("Cost and effect", "Costo y efecto")
_ESTIMATES = Text("your estimates", "sus estimaciones")
_FILED = Text("Filed {n} of {all}: {order}", "Presentada {n} de {all}: {order}")
_REASON = Text("Why you order it", "Por qué la ordena")
_WHY = Text(
    "Why: {move}. Kept with the order, for the hot wash.",
    "Por qué: {move}. Se guarda con la orden, para la puesta en común.",
)
