"""Filing orders, putting them in order, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.model.errors import SessionError
from wargame.model.orders import Order
from wargame.model.text import Text, counted, lower
from wargame.telling.game import Game
from wargame.telling.keeping import say_at_risk, say_due
from wargame.telling.menu import Offer, Place
from wargame.telling.offers import costs_in_words, means_left, odds_in_words, say_budget, say_too_late, show_offer
from wargame.telling.typed import short, whole_number

_BECAUSE = ("because", "porque")


def file_order(game: Game, words: Sequence[str]) -> None:
    """File an order: a number or names, perhaps an amount, perhaps ``because`` and the reason."""
    words, rationale = _without_reason(words)
    if not words:
        raise SessionError(_FILE_WHAT)
    offer, place, rest = game.menu.read(words, strictly=True)
    if place is None:
        if rest and not rest[0].isdecimal():
            game.menu.place(offer, " ".join(w for w in rest if not w.isdecimal()))
        show_offer(game, offer, None)
        return
    amount = _amount(game, offer, place, rest)
    game.session.file(game.seat.id, place.candidate.id, amount, rationale)
    filed = game.session.filed[game.seat.id]
    text = Text("Filed as order {n} of {all}: {order}.", "Presentada como orden {n} de {all}: {order}.")
    game.talk.say(text.fill(n=len(filed), all=game.seat.orders, order=in_words(game, filed[-1])))
    say_too_late(game, place.candidate)
    game.talk.say(Text("Left: {means}.", "Quedan: {means}.").fill(means=means_left(game)))
    say_due(game)
    say_at_risk(game)


def _without_reason(words: Sequence[str]) -> tuple[list[str], str]:
    for i, word in enumerate(words):
        if word.lower() in _BECAUSE:
            return list(words[:i]), " ".join(words[i + 1 :])
    return list(words), ""


def _amount(game: Game, offer: Offer, place: Place, rest: Sequence[str]) -> int:
    if not rest:
        return game.session.desk(game.seat.id).default_amount(place.candidate)
    number = whole_number(rest[0]) if len(rest) == 1 else None
    if number is not None:
        if offer.move.amount is None and number != 1:
            text = Text("'{move}' has no amount.", "«{move}» no lleva cantidad.")
            raise SessionError(text.fill(move=offer.title))
        return number
    text = Text(
        "The amount must be a whole number, not '{what}'.", "La cantidad debe ser un número entero, no «{what}»."
    )
    raise SessionError(text.fill(what=short(" ".join(rest))))


def in_words(game: Game, order: Order) -> Text:
    """Return an order in words, with amount, cost and odds."""
    candidate = game.session.engine.candidates[order.candidate]
    desk = game.session.desk(game.seat.id)
    cost = costs_in_words(game, desk.cost(candidate, order.amount))
    said = odds_in_words(game, [desk.odds(candidate, order.amount)])
    text = Text("{order}; cost: {cost}; {odds}", "{order}; costo: {cost}; {odds}")
    return text.fill(order=order_title(game, candidate.id, order.amount), cost=cost, odds=said)


def order_title(game: Game, candidate: int, amount: int) -> Text:
    """Return an order as move, targets and amount."""
    chosen = game.session.engine.candidates[candidate]
    offer = next(o for o in game.menu.offers if o.actor == chosen.actor and o.move.id == chosen.move)
    targets = next(p.title for p in offer.places if p.candidate.id == candidate)
    title = (
        Text("{move} — {where}", "{move} — {where}").fill(move=offer.title, where=targets)
        if targets.en
        else offer.title
    )
    if offer.move.amount is None:
        return title
    text = Text("{title} ({what}: {n})", "{title} ({what}: {n})")
    return text.fill(title=title, what=lower(offer.move.amount.title), n=amount)


def show_filed(game: Game, words: Sequence[str]) -> None:
    """Say the orders filed so far, in their order of priority."""
    filed = game.session.filed[game.seat.id]
    if not filed:
        game.talk.say(Text("You have filed no orders this turn.", "No ha presentado órdenes en este turno."))
    for n, order in enumerate(filed, 1):
        game.talk.item(f"{n}.", in_words(game, order))
        if order.rationale:
            game.talk.say(Text("Because {why}", "Porque {why}").fill(why=order.rationale), 3)
    say_budget(game)


def withdraw(game: Game, words: Sequence[str]) -> None:
    """Take an order back."""
    position = _position(game, words)
    order = game.session.filed[game.seat.id][position]
    game.session.withdraw(game.seat.id, position)
    title = order_title(game, order.candidate, order.amount)
    game.talk.say(Text("Withdrawn: {order}.", "Retirada: {order}.").fill(order=title))
    say_budget(game)


def move_up(game: Game, words: Sequence[str]) -> None:
    """Put an order one place further up: orders are paid in this order."""
    position = _position(game, words)
    if position == 0:
        game.talk.say(Text("It stands first already.", "Ya está en primer lugar."))
        return
    order = list(range(len(game.session.filed[game.seat.id])))
    order[position - 1], order[position] = order[position], order[position - 1]
    game.session.reorder(game.seat.id, order)
    show_filed(game, [])


def _position(game: Game, words: Sequence[str]) -> int:
    filed = game.session.filed[game.seat.id]
    if not filed:
        raise SessionError(Text("You have filed no orders this turn.", "No ha presentado órdenes en este turno."))
    at = whole_number(words[0]) if len(words) == 1 else None
    if at is not None and 1 <= at <= len(filed):
        return at - 1
    raise SessionError(counted(len(filed), *_WHICH))


_WHICH = (
    Text("You have filed one order; its number is 1.", "Ha presentado una sola orden; su número es el 1."),
    Text("Say which of your orders: 1 to {n} (see: mine).", "Diga cuál de sus órdenes: 1 a {n} (vea: mías)."),
)
_FILE_WHAT = Text(
    "Say what to order, for example: file 4.2 or file 4.2 3 (see: orders).",
    "Diga qué ordenar; por ejemplo: presentar 4.2 o presentar 4.2 3 (vea: órdenes).",
)
