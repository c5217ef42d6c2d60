"""The clauses that one may offer another seat: those that can be struck now, and why the rest cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from wargame.engine.promising import Clause, gaps_of_term, short_words, term_words
from wargame.model.agreements import TAKER
from wargame.model.errors import Refusal
from wargame.model.text import Text, counted, join, lower, same
from wargame.session.clauses import Clauses, clauses_between
from wargame.telling.game import Game

_Numbered = Sequence[tuple[int, int]]
"""(number in the list, candidate)."""
_Named = list[tuple[int, int]]


def clause_in_words(game: Game, clause: Clause, *, begins: bool = True) -> Text:
    """Return a clause in words. ``begins``: it stands at the beginning of a sentence."""
    return term_words(game.session.engine, game.session.names, *clause, begins=begins)


def show_clauses(game: Game, seat: str) -> None:
    """Say what can be given to a seat now and asked of it, grouped; then what cannot, by its reasons."""
    clauses = clauses_between(game.session.bargaining, game.seat.id, seat)
    for head, some, first in _sides(clauses):
        open_ = [(first + n, c) for n, (c, why) in enumerate(some.items()) if why is None]
        _head(game, head, seat, len(open_))
        for subject, some_of_it in by_subject(game, open_):
            game.talk.say(_SUBJECT.fill(subject=subject))
            for group in _groups(game, some_of_it):
                _say_group(game, group)
        if not open_:
            game.talk.say(_NOTHING_NOW)
    shut = clauses.refused()
    if shut:
        game.talk.gap()
        game.talk.say(counted(len(shut), *_MORE, seat=seat))
        for head, (_, some, first) in zip((_NOT_GIVE, _NOT_ASK), _sides(clauses), strict=True):
            _say_reasons(game, head, some, first)


def _say_reasons(game: Game, head: Text, some: Mapping[int, Refusal | None], first: int) -> None:
    """Say for each reason some of the clauses that it shuts."""
    by_reason: dict[Text, _Named] = {}
    for n, (candidate, why) in enumerate(some.items()):
        if why is not None:
            by_reason.setdefault(why.message, []).append((first + n, candidate))
    if by_reason:
        game.talk.say(head)
    for reason, numbered in by_reason.items():
        listed: list[Text] = [
            _NUMBERED.fill(n=n, what=lower(short_words(game.session.engine, game.session.names, c, _usual(game, c))))
            for n, c in numbered[:_NAMED]
        ]
        if len(numbered) > _NAMED:
            listed.append(_AND_MORE.fill(n=len(numbered) - _NAMED))
        game.talk.item("×", _REASON.fill(reason=reason, all=join(listed, "; ")))


def show_refused_clauses(game: Game, seat: str) -> None:
    """Say which clauses cannot be struck now, and why."""
    clauses = clauses_between(game.session.bargaining, game.seat.id, seat)
    for head, some, first in _sides(clauses):
        shut = [(first + n, c, why) for n, (c, why) in enumerate(some.items()) if why is not None]
        if shut:
            _head(game, head, seat, len(shut))
        for number, candidate, why in shut:
            game.talk.item(f"{number}.", _title(game, candidate))
            game.talk.say(why.message, len(f"{number}.") + 1)
    if not clauses.refused():
        game.talk.say(Text("Every clause can be struck now.", "Todas las cláusulas pueden acordarse ahora."))


def _sides(clauses: Clauses) -> list[tuple[Text, Mapping[int, Refusal | None], int]]:
    return [(_MAY_GIVE, clauses.gives, 1), (_MAY_ASK, clauses.asks, 1 + len(clauses.gives))]


def _head(game: Game, head: Text, seat: str, n: int) -> None:
    game.talk.head(_COUNTED.fill(head=head.fill(seat=game.session.seat(seat).title), n=n))


def by_subject(game: Game, numbered: _Numbered) -> list[tuple[Text, list[tuple[int, int]]]]:
    """Return numbered clauses under their subjects: those of a subject together, in the order of the first of each."""
    found: dict[Text, list[tuple[int, int]]] = {}
    for number, candidate in numbered:
        subject = game.session.engine.agreements.term_of(candidate).term.subject or _OTHER
        found.setdefault(subject, []).append((number, candidate))
    return sorted(found.items(), key=lambda one: one[0] is _OTHER)


def told_apart(game: Game, candidates: Sequence[int]) -> dict[int, Text]:
    """Return what tells clauses apart that are short for the same: who gives and who receives, else nothing."""
    engine, names = game.session.engine, game.session.names
    short = {c: short_words(engine, names, c, _usual(game, c)) for c in candidates}
    often = Counter(short.values())
    found = {}
    for c, words in short.items():
        known = engine.agreements.candidates[c]
        who = _FROM_WHOM.fill(giver=names.party(known.actor), taker=names.party(known.targets[TAKER]))
        found[c] = who if often[words] > 1 else Text("", "")
    return found


def _groups(game: Game, numbered: _Numbered) -> list[list[tuple[int, int]]]:
    """Return clauses with those together that one actor may give another in several places."""
    found: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for number, candidate in numbered:
        known = game.session.engine.agreements.candidates[candidate]
        found.setdefault((known.actor, known.move, known.targets[TAKER]), []).append((number, candidate))
    return list(found.values())


def _say_group(game: Game, group: _Numbered) -> None:
    number, candidate = group[0]
    if len(group) == 1:
        game.talk.item(f"{number}.", _with_limits(game, candidate, _title(game, candidate)))
        return
    agreements, names, engine = game.session.engine.agreements, game.session.names, game.session.engine
    known = [agreements.candidates[c] for _, c in group]
    differing = [r for r in known[0].targets if len({k.targets[r] for k in known}) > 1]
    ties = game.session.engine.cast.ties
    told_apart = [r for r in differing if known[0].targets[r] not in ties] or differing
    roles = gaps_of_term(engine, names, candidate, hidden=differing)
    title = agreements.term_of(candidate).term.title.fill(**roles, amount=_usual(game, candidate))
    game.talk.item("-", _with_limits(game, candidate, title))
    places = [
        Text("{n} {where}", "{n} {where}").fill(n=n, where=join([names.brief(k.targets[r]) for r in told_apart], ", "))
        for (n, _), k in zip(group, known, strict=True)
    ]
    game.talk.say(join(places, "; "), 2)


def _title(game: Game, candidate: int) -> Text:
    return term_words(game.session.engine, game.session.names, candidate, _usual(game, candidate))


def _usual(game: Game, candidate: int) -> int:
    amount = game.session.engine.agreements.term_of(candidate).term.move.amount
    return amount.default if amount else 1


def _with_limits(game: Game, candidate: int, said: Text) -> Text:
    term = game.session.engine.agreements.term_of(candidate).term
    limits = [_SPAN.fill(low=term.turns[0], high=term.turns[1])]
    if term.move.amount:
        limits.append(_AMOUNT.fill(low=term.move.amount.low, high=term.move.amount.high))
    return Text("{said} ({limits})", "{said} ({limits})").fill(said=said, limits=join(limits, ", "))


_COUNTED = Text("{head}: {n}", "{head}: {n}")
_SUBJECT = Text("{subject}:", "{subject}:")
_FROM_WHOM = Text(" ({giver} → {taker})", " ({giver} → {taker})")
_OTHER = Text("Other matters", "Otros asuntos")
_SPAN = Text("{low}–{high} turns", "{low}–{high} turnos")
_AMOUNT = Text("amount {low}–{high}", "cantidad {low}–{high}")
_MAY_GIVE = Text("What you can give {seat}", "Qué puede {seat:darle|darles} a {seat}")
_MAY_ASK = Text("What you can ask of {seat}", "Qué puede {seat:pedirle|pedirles} a {seat}")
_NOTHING_NOW = Text("Nothing at present.", "Nada por ahora.")
_NAMED = 3
"""How many clauses are named of those that one reason shuts."""
_NOT_GIVE, _NOT_ASK = Text("You cannot give:", "No puede dar:"), Text("You cannot ask:", "No puede pedir:")
_NUMBERED = same("{n} {what}")
_REASON = same("{reason} ({all})")
_AND_MORE = Text("and {n} more", "y {n} más")
_MORE = (
    Text(
        "One more clause cannot be struck now (in full: offer {seat} refused):",
        "Hay una cláusula más que no puede acordarse ahora (completa: ofrecer {seat} rechazadas):",
    ),
    Text(
        "{n} more clauses cannot be struck now (in full: offer {seat} refused):",
        "Hay {n} cláusulas más que no pueden acordarse ahora (completas: ofrecer {seat} rechazadas):",
    ),
)
