"""What waits for a seat this turn: order slots, ballots, offers, news. The most pressing comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wargame.model.text import Text, counted
from wargame.session.assembly import Assembly
from wargame.session.news import news_of
from wargame.telling.ballots import uncast
from wargame.telling.game import Game


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: where it is dealt with, how many of it there are, and what it is in a sentence."""

    where: str
    count: int
    text: Text
    more: Text | None = None
    """What there is to be read about it: news in full."""


def waiting(game: Game, assembly: Assembly) -> list[Waiting]:
    """Return what waits for the seat now."""
    if game.session.ended:
        return []
    return [*_ballots(game, assembly), *_offers(game), *_slots(game), *_news(game)]


def _ballots(game: Game, assembly: Assembly) -> Iterator[Waiting]:
    if game.session.orders_closed:
        left = len(uncast(game))
        yield Waiting("body", left, counted(left, *_UNCAST) if left else _ALL_CAST)
        return
    due = [item for item in assembly.agenda if item.voted and assembly.has_vote(item.proposal)]
    if due:
        yield Waiting("body", len(due), counted(len(due), *_DUE))


def _offers(game: Game) -> Iterator[Waiting]:
    bargaining, seat = game.session.bargaining, game.seat.id
    to_you = [o for o in bargaining.offers(seat) if o.status == "open" and o.proposal.to == seat]
    if to_you:
        yield Waiting("deals", len(to_you), counted(len(to_you), *_TO_YOU))
    due = [p for p in bargaining.obligations(seat) if p.mine]
    if due:
        yield Waiting("deals", 0, counted(len(due), *_PROMISED))


def _slots(game: Game) -> Iterator[Waiting]:
    filed, slots = len(game.session.filed[game.seat.id]), game.seat.orders
    if game.session.orders_closed:
        return
    free = slots - filed
    if free:
        yield Waiting("orders", free, counted(free, *_FREE, all=slots))
    else:
        yield Waiting("orders", 0, counted(slots, *_FULL))


def _news(game: Game) -> Iterator[Waiting]:
    for news in news_of(game.session, game.session.turn, game.seat.id):
        yield Waiting("brief", 0, Text("News: {title}", "Noticia: {title}").fill(title=news.title), news.text)


_UNCAST = (
    Text("1 ballot is not cast yet", "Falta 1 papeleta por depositar"),
    Text("{n} ballots are not cast yet", "Faltan {n} papeletas por depositar"),
)
_ALL_CAST = Text("All your ballots are cast: end the turn", "Sus papeletas están depositadas: termine el turno")
_DUE = (
    Text("You vote on 1 text this turn", "Usted vota sobre 1 texto este turno"),
    Text("You vote on {n} texts this turn", "Usted vota sobre {n} textos este turno"),
)
_TO_YOU = (
    Text("1 offer to you lapses at the end of the turn", "1 oferta para usted vence al terminar el turno"),
    Text("{n} offers to you lapse at the end of the turn", "{n} ofertas para usted vencen al terminar el turno"),
)
_PROMISED = (
    Text("1 promise of yours is due", "Vence 1 promesa suya"),
    Text("{n} promises of yours are due", "Vencen {n} promesas suyas"),
)
_FREE = (
    Text("1 of {all} orders is still free", "Queda libre 1 de {all} órdenes"),
    Text("{n} of {all} orders are still free", "Quedan libres {n} de {all} órdenes"),
)
_FULL = (
    Text("Your order is filed: end the turn", "Su orden está presentada: termine el turno"),
    Text("All {n} orders are filed: end the turn", "Sus {n} órdenes están presentadas: termine el turno"),
)
