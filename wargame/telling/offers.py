"""What a seat may order and what not, and what an order would do by the seat's own estimates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wargame.engine.naming import NOT_IN_PLAY
from wargame.engine.options import Option
from wargame.model.orders import Candidate
from wargame.model.text import Text, counted, join, lower
from wargame.session.assembly import Assembly
from wargame.session.prospects import Prospect, prospects, scaling
from wargame.telling.attendance import obstacles, tabled_by
from wargame.telling.game import Game, is_active
from wargame.telling.keeping import say_due
from wargame.telling.menu import Offer, Place, UnknownMove
from wargame.telling.programmes import comes_too_late, warnings

# ── listing ──────────────────────────────────────────────────────────────────────────────────────────────────


def show_orders(game: Game, words: Sequence[str]) -> None:
    """Say which moves are open (no words), or everything about one move or one of its places."""
    game.session.seat(game.seat.id)
    if words:
        try:
            offer, place, rest = game.menu.read(words)
        except UnknownMove:
            several = game.menu.named(" ".join(words))
            if not several:
                raise
            _say_several(game, several)
            return
        if rest:
            place = game.menu.place(offer, " ".join(rest))
        show_offer(game, offer, place if len(offer.places) == 1 or place is not None else None)
        return
    options = _options(game)
    game.talk.head(Text("What you may order", "Lo que puede ordenar"))
    say_budget(game)
    told = ""
    for group in game.menu.groups:
        listed = [(offer, some) for offer in group.offers if (some := _open_places(offer, options))]
        if not listed:
            continue
        if len(game.seat.actors) > 1 and group.actor != told:
            told = group.actor
            game.talk.say(f"{game.talk.of(game.session.names.owner(told))}:")
        if len(game.menu.groups) > 1:
            game.talk.say(_GROUP.fill(what=group.title, n=len(listed), all=len(group.offers)))
        for offer, some in listed:
            game.talk.item(f"{offer.number}.", _summary(game, offer, some, options))
    game.talk.gap()
    game.talk.say(_HOW_TO_ORDER)


def _open_places(offer: Offer, options: Mapping[int, Option]) -> list[Place]:
    return [place for place in offer.places if options[place.candidate.id].refusal is None]


def _say_several(game: Game, several: Sequence[Offer]) -> None:
    """Say which moves some words fit, open or not."""
    options = _options(game)
    game.talk.head(Text("Moves of that name", "Acciones con ese nombre"))
    for offer in several:
        some = _open_places(offer, options)
        said = _summary(game, offer, some, options) if some else game.talk.of(_CLOSED.fill(move=offer.title))
        game.talk.item(f"{offer.number}.", said)


_GROUP = Text("{what} ({n} of {all} open)", "{what} ({n} de {all} posibles)")
_CLOSED = Text("{move}; refused now", "{move}; rechazada por ahora")


def show_refused(game: Game, words: Sequence[str]) -> None:
    """Say what may not be ordered now, and why: all moves, or the places of one."""
    options = _options(game)
    if words:
        offer, _, _ = game.menu.read(words)
        _say_refused(game, offer, offer.places, options)
        return
    game.talk.head(Text("What you may not order now", "Lo que no puede ordenar ahora"))
    refused = {
        offer.number: [place for place in offer.places if options[place.candidate.id].refusal is not None]
        for offer in game.menu.offers
        if is_active(game, offer.actor)
    }
    for offer in game.menu.offers:
        if refused.get(offer.number):
            _say_refused(game, offer, refused[offer.number], options)
    for actor in game.seat.actors:
        if not is_active(game, actor):
            game.talk.say(NOT_IN_PLAY.fill(who=game.session.names.owner(actor)))
    if not any(refused.values()):
        game.talk.say(Text("Nothing is refused.", "No hay nada rechazado."))


def _options(game: Game) -> Mapping[int, Option]:
    return {option.candidate.id: option for option in game.session.options(game.seat.id)}


def say_budget(game: Game) -> None:
    """Say how many orders are filed, and what is left to pay for more."""
    filed = len(game.session.filed[game.seat.id])
    game.talk.say(counted(game.seat.orders, *_FILED, filed=filed, means=means_left(game)))
    say_due(game)


_FILED = (
    Text("{filed} of {n} order filed. Left: {means}.", "{filed} de {n} orden presentada. Quedan: {means}."),
    Text("{filed} of {n} orders filed. Left: {means}.", "{filed} de {n} órdenes presentadas. Quedan: {means}."),
)


def means_left(game: Game, after: int = 0) -> Text:
    """Return what the actors of the seat have left after the filed orders, also what has run out that moves cost.

    The first ones may be left out, where they are told elsewhere.
    """
    desk = game.session.desk(game.seat.id)
    left = desk.left(game.session.filed[game.seat.id])
    several = len({actor for actor, _ in left}) > 1
    parts = []
    for actor in (actor for actor in game.seat.actors[after:] if is_active(game, actor)):
        spent = {r for offer in game.menu.offers if offer.actor == actor for r in offer.move.cost}
        shown = {r: left[actor, r] for r in desk.resources(actor) if left[actor, r] or r in spent}
        listed = _all_in_words(game, shown)
        text = Text("{actor}: {all}", "{actor}: {all}").fill(actor=game.session.names.owner(actor), all=listed)
        parts.append(text if several else listed)
    return join(parts, "; ")


def costs_in_words(game: Game, costs: Mapping[str, float]) -> Text:
    """Return ``treasury 1.2, forces 0.5``."""
    number = game.talk.voice.number
    listed = [
        Text("{what} {n}", "{what} {n}").fill(what=lower(game.session.names.attribute(r)), n=number(cost))
        for r, cost in costs.items()
        if cost
    ]
    return join(listed, ", ") if listed else Text("nothing", "nada")


def _all_in_words(game: Game, means: Mapping[str, float]) -> Text:
    """Return ``treasury 1.2, forces 0``."""
    number, name = game.talk.voice.number, game.session.names.attribute
    text = Text("{what} {n}", "{what} {n}")
    listed = [text.fill(what=lower(name(r)), n=number(value)) for r, value in means.items()]
    return join(listed, ", ") if listed else Text("nothing", "nada")


def _summary(game: Game, offer: Offer, places: Sequence[Place], options: Mapping[int, Option]) -> str:
    """Return one line about a move: its title, places, cost and odds."""
    talk = game.talk
    chosen = [options[place.candidate.id] for place in places]
    parts = [talk.of(offer.move.title)]
    if len(offer.places) > 1:
        text = Text("{n} of {all} places", "{n} de {all} lugares")
        parts.append(talk.of(text.fill(n=len(places), all=len(offer.places))))
    parts.append(talk.of(Text("cost: {cost}", "costo: {cost}").fill(cost=costs_in_words(game, chosen[0].cost))))
    parts.append(odds_in_words(game, [option.odds for option in chosen]))
    late = comes_too_late(game.session, offer.move)
    return "; ".join(parts if late is None else [*parts, talk.of(late)])


def odds_in_words(game: Game, odds: Iterable[float | None]) -> str:
    """Return the range of some odds; an order without odds is sure."""
    known = [o for o in odds if o is not None]
    if not known:
        return game.talk.of(Text("sure", "segura"))
    low, high = (game.talk.voice.percent(o, 0) for o in (min(known), max(known)))
    shown = low if low == high else game.talk.of(Text("{a} to {b}", "{a} a {b}").fill(a=low, b=high))
    return game.talk.of(Text("odds {odds}", "probabilidad {odds}").fill(odds=shown))


def _say_refused(game: Game, offer: Offer, places: Sequence[Place], options: Mapping[int, Option]) -> None:
    """Say why places of a move are refused, those with the same reason together."""
    by_reason = _by_reason(places, options)
    if not by_reason:
        text = Text("'{move}' may be ordered in all its places.", "«{move}» puede ordenarse en todos sus lugares.")
        game.talk.say(text.fill(move=offer.title))
    elif len(by_reason) == 1 and len(next(iter(by_reason.values()))) == len(offer.places):
        game.talk.item(f"{offer.number}.", f"{game.talk.of(offer.title)}: {game.talk.of(next(iter(by_reason)))}")
    else:
        game.talk.item(f"{offer.number}.", offer.title)
        for reason, some in by_reason.items():
            game.talk.say(f"{game.talk.of(reason)} ({_named(game, some)})", len(str(offer.number)) + 2)


def _by_reason(places: Iterable[Place], options: Mapping[int, Option]) -> dict[Text, list[Place]]:
    found: dict[Text, list[Place]] = {}
    for place in places:
        refusal = options[place.candidate.id].refusal
        if refusal is not None:
            found.setdefault(refusal.message, []).append(place)
    return found


def _named(game: Game, places: Iterable[Place]) -> str:
    return "; ".join(f"{place.number} {game.talk.of(place.title)}".strip() for place in places)


# ── one move ─────────────────────────────────────────────────────────────────────────────────────────────────


def show_offer(game: Game, offer: Offer, place: Place | None) -> None:
    """Say everything about a move, or about one of its places and what an order there would do."""
    talk, move = game.talk, offer.move
    talk.head(f"{offer.number}. {talk.of(offer.title)}")
    if move.text is not None:
        talk.say(move.text)
    for line in remarks_on(offer):
        talk.say(line)
    options = _options(game)
    shown = offer.places if place is None else (place,)
    for one in shown:
        if options[one.candidate.id].refusal is None:
            _say_place(game, one, options[one.candidate.id])
    _say_closed(game, shown, options)
    if place is not None:
        say_prospects(game, place)
    example = place if place is not None else next((p for p in shown if options[p.candidate.id].refusal is None), None)
    if example is not None and options[example.candidate.id].refusal is None:
        _say_how(game, offer, example, detailed=place is not None)


def remarks_on(offer: Offer) -> Iterable[Text]:
    """Yield what is to be known of a move before it is ordered: amounts, covert or not, when it can be repeated."""
    move = offer.move
    if move.amount is not None:
        text = Text("{what}: {low} to {high}, usually {usual}.", "{what}: de {low} a {high}; lo habitual es {usual}.")
        amount = move.amount
        yield text.fill(what=amount.title, low=amount.low, high=amount.high, usual=amount.default)
    if move.covert is not None:
        yield Text(
            "Covert: others learn of it only if it is exposed.", "Encubierta: los demás solo se enteran si se descubre."
        )
    if move.once:
        yield Text("Only once in a session.", "Solo una vez por sesión.")
    elif move.cooldown:
        text = Text("It can be repeated after {n}.", "Se puede repetir después de {n}.")
        yield text.fill(n=_turns(move.cooldown))


def _turns(n: int) -> Text:
    return counted(n, Text("{n} turn", "{n} turno"), Text("{n} turns", "{n} turnos"))


def _say_place(game: Game, place: Place, option: Option) -> None:
    talk = game.talk
    said = f"{talk.of(place.title)}: " if place.title.en else ""
    cost = talk.of(Text("cost: {cost}", "costo: {cost}").fill(cost=costs_in_words(game, option.cost)))
    talk.item(place.number, f"{said}{cost}; {odds_in_words(game, [option.odds])}", 2)


def _say_closed(game: Game, places: Sequence[Place], options: Mapping[int, Option]) -> None:
    """Say which places are refused, those with the same reason together."""
    for reason, some in _by_reason(places, options).items():
        said = game.talk.of(Text("Not now: {why}", "Ahora no: {why}").fill(why=reason))
        game.talk.say(f"{said} ({_named(game, some)})", 2)


def _say_obstacles(game: Game, place: Place) -> None:
    """Say why the text that an order puts on an agenda would fail there all the same."""
    assembly = Assembly(game.session, game.seat.id)
    text = tabled_by(assembly, place.candidate.move, place.candidate.targets)
    for said in obstacles(assembly, text) if text is not None else ():
        game.talk.say(said, 2)


def say_prospects(game: Game, place: Place, amount: int | None = None) -> None:
    """Say what the order would do, by the seat's own estimates."""
    if amount is None:
        amount = game.session.desk(game.seat.id).default_amount(place.candidate)
    _say_obstacles(game, place)
    say_too_late(game, place.candidate)
    found = prospects(game.scene.reasons, place.candidate, amount)
    for case, title in _CASES.items():
        effects = [p for p in found if p.case == case and p.programme is None]
        if effects:
            game.talk.say(f"{game.talk.of(title)}: {_in_words(game, effects)}.", 2)
    for programme in dict.fromkeys(p.programme for p in found if p.programme is not None):
        effects = [p for p in found if p.programme is programme]
        when = Text("after {n}", "después de {n}").fill(n=_turns(programme.after))
        if programme.after == 1:
            when = Text("from the next turn on", "desde el próximo turno")
        text = Text("{title}, {when}, for {m}, each turn", "{title}, {when}, durante {m}, en cada uno")
        head = text.fill(title=programme.title, when=when, m=_turns(programme.length))
        game.talk.say(f"{game.talk.of(head)}: {_in_words(game, effects)}.", 2)
    counted_in = scaling(game.scene.reasons, place.candidate, amount)
    if counted_in:
        said = [f"× {game.talk.voice.number(size, 3)} ({game.talk.of(title)})" for title, size in counted_in]
        game.talk.say(Text("Counted in: {all}.", "Ya contado: {all}.").fill(all="; ".join(said)), 2)


def say_too_late(game: Game, candidate: Candidate) -> None:
    """Warn of what an order of this turn sets going for which there is no time before the end."""
    for warning in warnings(game.session, game.session.scenario.ruleset.moves[candidate.move]):
        game.talk.say(warning, 2)


def _in_words(game: Game, effects: Iterable[Prospect]) -> str:
    by_chance = game.talk.of(Text("by chance", "según el azar"))
    amount = game.scene.amount
    return game.scene.by_owner((p.row, by_chance if p.by_chance else amount(p.row, p.amount)) for p in effects)


def _say_how(game: Game, offer: Offer, place: Place, *, detailed: bool) -> None:
    amount = f" {offer.move.amount.high}" if offer.move.amount is not None else ""
    text = Text("To order it: file {n}", "Para ordenarla: presentar {n}").fill(n=place.number)
    if amount:
        more = Text(
            "{text}, or with another amount: file {n}{amount}", "{text}, o con otra cantidad: presentar {n}{amount}"
        )
        text = more.fill(text=text, n=place.number, amount=amount)
    if not detailed:
        more = Text("{text}. What it would do: orders {n}", "{text}. Qué haría: órdenes {n}")
        text = more.fill(text=text, n=place.number)
    game.talk.gap()
    game.talk.say(text)


_CASES = {
    "always": Text("In any case", "En cualquier caso"),
    "success": Text("If it succeeds", "Si resulta"),
    "failure": Text("If it fails", "Si fracasa"),
    "exposed": Text("If it is exposed", "Si se descubre"),
}


_HOW_TO_ORDER = Text(
    "More about a move and its places: its number (4) or a place (4.2). To order: file 4.2. "
    "What is refused and why: refused.",
    "Más sobre una acción y sus lugares: su número (4) o un lugar (4.2). Para ordenar: presentar 4.2. "
    "Lo rechazado y por qué: rechazadas.",
)
