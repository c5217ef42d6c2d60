"""The orders that are filed this turn: listed as they are paid, taken back, put in another order."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.model.errors import SessionError
from wargame.model.orders import Order
from wargame.model.text import Text
from wargame.telling import filing, keeping, offers
from wargame.telling.menu import Offer, Place
from wargame.tui.ink import dim, wrap
from wargame.tui.panel import Row, text_row
from wargame.tui.views.order_rows import OrderRows, warning
from wargame.tui.views.view import meta


class FiledOrders(OrderRows):
    """What is filed, and which of it the cursor means: the one at it in any panel, never another."""

    @property
    def offer(self) -> Offer | None:
        """Return the move at the cursor."""
        raise NotImplementedError

    @property
    def spot(self) -> Place | None:
        """Return the place at the cursor."""
        raise NotImplementedError

    @property
    def filed(self) -> list[Order]:
        """Return what is filed, in the order in which it is paid."""
        return self.sitting.session.filed[self.sitting.seat.id]

    def filed_for(self, place: Place | None) -> Order | None:
        """Return the order that is filed for a place."""
        return next((o for o in self.filed if place is not None and o.candidate == place.candidate.id), None)

    # ── the panel ───────────────────────────────────────────────────────────────────────────────────────────

    def _show_filed(self) -> None:
        sitting, panel = self.sitting, self.panel("this-turn")
        if sitting.session.ended:
            panel.show("", [])
            return
        rows = [Row(self._filed_drawer(n, order), f"filed:{n}") for n, order in enumerate(self.filed)]
        if len(sitting.seat.actors) > 1:  # of the first actor the head of the screen says it
            left = self.of(Text("left: {all}", "quedan: {all}").fill(all=offers.means_left(sitting.game, after=1)))
            rows.append(Row(lambda width: wrap(left, width, "$dim"), "", pick=False))
        elif not rows:
            rows.append(text_row(dim(self.of(_NOTHING_YET))))
        rows += [Row(warning(self.of(text), style), "", pick=False) for text, style in self._pledged()]
        panel.show(self.of(_THIS_TURN), rows, meta=meta(f"{len(self.filed)}/{sitting.seat.orders}"))

    def _pledged(self) -> Iterator[tuple[Text, str]]:
        """Yield what promises will take this turn, and why any of them cannot be kept, each with its style."""
        due = keeping.due_in_words(self.sitting.game)
        if due is not None:
            yield due, "$est"
        for risk in keeping.at_risk(self.sitting.game):
            yield risk, "bold $bad"

    # ── which one is meant ──────────────────────────────────────────────────────────────────────────────────

    def _filed_at(self) -> int:
        """Return the position of the filed order that the cursor means; raises SessionError where it means none."""
        if not self.filed:
            raise SessionError(_NOTHING_FILED)
        if self.screen.focused is self.panel("this-turn"):
            return int(self.panel("this-turn").key.partition(":")[2] or 0)
        if (here := self.filed_for(self.spot)) is not None:
            return self.filed.index(here)
        places = self.offer.places if self.offer is not None and self.screen.focused is self.panel("moves") else ()
        mine = [n for n, o in enumerate(self.filed) if any(o.candidate == p.candidate.id for p in places)]
        if len(mine) != 1:
            raise SessionError(_SEVERAL if mine else _NOT_THIS)
        return mine[0]

    def _changed(self) -> None:
        self.sitting.ordered()
        self.room.refill()

    # ── verbs ───────────────────────────────────────────────────────────────────────────────────────────────

    def do_withdraw(self) -> None:
        """Take the order at the cursor back, and say which it was."""
        at, game = self._filed_at(), self.sitting.game
        title = filing.order_title(game, self.filed[at].candidate, self.filed[at].amount)
        self.sitting.session.withdraw(self.sitting.seat.id, at)
        self._changed()
        self.room.notify(self.of(_WITHDRAWN.fill(order=title)))

    def do_earlier(self) -> None:
        """Put an order further up."""
        self._swap(-1)

    def do_later(self) -> None:
        """Put an order further down."""
        self._swap(1)

    def _swap(self, by: int) -> None:
        sitting, at = self.sitting, self._filed_at()
        places = list(range(len(self.filed)))
        if not 0 <= at + by < len(places):
            raise SessionError(_FIRST if by < 0 else _LAST)
        places[at], places[at + by] = places[at + by], places[at]
        sitting.session.reorder(sitting.seat.id, places)
        self._changed()
        self.panel("this-turn").go_to(f"filed:{at + by}")


_THIS_TURN = Text("This turn", "Este turno")
_NOTHING_YET = Text("Nothing filed yet: f files.", "Nada presentado aún: f presenta.")
_NOTHING_FILED = Text("You have filed no orders this turn.", "No ha presentado órdenes en este turno.")
_NOT_THIS = Text(
    "No order is filed for what the cursor is on. Those you filed are under This turn: Tab goes there.",
    "No hay orden presentada para lo que está bajo el cursor. Las presentadas están en Este turno: Tab lleva allí.",
)
_SEVERAL = Text(
    "Several orders of this move are filed. Put the cursor on one: in its places, or under This turn.",
    "Hay varias órdenes presentadas de esta acción. Ponga el cursor sobre una: en sus lugares o en Este turno.",
)
_WITHDRAWN = Text("Withdrawn: {order}", "Retirada: {order}")
_FIRST = Text("It is paid first already.", "Ya se paga primero.")
_LAST = Text("It is paid last already.", "Ya se paga al final.")
