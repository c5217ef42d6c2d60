"""Bargaining in lines: offers made and answered, promises kept or broken, and words between seats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeAlias

from wargame.engine.promising import Clause, join_words
from wargame.model.errors import RefusedOrder, SessionError
from wargame.model.text import Text, join, same
from wargame.session.deals import STATUSES, Offered, Proposal
from wargame.telling.clauses import show_clauses, show_refused_clauses
from wargame.telling.consent import GIFT, is_gift, what_binds
from wargame.telling.game import Game
from wargame.telling.keeping import say_beyond_means
from wargame.telling.typed import matching, one_of, plain

Run: TypeAlias = Callable[[Game, Sequence[str]], None]
_GIVE = ("give", "dar", "doy")
_ASK = ("ask", "pedir", "pido")
_FOR = ("for", "por")
_BECAUSE = ("because", "porque")
_REFUSED = (["refused"], ["rechazadas"])


def in_its_own_words(run: Run) -> Run:
    """Let a refusal stand alone: what is refused here is not an order."""

    @wraps(run)
    def told(game: Game, words: Sequence[str]) -> None:
        try:
            run(game, words)
        except RefusedOrder as error:
            raise SessionError(error.message) from error

    return told


# ── offers ───────────────────────────────────────────────────────────────────────────────────────────────────


def show_offers(game: Game, words: Sequence[str]) -> None:
    """Say the offers of this turn, made and received."""
    offers = game.session.bargaining.offers(game.seat.id)
    if not offers:
        game.talk.say(Text("There are no offers this turn (see: offer).", "No hay ofertas este turno (vea: ofrecer)."))
    for offered in offers:
        say_offer(game, offered)


def say_offer(game: Game, offered: Offered, *, status: bool = True) -> None:
    """Say one offer: with whom, what each side would give, and what was said; ``status``: also how it stands."""
    proposal, seat = offered.proposal, game.session.seat
    mine = proposal.seat == game.seat.id
    text = _TO if mine else _FROM
    other = seat(proposal.to if mine else proposal.seat).title
    gives, asks = (proposal.gives, proposal.asks) if mine else (proposal.asks, proposal.gives)
    head = text.fill(seat=other, turns=_turns(proposal.turns))
    head = _WITH_STATUS.fill(head=head, status=STATUSES[offered.status]) if status else head
    game.talk.item(f"{offered.number}.", head)
    game.talk.item("-", _YOU_GIVE.fill(what=_clauses(game, gives)), 3)
    game.talk.item("-", _YOU_GET.fill(what=_clauses(game, asks)), 3)
    for who, said in ((proposal.seat, proposal.words), (proposal.to, offered.answer)):
        if said.en:
            game.talk.item("-", _SAYS.fill(seat=seat(who).title, what=said), 3)


def _clauses(game: Game, clauses: Sequence[Clause]) -> Text:
    return join_words(game.session.engine, game.session.names, clauses) if clauses else Text("nothing", "nada")


def _turns(n: int) -> Text:
    return Text("1 turn", "1 turno") if n == 1 else Text("{n} turns", "{n} turnos").fill(n=n)


@in_its_own_words
def make_offer(game: Game, words: Sequence[str]) -> None:
    """Make an offer: ``offer 2 give 1=3 ask 4 for 2 because …``; what is left out is asked."""
    partners = list(game.session.bargaining.partners(game.seat.id))
    if not partners:
        raise SessionError(_NOBODY)
    if not words:
        _list_seats(game, partners)
    typed = words[0] if words else _ask(game, Text("To whom? (number)", "¿A quién? (número)"))
    seat = _partner(game, partners, typed)
    if [plain(word) for word in words[1:]] in _REFUSED:
        show_refused_clauses(game, seat)
        return
    parts = _parts(words[1:])
    gives, asks = game.session.bargaining.partners(game.seat.id)[seat]
    if not parts:
        show_clauses(game, seat)
        if words:
            game.talk.say(_HOW)
            return
        parts = {"give": _ask(game, _GIVE_WHAT), "ask": _ask(game, _ASK_WHAT), "for": _ask(game, _HOW_LONG) or "1"}
    given, asked = _read(game, parts.get("give", ""), gives, 0), _read(game, parts.get("ask", ""), asks, len(gives))
    turns = number_in(parts.get("for", "1"), _HOW_LONG)
    say_beyond_means(game, given)
    if not _is_meant(game, Proposal(game.seat.id, seat, tuple(given), tuple(asked), turns)):
        return
    offered = game.session.bargaining.offer(game.seat.id, seat, given, asked, turns, parts.get("because", ""))
    _say_answer(game, offered)


def _is_meant(game: Game, made: Proposal) -> bool:
    """Warn of an offer that asks for nothing in return, and say whether it is to be sent."""
    if not is_gift(made.gives, made.asks) or game.session.bargaining.refuse_offer(made) is not None:
        return True
    game.talk.say(GIFT)
    sent = game.talk.confirm(Text("Send it? (yes)", "¿La envía? (sí)"))
    if not sent:
        game.talk.say(Text("Not sent.", "No se envió."))
    return sent


def _say_answer(game: Game, offered: Offered) -> None:
    for one in game.session.bargaining.offers(game.seat.id):
        if one.number == offered.number or one.reply_to == offered.number:
            say_offer(game, one)
    if offered.status == "open":
        game.talk.say(Text("Nobody has answered it yet.", "Todavía nadie la ha respondido."))


def _list_seats(game: Game, partners: Sequence[str]) -> None:
    game.talk.head(Text("With whom you can bargain", "Con quiénes puede negociar"))
    for n, seat in enumerate(partners, 1):
        game.talk.item(f"{n}.", game.session.seat(seat).title)


def _ask(game: Game, question: Text) -> str:
    return game.talk.ask(f"{game.talk.of(question)} >") or ""


def _partner(game: Game, partners: Sequence[str], typed: str) -> str:
    if typed.isdecimal() and 1 <= int(typed[:6]) <= len(partners):
        return partners[int(typed) - 1]
    titles = {i: game.session.seat(seat).title for i, seat in enumerate(partners)}
    found = matching(typed, {i: (partners[i], t.en, t.es) for i, t in titles.items()})
    return partners[one_of(typed, found, titles, _NO_PARTNER)]


def _parts(words: Sequence[str]) -> dict[str, str]:
    """Return what stands after give, ask, for and because."""
    found: dict[str, list[str]] = {}
    part = ""
    for word in words:
        names = {"give": _GIVE, "ask": _ASK, "for": _FOR, "because": _BECAUSE}
        new = next((name for name, some in names.items() if plain(word) in some and part != "because"), "")
        if new:
            part = new
            found.setdefault(part, [])
        elif part:
            found[part].append(word)
        else:
            raise SessionError(_HOW)
    return {name: " ".join(some) for name, some in found.items()}


def _read(game: Game, typed: str, candidates: Sequence[int], first: int) -> list[Clause]:
    """Return clauses from ``1=3, 4``: numbers of the list, with amounts."""
    found = []
    for word in typed.replace(",", " ").split():
        number, _, amount = word.partition("=")
        at = number_in(number, _HOW) - 1 - first
        if not 0 <= at < len(candidates):
            text = Text("There is no clause number {n} on that side.", "No hay una cláusula número {n} de ese lado.")
            raise SessionError(text.fill(n=number))
        limits = game.session.engine.agreements.term_of(candidates[at]).term.move.amount
        found.append((candidates[at], number_in(amount, _HOW) if amount else limits.default if limits else 1))
    return found


def number_in(typed: str, what: Text) -> int:
    """Return the number that was typed first; raises SessionError, which asks ``what`` is to be said."""
    digits = "".join(typed.split()[:1])
    if not digits.isdecimal() or len(digits) > 6:
        raise SessionError(what)
    return int(digits)


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────


@in_its_own_words
def accept(game: Game, words: Sequence[str]) -> None:
    """Accept an offer."""
    _answer(game, words, "accept")


@in_its_own_words
def decline(game: Game, words: Sequence[str]) -> None:
    """Decline an offer."""
    _answer(game, words, "decline")


def _answer(game: Game, words: Sequence[str], verdict: str) -> None:
    number, text = number_in(words[0] if words else "", _WHICH_OFFER), " ".join(words[1:])
    bargaining = game.session.bargaining
    if verdict == "accept":
        waiting = next((o for o in bargaining.offers(game.seat.id) if o.number == number), None)
        if waiting is not None and bargaining.refuse_accepting(game.seat.id, waiting) is None:
            for said in what_binds(game, waiting):
                game.talk.say(said)
            if not game.talk.confirm(Text("Accept it? (yes)", "¿La acepta? (sí)")):
                game.talk.say(Text("Not accepted; the offer stays open.", "No se aceptó; la oferta sigue abierta."))
                return
        offered = bargaining.answer(game.seat.id, number, "accept", text=text)
    else:
        offered = bargaining.answer(game.seat.id, number, "decline", text=text)
    say_offer(game, offered)


@in_its_own_words
def counter(game: Game, words: Sequence[str]) -> None:
    """Answer an offer with another: ``counter 1 give … ask … for …``."""
    number, parts = number_in(words[0] if words else "", _WHICH_OFFER), _parts(words[1:])
    offers = {o.number: o for o in game.session.bargaining.offers(game.seat.id)}
    if number not in offers:
        raise SessionError(_WHICH_OFFER)
    asked = offers[number].proposal
    if asked.seat == game.seat.id:
        raise SessionError(_OWN_OFFER.fill(n=number))
    if not parts:
        show_clauses(game, asked.seat)
        game.talk.say(_HOW_COUNTER)
        game.talk.say(CLOSES.fill(n=number))
        return
    gives, asks = game.session.bargaining.partners(game.seat.id).get(asked.seat, ([], []))
    given = _read(game, parts["give"], gives, 0) if "give" in parts else asked.asks
    wanted = _read(game, parts["ask"], asks, len(gives)) if "ask" in parts else asked.gives
    turns = number_in(parts["for"], _HOW_LONG) if "for" in parts else asked.turns
    say_beyond_means(game, given)
    if not _is_meant(game, Proposal(game.seat.id, asked.seat, tuple(given), tuple(wanted), turns)):
        return
    offered = game.session.bargaining.answer(
        game.seat.id, number, "counter", gives=given, asks=wanted, turns=turns, text=parts.get("because", "")
    )
    _say_answer(game, offered)
    game.talk.say(CLOSED.fill(n=number))


@in_its_own_words
def retract(game: Game, words: Sequence[str]) -> None:
    """Take back an offer that nobody has answered."""
    number = number_in(words[0] if words else "", _WHICH_OFFER)
    game.session.bargaining.withdraw_offer(game.seat.id, number)
    game.talk.say(Text("Offer {n} is taken back.", "La oferta {n} queda retirada.").fill(n=number))


# ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────


def say(game: Game, words: Sequence[str]) -> None:
    """Say something to another seat: ``say SEAT text``."""
    others = [s.id for s in game.session.scenario.seats if s.id != game.seat.id]
    if len(words) < 2:
        game.talk.head(Text("To whom you can speak", "A quién puede hablarle"))
        for n, seat in enumerate(others, 1):
            game.talk.item(
                f"{n}.", Text("{title} ({id})", "{title} ({id})").fill(title=game.session.seat(seat).title, id=seat)
            )
        raise SessionError(
            Text("Say to whom and what, for example: say 1 TEXT.", "Diga a quién y qué; por ejemplo: decir 1 TEXTO.")
        )
    seat = _partner(game, others, words[0])
    answers = game.session.bargaining.say(game.seat.id, [seat], " ".join(words[1:]))
    if not answers:
        game.talk.say(Text("Said.", "Dicho."))
    for message in answers:
        game.talk.item("-", _SAYS.fill(seat=game.session.seat(message.seat).title, what=message.words))


def show_messages(game: Game, words: Sequence[str]) -> None:
    """Say what was said by and to the seat."""
    messages = game.session.bargaining.messages(game.seat.id)
    if not messages:
        game.talk.say(Text("Nothing has been said.", "No se ha dicho nada."))
    for message in messages:
        who = game.session.seat(message.seat).title
        whom = join([game.session.seat(to).title for to in message.to], ", ")
        label = game.talk.of(Text("Turn {n}:", "Turno {n}:").fill(n=message.turn))
        game.talk.item(label, Text("{who} to {whom}: {what}", "{who} a {whom}: {what}").fill(
            who=who, whom=whom, what=message.words))  # fmt: skip


_TO = Text("To {seat}, for {turns}", "A {seat}, por {turns}")
_FROM = Text("From {seat}, for {turns}", "De {seat}, por {turns}")
_WITH_STATUS = same("{head}: {status}")
_YOU_GIVE = Text("you give: {what}", "usted da: {what}")
_YOU_GET = Text("you receive: {what}", "usted recibe: {what}")
_SAYS = Text("{seat}: “{what}”", "{seat}: «{what}»")
_GIVE_WHAT = Text(
    "What do you give? (numbers, 1=3 for amount 3; Enter: nothing)",
    "¿Qué da? (números; 1=3 es cantidad 3; Intro: nada)",
)
_ASK_WHAT = Text("What do you ask? (numbers; Enter: nothing)", "¿Qué pide? (números; Intro: nada)")
_HOW_LONG = Text("For how many turns?", "¿Por cuántos turnos?")
_NOBODY = Text("In this scenario nobody can promise you anything.", "En este escenario nadie puede prometerle nada.")
_NO_PARTNER = Text("There is no seat '{typed}'{hint}", "No existe el puesto «{typed}»{hint}")
_HOW = Text(
    "Say it like this: offer 2 give 1=3 ask 4 for 2 (numbers of the clauses; 1=3: the first, amount 3).",
    "Dígalo así: ofrecer 2 dar 1=3 pedir 4 por 2 (números de las cláusulas; 1=3: la primera, cantidad 3).",
)
_HOW_COUNTER = Text(
    "Say it like this: counter 1 give 2 ask 4=3 for 2; what you leave out stays as it was offered.",
    "Dígalo así: contraofertar 1 dar 2 pedir 4=3 por 2; lo que omita queda como se ofreció.",
)
CLOSES = Text(
    "Countering closes offer {n}: whatever is answered, it can no longer be accepted.",
    "Contraofertar cierra la oferta {n}: responda lo que responda la otra parte, ya no se podrá aceptar.",
)
CLOSED = Text(
    "Your counter-offer has closed offer {n}; it can no longer be accepted.",
    "Su contraoferta cerró la oferta {n}; ya no se puede aceptar.",
)
_OWN_OFFER = Text(
    "Offer {n} is your own. To say it otherwise, make a new one: offer.",
    "La oferta {n} es suya. Para decirla de otro modo, haga una nueva: ofrecer.",
)
_WHICH_OFFER = Text("Say which offer, by its number (see: offers).", "Diga qué oferta, por su número (vea: ofertas).")
