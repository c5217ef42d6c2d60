"""How moves, places and filed orders are drawn: cost and odds beside them, refusals under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wargame.engine.options import Option
from wargame.model.orders import Order
from wargame.model.text import Text
from wargame.session.drafts import Drafts
from wargame.telling import filing, offers
from wargame.telling.menu import Offer, Place
from wargame.tui import marks
from wargame.tui.ink import Line, apart, columns, dim, width_of, wrap
from wargame.tui.named import telling_words
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, page_row
from wargame.tui.views.view import View


class OrderRows(View):
    """The rows of the tab of orders."""

    def __init__(self) -> None:
        super().__init__()
        self._counted: tuple[int, Mapping[tuple[str, str], float]] | None = None
        """Of which moment, and what is left then."""
        self._own: list[str] = []

    @property
    def drafts(self) -> Drafts:
        """Return the drafts of this turn."""
        return self.sitting.drafts

    def _move_drawer(self, offer: Offer, able: list[Option], some: list[Option]) -> Draw:
        title = self.of(offer.move.title)
        reason = some[0].refusal.message if some[0].refusal is not None else None
        same = all(o.refusal is not None and o.refusal.message == reason for o in some)
        said = self.of(reason) if reason is not None and same else self.of(_EVERYWHERE)
        odds = self._odds(able)
        ordered = {order.candidate for order in self.sitting.session.filed[self.sitting.seat.id]}
        filed = any(o.candidate.id in ordered for o in some)

        def draw(width: int) -> list[Line]:
            if filed:
                return [apart(((title, "$dim"),), ((self.of(_FILED), "bold $accent"),), width)]
            if not able:
                return [
                    ((f"× {title}", "$dim"),),
                    *wrap(said, width - 2, "italic $dim", 4, (("    ", ""),)),
                ]
            return [apart(((title, ""),), columns([*self._costs(able[0], width), (odds, -_CHANCE)]), width)]

        return draw

    def _costs(self, option: Option | None, width: int) -> list[tuple[Line, int]]:
        """Return what an order costs, a column for each resource that orders cost, or the heads of these columns.

        Where they would leave too little room for the names of moves, one column says what is paid, the most first;
        where even that would not fit, the form alone says it.
        """
        self._left()
        number, words = self.sitting.voice.number, self._words()
        if width - _NAMES >= (_AMOUNT + 1) * len(self._own) + _CHANCE:
            if option is None:
                return [(dim(words[r][: _AMOUNT - 1]), -_AMOUNT) for r in self._own]
            paid = [option.cost.get(r, 0.0) for r in self._own]
            return [(((number(cost), ""),) if cost else (("·", "$line"),), -_AMOUNT) for cost in paid]
        if width - _NAMES < _PAID + 1 + _CHANCE:
            return []
        if option is None:
            return [(dim(self.of(_COST)), -_PAID)]
        dearest = sorted((r for r in self._own if option.cost.get(r)), key=lambda r: -option.cost[r])
        said = [f"{number(option.cost[r])} {words[r][:_LETTERS]}" for r in dearest]
        more = " +" if len(said) > _MOST_SAID else ""
        return [((("  ".join(said[:_MOST_SAID]) + more, ""),) if said else (("·", "$line"),), -_PAID)]

    def _left(self) -> Mapping[tuple[str, str], float]:
        """Return what is left of each actor's resources; every row asks."""
        if self._counted is None or self._counted[0] != self.sitting.version:
            desk = self.sitting.session.desk(self.sitting.seat.id)
            left = desk.left(self.sitting.session.filed[self.sitting.seat.id])
            paid = {r for option in self.sitting.options.values() for r, cost in option.cost.items() if cost > 0}
            self._own = [r for actor in self.sitting.seat.actors[:1] for r in desk.resources(actor) if r in paid]
            self._counted = self.sitting.version, left
        return self._counted[1]

    def _words(self) -> dict[str, str]:
        """Return for each resource of the seat the word of its name that tells it from the others."""
        self._left()
        names = self.sitting.session.names.attribute
        return dict(zip(self._own, telling_words([self.of(names(r)) for r in self._own]), strict=True))

    def _heads(self, width: int) -> list[Line]:
        costs = self._costs(None, width)
        cells = columns([*costs, (dim(self.of(_ODDS)), -_CHANCE)])
        return [apart((), cells, width)]

    def _odds(self, options: list[Option]) -> Line:
        known = [o.odds for o in options if o.odds is not None]
        if not known:
            return ((f"{self.of(_SURE):>7}", "$dim"),)
        low, high = round(100 * min(known)), round(100 * max(known))
        said = f"{low} %" if low == high else f"{low}–{high}"
        return ((f"{said:>7}", "bold"),)

    def _filed_drawer(self, n: int, order: Order) -> Draw:
        game = self.sitting.game
        title = self.of(filing.order_title(game, order.candidate, order.amount))
        odds = game.session.desk(self.sitting.seat.id).odds(
            game.session.engine.candidates[order.candidate], order.amount
        )
        said = self.of(_SURE) if odds is None else self.sitting.voice.percent(odds, 0)

        def draw(width: int) -> list[Line]:
            lines = wrap(title, width - 7, "", 2, ((f"{n + 1} ", "bold $accent"),))
            lines[0] = apart(lines[0], ((said, "bold"),), width)
            if order.rationale:
                lines += wrap(f"“{order.rationale}”", width, "$dim", 2, (("  ", ""),))
            return lines

        return draw

    def _place_drawer(self, place: Place) -> Draw:
        option = self.sitting.options[place.candidate.id]
        title = self.of(place.title) or self.of(_ANYWHERE)
        refusal = self.of(option.refusal.message) if option.refusal is not None else ""
        filed = any(o.candidate == place.candidate.id for o in self.sitting.session.filed[self.sitting.seat.id])
        drafted = self.drafts[place.candidate.key] is not None

        def draw(width: int) -> list[Line]:
            if filed:
                return [apart(((title, "$dim"),), ((self.of(_FILED), "bold $accent"),), width)]
            if refusal:
                return [((f"× {title}", "$dim"),), *wrap(refusal, width - 2, "italic $dim", 4, (("    ", ""),))]
            name: Line = ((title, "bold" if drafted else ""), (f" {self.of(_DRAFT)}", "$est") if drafted else ("", ""))
            return [apart(name, self._odds([option]), width)]

        return draw

    def _odds_lines(self, odds: float, width: int) -> list[Line]:
        said = self.of(_TIMES.fill(n=round(20 * odds), p=round(100 * odds)))
        line: Line = (*marks.odds(odds), ("  ", ""), (said, "bold"))
        return [line] if width_of(line) <= width else [((said, "bold"),)]

    def _effects(self, offer: Offer, place: Place, amount: int) -> Iterator[Row]:
        game = self.sitting.game
        blocks = list(self.sitting.told(lambda: offers.say_prospects(game, place, amount)))
        blocks = [_led(b.text) for b in blocks]
        if offer.move.text is not None:
            blocks.append(Block("say", self.of(offer.move.text), indent=1))
        blocks += [Block("say", self.of(remark), indent=1) for remark in offers.remarks_on(offer)]
        yield page_row(blocks)

    def _amount(self, place: Place) -> int:
        filed = self.sitting.session.filed[self.sitting.seat.id]
        ordered = next((o for o in filed if o.candidate == place.candidate.id), None)
        kept = ordered or self.drafts[place.candidate.key]
        return kept.amount if kept else self.sitting.session.desk(self.sitting.seat.id).default_amount(place.candidate)


def _led(said: str) -> Block:
    """Return a sentence with the case of which it speaks as its lead: ``If it succeeds: …``."""
    case, colon, effects = said.partition(": ")
    return Block("lead", effects, f"{case}:") if colon else Block("say", said)


class Places(Panel):
    """The places of a move; where they are all in sight, paging scrolls what is told of the order below them."""

    def action_page(self, by: int) -> None:
        """Move by as much as is shown, or page through the form."""
        if len(self._body(self.size.width)) <= self._room():
            self.screen.query_one("#form", Panel).action_page(by)
        else:
            super().action_page(by)


def said(words: str, style: str, label: Line = ()) -> Row:
    """Return a row of a sentence that hangs from a label."""
    return Row(lambda width: wrap(words, width, style, width_of(label), label), "", pick=False)


def warning(words: str, style: str) -> Draw:
    """Return how a sentence is drawn in a style of its own."""
    return lambda width: wrap(words, width, style)


_NAMES, _AMOUNT, _PAID, _CHANCE = 28, 5, 18, 7
"""Cells: the fewest for the name of a move beside its costs, those of one cost, of all in one, and of the odds."""
_LETTERS, _MOST_SAID = 3, 2
"""Letters of the word for a resource, and how many resources are said, where all costs share a column."""
_FILED = Text("filed", "ya presentada")
_EVERYWHERE = Text("refused in every place, for several reasons", "rechazada en todos los lugares, por varias razones")
_SURE = Text("sure", "segura")
_COST = Text("cost", "costo")
_ODDS = Text("odds", "prob.")
_ANYWHERE = Text("no place to choose", "sin lugar que elegir")
_DRAFT = Text("draft", "borrador")
_TIMES = Text("{n} in 20 · {p} %", "{n} de 20 · {p} %")
