"""The numbers under which a seat's moves and their targets can be called; they stay the same for a whole session."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wargame.engine.moves import Pair
from wargame.model.errors import SessionError
from wargame.model.orders import Candidate
from wargame.model.rules import Move
from wargame.model.text import Text, counted, join
from wargame.session.session import Session
from wargame.telling.typed import LOOSELY, STRICTLY, longest, matching, nearest, one_of, plain, short, whole_number


@dataclass(frozen=True, slots=True)
class Place:
    """One candidate under its number (``4.2``) and the name of its targets, as far as they differ."""

    number: str
    candidate: Candidate
    title: Text


@dataclass(frozen=True, slots=True)
class Offer:
    """One move of one actor, with every target it may ever have."""

    number: int
    actor: str
    move: Move
    title: Text
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Moves of one actor that belong together: those of one rule pack; what is done about agendas stands apart."""

    actor: str
    title: Text
    offers: tuple[Offer, ...]


class Menu:
    """Everything that a seat may ever order."""

    def __init__(self, session: Session, seat: str) -> None:
        self.session = session
        self.seat = session.seat(seat)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The moves of the seat, actor by actor, numbered from 1."""
        return tuple(self._offer(n, pair) for n, pair in enumerate(self._pairs, 1))

    def offered(self, actor: str, move: str) -> Offer:
        """Return one move of one actor; the others are not looked at."""
        return next(self._offer(n, p) for n, p in enumerate(self._pairs, 1) if (p.actor, p.move) == (actor, move))

    @cached_property
    def _pairs(self) -> tuple[Pair, ...]:
        engine = self.session.engine
        number = engine.seat_number(self.seat.id)
        pairs = [pair for pair in engine.catalogue.pairs if pair.seat == number]
        return tuple(sorted(pairs, key=lambda pair: self.seat.actors.index(pair.actor)))

    def _offer(self, number: int, pair: Pair) -> Offer:
        actor, move = pair.actor, self.session.scenario.ruleset.moves[pair.move]
        candidates = self.session.engine.candidates[pair.first : pair.first + pair.count]
        titles = self._titles(candidates)
        places = tuple(
            Place(f"{number}.{n}", candidate, title)
            for n, (candidate, title) in enumerate(zip(candidates, titles, strict=True), 1)
        )
        title = move.title
        if actor != self.seat.actors[0]:
            text = Text("{actor}: {move}", "{actor}: {move}")
            title = text.fill(actor=self.session.names.brief(actor), move=move.title)
        return Offer(number, actor, move, title, places)

    def _titles(self, candidates: Sequence[Candidate]) -> list[Text]:
        """Return the targets of each candidate, leaving out those that all have in common."""
        ties = self.session.engine.cast.ties
        roles = [r for r in candidates[0].targets if candidates[0].targets[r] not in ties]
        differing = [r for r in roles if len({c.targets[r] for c in candidates}) > 1] or roles
        brief = self.session.names.brief
        return [join([brief(c.targets[role]) for role in differing], ", ") for c in candidates]

    def targets(self, candidate: Candidate) -> Text:
        """Return the targets of a candidate in words."""
        return self.where[candidate.id][1].title

    @cached_property
    def where(self) -> Mapping[int, tuple[Offer, Place]]:
        """The move and target that each candidate is, by its number."""
        return {place.candidate.id: (offer, place) for offer in self.offers for place in offer.places}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The moves under headings, actor by actor, in the order of the rule packs."""
        found: dict[tuple[str, str, str], list[Offer]] = {}
        for offer in self.offers:
            found.setdefault((offer.actor, offer.move.pack, offer.move.stage), []).append(offer)
        return tuple(Group(key[0], self._kind(key[1], key[2]), tuple(some)) for key, some in found.items())

    def _kind(self, pack: str, stage: str) -> Text:
        """Return what moves of a pack are about: its title, up to a colon or a bracket."""
        title = next((p.title for p in self.session.scenario.ruleset.packs if p.id == pack), Text(pack, pack))
        title = Text(*(re.split(r":| \(", words)[0] for words in (title.en, title.es)))
        return _AGENDAS.fill(what=title) if stage == "convene" else title

    def named(self, typed: str) -> list[Offer]:
        """Return the moves whose titles have all the words that were typed, or words that begin with them."""
        wanted = plain(typed).split()
        names = {offer.number: plain(" ".join(self._names[offer.number - 1])).split() for offer in self.offers}
        return [
            offer
            for offer in self.offers
            if wanted and all(any(name.startswith(word) for name in names[offer.number]) for word in wanted)
        ]

    # ── finding ─────────────────────────────────────────────────────────────────────────────────────────────

    def place(self, offer: Offer, typed: str) -> Place:
        """Return the target of a move that a number, id or title names; raises SessionError with the nearest."""
        if typed.isdecimal():
            if 1 <= (number := whole_number(typed) or 0) <= len(offer.places):
                return offer.places[number - 1]
            raise SessionError(counted(len(offer.places), *_PLACES, move=offer.title, k=offer.number))
        found = matching(typed, {i: self._target_names(place) for i, place in enumerate(offer.places)})
        known = {i: place.title for i, place in enumerate(offer.places)}
        return offer.places[one_of(typed, found, known, _NO_PLACE)]

    def read(self, words: Sequence[str], *, strictly: bool = False) -> tuple[Offer, Place | None, list[str]]:
        """Return the move and target with which some words begin, and the words left over.

        ``4.2``, ``4 2``, ``manual-eradication vizcatan``, or words of the titles. No target where there is only one.
        ``strictly``: a move goes by its number, or by an id or title from the beginning, and by nothing else. Raises
        UnknownMove for any other words.
        """
        number, dot, place = words[0].partition(".")
        if dot and number.isdecimal() and place.isdecimal():
            offer = self._numbered(number)
            return offer, self.place(offer, place), list(words[1:])
        if number.isdecimal():
            return self._with_target(self._numbered(number), list(words[1:]))
        found, used = longest(words, self._names, STRICTLY if strictly else LOOSELY)
        if len(found) != 1:
            near = found or nearest(" ".join(words), self._names)
            raise UnknownMove(" ".join(words[: used or len(words)]), tuple(self.offers[i] for i in near))
        return self._with_target(self.offers[found[0]], list(words[used:]))

    def _numbered(self, typed: str) -> Offer:
        if 1 <= (number := whole_number(typed) or 0) <= len(self.offers):
            return self.offers[number - 1]
        raise SessionError(counted(len(self.offers), *_MOVES))

    def _with_target(self, offer: Offer, rest: list[str]) -> tuple[Offer, Place | None, list[str]]:
        """Return the place with which some words begin; the only one there is; or None."""
        if len(offer.places) > 1 and rest and rest[0].isdecimal():
            return offer, self.place(offer, rest[0]), rest[1:]
        names = {i: self._target_names(place) for i, place in enumerate(offer.places)}
        found, used = longest(rest, names)
        if used:
            known = {i: place.title for i, place in enumerate(offer.places)}
            return offer, offer.places[one_of(" ".join(rest[:used]), found, known, _NO_PLACE)], rest[used:]
        return offer, offer.places[0] if len(offer.places) == 1 else None, rest

    @cached_property
    def _names(self) -> Mapping[int, tuple[str, ...]]:
        return {
            i: (o.move.id, o.move.title.en, o.move.title.es, o.title.en, o.title.es) for i, o in enumerate(self.offers)
        }

    def _target_names(self, place: Place) -> tuple[str, ...]:
        ids = [name for name in place.candidate.targets.values() if name not in self.session.engine.cast.ties]
        owner = self.session.names.owner
        titles = [t for name in ids for t in (owner(name).en, owner(name).es)]
        return (*ids, *titles, " ".join(ids), place.title.en, place.title.es)


class UnknownMove(SessionError):
    """Words that name no move, or several; ``near`` are those that may be meant, to choose from by number."""

    def __init__(self, typed: str, near: tuple[Offer, ...]) -> None:
        text = _NO_MOVE_NEAR if near else _NO_MOVE
        super().__init__(text.fill(typed=short(typed)))
        self.near = near[:MOST_NEAR]


_AGENDAS = Text("{what}: agendas and votes", "{what}: agendas y votos")
MOST_NEAR = 3
"""How many moves are proposed."""
_NO_MOVE = Text(
    "None of your moves is called '{typed}' (see: orders).",
    "Ninguna de sus acciones se llama «{typed}» (vea: órdenes).",
)
_NO_MOVE_NEAR = Text(
    "'{typed}' is not the name of one of your moves. Perhaps you mean one of these; use its number:",
    "«{typed}» no es el nombre de una de sus acciones. Quizá se refiere a alguna de estas; use su número:",
)
_NO_PLACE = Text("This move has no place '{typed}'{hint}", "Esta acción no tiene el lugar «{typed}»{hint}")
_MOVES = (
    Text("You have one move; its number is 1.", "Tiene una sola acción; su número es el 1."),
    Text("Your moves are numbered 1 to {n}.", "Sus acciones llevan los números 1 a {n}."),
)
_PLACES = (
    Text("The only place of '{move}' is number {k}.1.", "El único lugar de «{move}» es el número {k}.1."),
    Text("The places of '{move}' are numbered {k}.1 to {k}.{n}.", "Los lugares de «{move}» van de {k}.1 a {k}.{n}."),
)
