"""What is said before a seat binds itself: what an offer costs and until when it binds, or that it asks for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.engine.promising import Clause, join_words
from wargame.model.text import Text, counted, join, lower
from wargame.session.deals import Offered
from wargame.telling.game import Game
from wargame.telling.keeping import beyond_means


def is_gift(gives: Sequence[Clause], asks: Sequence[Clause]) -> bool:
    """Say whether an offer asks for nothing in return."""
    return bool(gives) and not asks


def what_binds(game: Game, offered: Offered) -> Iterator[Text]:
    """Yield what accepting an offer binds the seat to: until when, at what cost, for what, and what it lacks."""
    proposal, session = offered.proposal, game.session
    last = min(session.turn + proposal.turns - 1, session.engine.turns)
    turns = counted(last - session.turn + 1, *_TURNS, last=last)
    if proposal.asks:
        yield _BINDS.fill(turns=turns, what=_said(game, proposal.asks))
        cost = _cost(game, proposal.asks)
        yield _COST.fill(cost=cost) if cost is not None else _FREE
    else:
        yield _NOTHING_ASKED
    if proposal.gives:
        yield _IN_RETURN.fill(what=_said(game, proposal.gives))
    else:
        yield _FOR_NOTHING
    yield from beyond_means(game, proposal.asks)


def _said(game: Game, clauses: Sequence[Clause]) -> Text:
    return join_words(game.session.engine, game.session.names, clauses)


def _cost(game: Game, gives: Sequence[Clause]) -> Text | None:
    """Return what clauses take of the means of the seat every turn; None: nothing."""
    session, number = game.session, game.talk.voice.number
    desk, candidates = session.bargaining.desk(game.seat.id), session.engine.agreements.candidates
    total: dict[tuple[str, str], float] = {}
    for candidate, amount in gives:
        for resource, cost in desk.cost(candidates[candidate], amount).items():
            key = candidates[candidate].actor, resource
            total[key] = total.get(key, 0.0) + cost
    several, parts = len(game.seat.actors) > 1, []
    for (who, what), cost in total.items():
        if cost:
            text = Text("{what} {n} ({who})", "{what} {n} ({who})") if several else Text("{what} {n}", "{what} {n}")
            title = lower(session.names.attribute(what))
            parts.append(text.fill(what=title, n=number(cost), who=session.names.owner(who)))
    return join(parts, ", ") if parts else None


GIFT = Text("You ask for nothing in return.", "No pide nada a cambio.")
_TURNS = (
    Text("for this turn alone", "solo por este turno"),
    Text("from this turn to turn {last}", "desde este turno hasta el turno {last}"),
)
_BINDS = Text("It binds you {turns}: {what}.", "Lo obliga {turns}: {what}.")
_NOTHING_ASKED = Text("It binds you to nothing.", "No lo obliga a nada.")
_COST = Text("It takes of you every turn: {cost}.", "Le cuesta cada turno: {cost}.")
_FREE = Text("It takes none of your means.", "No le cuesta recursos.")
_IN_RETURN = Text("In return: {what}.", "A cambio: {what}.")
_FOR_NOTHING = Text("You receive nothing in return.", "No recibe nada a cambio.")
