"""What promises take of the seat's means this turn, and which of them what it has ordered or voted would break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.engine.promising import Clause
from wargame.model.text import Text, join, lower
from wargame.session.deals import Promise
from wargame.session.keeping import Keeping
from wargame.telling.clauses import clause_in_words
from wargame.telling.game import Game


def due_in_words(game: Game) -> Text | None:
    """Return what promises take of the seat's means this turn; None: nothing."""
    due, voice, names = game.session.bargaining.due(game.seat.id), game.talk.voice, game.session.names
    several = len(game.seat.actors) > 1
    parts = []
    for (who, what), amount in due.items():
        if amount:
            text = Text("{what} {n} ({who})", "{what} {n} ({who})") if several else Text("{what} {n}", "{what} {n}")
            parts.append(text.fill(what=lower(names.attribute(what)), n=voice.number(amount), who=names.owner(who)))
    return _DUE.fill(what=join(parts, ", ")) if parts else None


def say_due(game: Game) -> None:
    """Say what promises take of the seat's means this turn."""
    said = due_in_words(game)
    if said is not None:
        game.talk.say(said)


def at_risk(game: Game) -> Iterator[Text]:
    """Yield why promises that are due cannot be kept after the orders filed so far."""
    keeping, names, number = Keeping(game.session, game.seat.id), game.session.names, game.talk.voice.number
    for one in keeping.short():
        yield _SHORT.fill(
            who=names.owner(one.actor), what=lower(names.attribute(one.resource)), due=number(one.due),
            left=number(one.left),
        )  # fmt: skip
    for promise, order in keeping.crossed():
        move = game.session.scenario.ruleset.moves[game.session.engine.candidates[order.candidate].move]
        yield _CROSSED.fill(move=move.title, promise=_said(game, promise))


def beyond_means(game: Game, gives: Sequence[Clause]) -> Iterator[Text]:
    """Yield what some clauses, if one gave them, would take from the first turn on beyond what filed orders leave."""
    bargaining, number = game.session.bargaining, game.talk.voice.number
    desk, candidates = bargaining.desk(game.seat.id), game.session.engine.agreements.candidates
    wanted = dict(bargaining.due(game.seat.id))
    for candidate, amount in gives:
        for resource, cost in desk.cost(candidates[candidate], amount).items():
            key = candidates[candidate].actor, resource
            wanted[key] = wanted.get(key, 0.0) + cost
    left = game.session.desk(game.seat.id).left(game.session.filed[game.seat.id])
    for (actor, resource), due in wanted.items():
        held = max(left.get((actor, resource), 0.0), 0.0)
        if due > held + _ROUNDING:
            what = lower(game.session.names.attribute(resource))
            yield _BEYOND.fill(what=what, due=number(due), left=number(held))


def say_beyond_means(game: Game, gives: Sequence[Clause]) -> None:
    """Warn of clauses that could not be kept this turn with what filed orders leave."""
    for warning in beyond_means(game, gives):
        game.talk.say(warning)


def say_at_risk(game: Game) -> None:
    """Warn of promises that cannot be kept after the orders filed so far."""
    for warning in at_risk(game):
        game.talk.say(warning)


def vote_at_risk(game: Game, ballot: str, vote: int) -> Text | None:
    """Return a warning if a vote is not the one that was promised."""
    promise = Keeping(game.session, game.seat.id).against(ballot, vote)
    return _VOTE.fill(promise=_said(game, promise)) if promise is not None else None


def say_vote_at_risk(game: Game, ballot: str, vote: int) -> None:
    """Warn if a vote is not the one that was promised."""
    warning = vote_at_risk(game, ballot, vote)
    if warning is not None:
        game.talk.say(warning)


def votes_at_risk(game: Game) -> Iterator[Text]:
    """Yield a warning for every vote cast so far that is not the one that was promised."""
    for paper in game.session.voting.papers(game.seat.id):
        warning = vote_at_risk(game, paper.ballot, paper.vote) if paper.vote is not None else None
        if warning is not None:
            yield warning


def say_votes_at_risk(game: Game) -> None:
    """Warn of votes cast so far that are not those promised."""
    for warning in votes_at_risk(game):
        game.talk.say(warning)


def _said(game: Game, promise: Promise) -> Text:
    return clause_in_words(game, (promise.candidate, promise.amount))


_ROUNDING = 1e-9
_BEYOND = Text(
    "Beware: with this you would have promised {what} {due} a turn, and your orders leave {left} in this one.",
    "Cuidado: con esto habría prometido {what} {due} por turno, y sus órdenes dejan {left} en este.",
)
_DUE = Text("Promised this turn: {what}.", "Prometido para este turno: {what}.")
_SHORT = Text(
    "Beware: {who} has promised {what} {due} for this turn, and your orders leave {left}. "
    "That promise will be broken unless you withdraw an order.",
    "Cuidado: {who} prometió {what} {due} para este turno y sus órdenes dejan {left}. "
    "Esa promesa quedará incumplida si no retira alguna orden.",
)
_CROSSED = Text(
    "Beware: the order '{move}' breaks a promise of yours: {promise}.",
    "Cuidado: la orden «{move}» incumple una promesa suya: {promise}.",
)
_VOTE = Text(
    "Beware: that is not the vote you promised: {promise}.",
    "Cuidado: ese no es el voto que usted prometió: {promise}.",
)
