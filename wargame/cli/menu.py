"""The numbers under which a seat's moves and their targets can be called; they stay the same for a whole session."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from wargame.model.errors import SessionError
from wargame.model.orders import Candidate
from wargame.model.rules import Move
from wargame.model.text import Text, join, same
from wargame.session.session import Session


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


class Menu:
    """Everything that a seat may ever order."""

    def __init__(self, session: Session, seat: str) -> None:
        self.session = session
        self.seat = session.seat(seat)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The moves of the seat, actor by actor, numbered from 1."""
        engine = self.session.engine
        number = engine.seat_number(self.seat.id)
        pairs = [pair for pair in engine.catalogue.pairs if pair.seat == number]
        pairs.sort(key=lambda pair: self.seat.actors.index(pair.actor))
        return tuple(
            self._offer(n, pair.actor, pair.move, engine.candidates[pair.first : pair.first + pair.count])
            for n, pair in enumerate(pairs, 1)
        )

    def _offer(self, number: int, actor: str, name: str, candidates: Sequence[Candidate]) -> Offer:
        move = self.session.scenario.ruleset.moves[name]
        titles = self._titles(candidates)
        places = tuple(
            Place(f"{number}.{n}", candidate, title)
            for n, (candidate, title) in enumerate(zip(candidates, titles, strict=True), 1)
        )
        title = move.title
        if actor != self.seat.actors[0]:
            text = Text("{actor}: {move}", "{actor}: {move}")
            title = text.fill(actor=self.session.names.owner(actor), move=move.title)
        return Offer(number, actor, move, title, places)

    def _titles(self, candidates: Sequence[Candidate]) -> list[Text]:
        """Return the targets of each candidate, leaving out those that all have in common."""
        ties = self.session.engine.cast.ties
        roles = [r for r in candidates[0].targets if candidates[0].targets[r] not in ties]
        differing = [r for r in roles if len({c.targets[r] for c in candidates}) > 1] or roles
        owner = self.session.names.owner
        return [join([owner(c.targets[role]) for role in differing], ", ") for c in candidates]

    def targets(self, candidate: Candidate) -> Text:
        """Return the targets of a candidate in words."""
        return next(p.title for offer in self.offers for p in offer.places if p.candidate.id == candidate.id)

    # ── finding ─────────────────────────────────────────────────────────────────────────────────────────────

    def offer(self, typed: str) -> Offer:
        """Return the move that a number, id or title names; raises SessionError with the nearest."""
        if typed.isdecimal():
            if 1 <= int(typed) <= len(self.offers):
                return self.offers[int(typed) - 1]
            text = Text("Your moves are numbered 1 to {n}.", "Sus acciones llevan los números 1 a {n}.")
            raise SessionError(text.fill(n=len(self.offers)))
        found = matching(typed, self._all_names)
        return self.offers[one_of(typed, found, self._named, _NO_MOVE)]

    def place(self, offer: Offer, typed: str) -> Place:
        """Return the target of a move that a number, id or title names; raises SessionError with the nearest."""
        if typed.isdecimal():
            if 1 <= int(typed) <= len(offer.places):
                return offer.places[int(typed) - 1]
            text = Text(
                "The places of '{move}' are numbered {k}.1 to {k}.{n}.",
                "Los lugares de «{move}» van de {k}.1 a {k}.{n}.",
            )
            raise SessionError(text.fill(move=offer.title, k=offer.number, n=len(offer.places)))
        found = matching(typed, {i: self._target_names(place) for i, place in enumerate(offer.places)})
        known = {i: place.title for i, place in enumerate(offer.places)}
        return offer.places[one_of(typed, found, known, _NO_PLACE)]

    def read(self, words: Sequence[str]) -> tuple[Offer, Place | None, list[str]]:
        """Return the move and target with which some words begin, and the words left over.

        ``4.2``, ``4 2``, ``manual-eradication vizcatan``, or words of the titles. No target where there is only one.
        """
        number, dot, place = words[0].partition(".")
        if dot and number.isdecimal() and place.isdecimal():
            offer = self.offer(number)
            return offer, self.place(offer, place), list(words[1:])
        if number.isdecimal():
            return self._with_target(self.offer(number), list(words[1:]))
        found, used = _longest(words, self._all_names)
        offer = self.offers[one_of(" ".join(words[: used or len(words)]), found, self._named, _NO_MOVE)]
        return self._with_target(offer, list(words[used:]))

    def _with_target(self, offer: Offer, rest: list[str]) -> tuple[Offer, Place | None, list[str]]:
        """Return the place with which some words begin; the only one there is; or None."""
        if len(offer.places) > 1 and rest and rest[0].isdecimal():
            return offer, self.place(offer, rest[0]), rest[1:]
        names = {i: self._target_names(place) for i, place in enumerate(offer.places)}
        found, used = _longest(rest, names)
        if used:
            known = {i: place.title for i, place in enumerate(offer.places)}
            return offer, offer.places[one_of(" ".join(rest[:used]), found, known, _NO_PLACE)], rest[used:]
        return offer, offer.places[0] if len(offer.places) == 1 else None, rest

    @cached_property
    def _all_names(self) -> Mapping[int, tuple[str, ...]]:
        return {i: self._names(offer) for i, offer in enumerate(self.offers)}

    def _names(self, offer: Offer) -> tuple[str, ...]:
        return offer.move.id, offer.move.title.en, offer.move.title.es, offer.title.en, offer.title.es

    @cached_property
    def _named(self) -> Mapping[int, Text]:
        return {i: offer.title for i, offer in enumerate(self.offers)}

    def _target_names(self, place: Place) -> tuple[str, ...]:
        ids = [name for name in place.candidate.targets.values() if name not in self.session.engine.cast.ties]
        owner = self.session.names.owner
        titles = [t for name in ids for t in (owner(name).en, owner(name).es)]
        return (*ids, *titles, " ".join(ids), place.title.en, place.title.es)


# ── names as typed ───────────────────────────────────────────────────────────────────────────────────────────


def plain(text: str) -> str:
    """Return words without case, accents and marks, as people type them."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return " ".join(re.sub(r"[^a-z0-9.]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).split())


def matching(typed: str, named: Mapping[int, Iterable[str]]) -> list[int]:
    """Return which things are meant: those named exactly so, else those whose name begins so, else holds the words."""
    wanted = plain(typed)
    if not wanted:
        return []
    names = {key: [plain(name) for name in some] for key, some in named.items()}
    tests = (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: set(wanted.split()) <= set(name.split()),
    )
    for fits in tests:
        found = [key for key, some in names.items() if any(fits(name) for name in some)]
        if found:
            return found
    return []


def _longest(words: Sequence[str], named: Mapping[int, Iterable[str]]) -> tuple[list[int], int]:
    """Return what the most words at the beginning may mean, and how many words these are; numbers are no words."""
    last = next((i for i, word in enumerate(words) if word.isdecimal() and i), len(words))
    several: tuple[list[int], int] = ([], 0)
    for count in range(last, 0, -1):
        found = matching(" ".join(words[:count]), named)
        if len(found) == 1:
            return found, count
        if found and not several[1]:
            several = found, count
    return several


def one_of(typed: str, found: Sequence[int], named: Mapping[int, Text], none: Text) -> int:
    """Return the only thing found; raises SessionError that names the nearest, or the several that were found."""
    if len(found) == 1:
        return found[0]
    if found:
        some = join([named[i] for i in found[:6]], "; ")
        text = Text("'{typed}' may mean: {some}. Say more.", "«{typed}» puede ser: {some}. Diga más.")
        raise SessionError(text.fill(typed=_short(typed), some=some))
    raise SessionError(none.fill(typed=_short(typed), hint=_hint(typed, named)))


def _hint(typed: str, named: Mapping[int, Text]) -> Text:
    """Return the end of a sentence that proposes the title most like what was typed, or one of its words."""
    titles = {plain(said): title for title in named.values() for said in (title.en, title.es)}
    words: dict[str, Text] = {}
    for said, title in titles.items():
        for word in said.split():
            words.setdefault(word, title)
    near = next(iter(get_close_matches(plain(typed), list(titles), 1, _ALIKE)), None)
    part = next(iter(get_close_matches(plain(typed), list(words), 1, _ALIKE)), None)
    if near is None and part is None:
        return same(".")
    meant = titles[near] if near is not None else words[part or ""]
    return Text("; did you mean '{near}'?", "; ¿quiso decir «{near}»?").fill(near=meant)


_ALIKE = 0.75
"""How alike a slip and what was meant must be."""
_NO_MOVE = Text("You have no move '{typed}'{hint}", "Usted no tiene la acción «{typed}»{hint}")
_NO_PLACE = Text("This move has no place '{typed}'{hint}", "Esta acción no tiene el lugar «{typed}»{hint}")


def _short(typed: str) -> str:
    return repr(typed[:60])[1:-1]
