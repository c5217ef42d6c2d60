"""Promises in lines: what is promised, what that takes, promises broken and kept, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.model.agreements import Compliance, Settled
from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.session.deals import Promise
from wargame.session.promised import read_settled
from wargame.session.reports import TurnReport
from wargame.telling.bargaining import in_its_own_words, number_in, say_offer
from wargame.telling.clauses import clause_in_words
from wargame.telling.game import Game
from wargame.telling.keeping import say_due


def show_promises(game: Game, words: Sequence[str]) -> None:
    """Say what the seat has promised and been promised, and what that takes this turn."""
    promises = game.session.bargaining.obligations(game.seat.id)
    past = list(past_promises(game))
    if not promises:
        game.talk.say(NONE_IN_FORCE if past else NOTHING_PROMISED)
    for n, promise in enumerate(promises, 1):
        game.talk.item(f"{n}.", promise_in_words(game, promise))
    if past:
        game.talk.say(Text("What became of earlier ones:", "Qué fue de las anteriores:"))
    for line in past:
        game.talk.item("-", line)
    for promise in game.session.bargaining.public(game.seat.id):
        text = Text("Publicly agreed between others: {what}", "Acordado en público entre otros: {what}")
        game.talk.item("-", text.fill(what=clause_in_words(game, (promise.candidate, promise.amount))))
    say_due(game)


def say_waiting(game: Game) -> None:
    """Say what is promised, and which offers wait for an answer, if there is anything of it."""
    bargaining = game.session.bargaining
    if bargaining.obligations(game.seat.id):
        game.talk.head(Text("Promises", "Promesas"))
        show_promises(game, [])
    waiting = [o for o in bargaining.offers(game.seat.id) if o.status == "open" and o.proposal.to == game.seat.id]
    if waiting:
        game.talk.head(
            Text("Offers to you (accept, decline or counter)", "Ofertas para usted (aceptar, declinar o contraofertar)")
        )
    for offered in waiting:
        say_offer(game, offered)


def promise_in_words(game: Game, promise: Promise) -> Text:
    """Return a promise in words: what, until when, how often kept."""
    text = _MINE if promise.mine else _THEIRS
    broken = Text("; you will not keep it this turn", "; este turno no la cumplirá")
    said = broken if promise.mine and game.session.bargaining.is_broken(promise) else Text("", "")
    what = clause_in_words(game, (promise.candidate, promise.amount))
    return text.fill(what=what, until=promise.until, kept=promise.kept, broken=said)


@in_its_own_words
def break_promise(game: Game, words: Sequence[str]) -> None:
    """Say that a promise will not be kept this turn, or only in part: ``break 1 [amount]``."""
    promise = _which(game, words)
    delivered = number_in(words[1], _WHICH_PROMISE) if len(words) > 1 else 0
    game.session.bargaining.break_promise(game.seat.id, promise.deal, promise.candidate, delivered)
    game.talk.say(_BROKEN.fill(what=clause_in_words(game, (promise.candidate, promise.amount), begins=False)))


@in_its_own_words
def keep_promise(game: Game, words: Sequence[str]) -> None:
    """Take back that a promise will not be kept."""
    promise = _which(game, words)
    game.session.bargaining.keep_promise(game.seat.id, promise.deal, promise.candidate)
    text = Text("You will keep it: {what}.", "La cumplirá: {what}.")
    game.talk.say(text.fill(what=clause_in_words(game, (promise.candidate, promise.amount), begins=False)))


def _which(game: Game, words: Sequence[str]) -> Promise:
    promises = game.session.bargaining.obligations(game.seat.id)
    if not promises:
        raise SessionError(_PROMISED_NOTHING)
    number = number_in(words[0] if words else "", _WHICH_PROMISE)
    if not 1 <= number <= len(promises):
        raise SessionError(_WHICH_PROMISE)
    return promises[number - 1]


def show_settled(game: Game, report: TurnReport) -> None:
    """Say what became of the promises of the seat and to the seat, as far as it knows."""
    lines = list(_settled(game, report))
    if lines:
        game.talk.head(Text("What became of promises", "Qué fue de las promesas"))
    for line in lines:
        game.talk.item("-", line)


def past_promises(game: Game) -> Iterator[Text]:
    """Yield what became of each promise by the seat or to it that is no longer in force, as far as it knows."""
    last: dict[tuple[int, int], tuple[int, Text]] = {}
    for report in game.session.reports:
        for one, what in _known(game, report):
            last[one.deal, one.candidate] = report.turn, _line(game, one, what)
    for promise in game.session.bargaining.obligations(game.seat.id):
        last.pop((promise.deal, promise.candidate), None)
    for turn, line in last.values():
        yield Text("turn {n}: {line}", "turno {n}: {line}").fill(n=turn, line=line)


def _settled(game: Game, report: TurnReport) -> Iterator[Text]:
    yield from (_line(game, one, what) for one, what in _known(game, report))


def _line(game: Game, one: Settled, what: Compliance) -> Text:
    text = Text("{what}: {how}", "{what}: {how}")
    return text.fill(what=clause_in_words(game, (one.candidate, one.amount)), how=_how(game, one, what))


def _known(game: Game, report: TurnReport) -> Iterator[tuple[Settled, Compliance]]:
    """Yield the promises of the seat and to it that were due in a turn, with what it knows to have become of each.

    Who was promised something hears that it was not kept, and not whether that is so: a false alarm sounds the same.
    """
    engine = game.session.engine
    for one in read_settled(engine, report.deals) if report.deals else ():
        giver, taker = engine.agreements.sides[one.candidate].tolist()
        what, own = one.compliance, engine.seat_number(game.seat.id)
        if own not in (giver, taker) and not game.session.ended:
            continue
        if own != giver and not game.session.ended:
            what = {Compliance.HIDDEN: Compliance.KEPT, Compliance.FOUND: Compliance.SUSPECTED}.get(what, what)
        yield one, what


def _how(game: Game, one: Settled, what: Compliance) -> Text:
    """Return what became of a promise in words; in part, where the seat knows so."""
    engine = game.session.engine
    giver = int(engine.agreements.sides[one.candidate][0])
    if what is Compliance.SUSPECTED and (giver == engine.seat_number(game.seat.id) or game.session.ended):
        return _FALSE_ALARM_MINE if giver == engine.seat_number(game.seat.id) else _FALSE_ALARM
    partly = what in _IN_PART and 0 < one.delivered < one.amount
    return _IN_PART[what].fill(n=one.delivered, all=one.amount) if partly else _COMPLIANCE[what]


_MINE = Text(
    "{what}: until turn {until}; turns kept so far: {kept}{broken}",
    "{what}: hasta el turno {until}; turnos cumplidos hasta ahora: {kept}{broken}",
)
_THEIRS = Text(
    "{what}: until turn {until}; turns kept so far, as far as you know: {kept}{broken}",
    "{what}: hasta el turno {until}; turnos cumplidos hasta ahora, que usted sepa: {kept}{broken}",
)
_FALSE_ALARM_MINE = Text(
    "kept, yet it is said that you did not keep it; the deal is over",
    "cumplida, aunque se dice que usted no la cumplió; el trato se acaba",
)
_FALSE_ALARM = Text(
    "kept, yet reported broken; the deal was over", "cumplida, aunque dada por incumplida; el trato se acabó"
)
_COMPLIANCE = {
    Compliance.KEPT: Text("kept", "cumplida"),
    Compliance.SUSPECTED: Text(
        "said not to have been kept, which may be false; the deal is over",
        "se dice que no se cumplió, lo que puede ser falso; el trato se acaba",
    ),
    Compliance.HIDDEN: Text("not kept; nobody noticed", "no cumplida; nadie lo notó"),
    Compliance.FOUND: Text("not kept, and found out; the deal is over", "no cumplida, y se supo; el trato se acaba"),
    Compliance.LAPSED: Text("void: one side is no longer there", "sin efecto: una de las partes ya no está"),
}
NOTHING_PROMISED = Text("Nothing is promised by you or to you.", "Usted no ha prometido nada ni le han prometido.")
NONE_IN_FORCE = Text(
    "No promise by you or to you is in force now.", "Ahora no rige ninguna promesa suya ni hecha a usted."
)
_IN_PART = {
    Compliance.HIDDEN: Text(
        "kept in part ({n} of {all}); nobody noticed", "cumplida en parte ({n} de {all}); nadie lo notó"
    ),
    Compliance.FOUND: Text(
        "kept in part ({n} of {all}), and found out; the deal is over",
        "cumplida en parte ({n} de {all}), y se supo; el trato se acaba",
    ),
}
"""The same where something of it was given."""
_PROMISED_NOTHING = Text("You have promised nothing that is still due.", "No tiene ninguna promesa pendiente.")
_WHICH_PROMISE = Text(
    "Say which promise, by its number (see: promises).", "Diga qué promesa, por su número (vea: promesas)."
)
_BROKEN = Text(
    "You will not keep it this turn: {what}. Nobody is told unless it is found out.",
    "Este turno no la cumplirá: {what}. No se le avisa a nadie, salvo que se sepa.",
)
