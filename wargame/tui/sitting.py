"""One person's session on screen: the game, what it says in words, and what has been worked out of it so far."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr
from functools import cached_property

from wargame.analysis.forecast import Forecaster
from wargame.analysis.foresight import setting_of
from wargame.engine.options import Option
from wargame.model.scenario import Seat
from wargame.model.text import Language, Text
from wargame.session import collector
from wargame.session.assembly import Assembly
from wargame.session.drafts import Drafts
from wargame.session.library import Library
from wargame.session.session import Session
from wargame.telling.bodies import Tabling
from wargame.telling.feedback import Circles
from wargame.telling.game import Game
from wargame.telling.layers import Layers
from wargame.telling.relations import Relations
from wargame.telling.surroundings import Rated, Surroundings
from wargame.telling.voice import Voice
from wargame.tui.page import Block, Page


class Sitting:
    """What all tabs look at. ``moved`` is to be called whenever the session or the language has changed."""

    def __init__(self, library: Library, session: Session, seat: str, language: Language) -> None:
        self.library = library
        self.version = 0
        """Goes up whenever something has changed."""
        self.moment = 0
        """Goes up whenever something has changed beside the orders of this turn."""
        self._worth: tuple[object, dict[str, Rated]] = (None, {})
        """What numbers are worth in tables, and in which session."""
        self.forecaster: Forecaster | None = None
        self.page = Page(Voice(language))
        self.game = Game(self.page, library, session, seat)
        collector.spare_what_is_there()
        self._collect_as_before = collector.wait_for_pauses()

    # ── short ways ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def session(self) -> Session:
        """Return the session."""
        return self.game.session

    @property
    def seat(self) -> Seat:
        """Return the seat."""
        return self.game.seat

    @property
    def voice(self) -> Voice:
        """Return the language in which things are told."""
        return self.page.voice

    def of(self, text: Text) -> str:
        """Return a text in the language of the screen."""
        return self.voice.of(text)

    def told(self, tell: Callable[[], object]) -> tuple[Block, ...]:
        """Return what a teller says, as a page."""
        self.page.take()
        tell()
        return self.page.take()

    # ── worked out once a moment ────────────────────────────────────────────────────────────────────────────

    @cached_property
    def surroundings(self) -> Surroundings:
        """Actors, zones and their numbers."""
        session = self.session
        if self._worth[0] != (session.id, session.ended):
            self._worth = (session.id, session.ended), {}
        return Surroundings(self.game.scene, self._worth[1])

    @cached_property
    def layers(self) -> Layers:
        """What the map can show."""
        return Layers(self.surroundings)

    @cached_property
    def relations(self) -> Relations:
        """Who is tied to whom."""
        return Relations(self.surroundings)

    @cached_property
    def options(self) -> Mapping[int, Option]:
        """What may be ordered now, and what not, by candidate."""
        return {option.candidate.id: option for option in self.session.options(self.seat.id)}

    @cached_property
    def dearest(self) -> Mapping[str, float]:
        """What the dearest move of the first actor takes of each resource now."""
        found: dict[str, float] = {}
        for option in self.options.values():
            if option.candidate.actor == self.seat.actors[0]:
                for resource, cost in option.cost.items():
                    found[resource] = max(found.get(resource, 0.0), cost)
        return {resource: cost for resource, cost in found.items() if cost > 0}

    @cached_property
    def assembly(self) -> Assembly:
        """Bodies, agendas and expectations."""
        return Assembly(self.session, self.seat.id)

    @cached_property
    def tabling(self) -> Tabling:
        """By which orders texts may come onto an agenda."""
        return {} if self.session.ended else self.assembly.tabling(self.options)

    @cached_property
    def drafts(self) -> Drafts:
        """Orders filled in but not filed."""
        return Drafts(self.library.path, self.session.id, self.session.turn)

    @cached_property
    def circles(self) -> Circles:
        """The causal loops of the rules."""
        return Circles(self.session.engine, self.voice)

    # ── change ──────────────────────────────────────────────────────────────────────────────────────────────

    def warm(self) -> Forecaster:
        """Return the worker that answers questions about the future; it starts with the first call."""
        if self.forecaster is None:
            with redirect_stderr(sys.__stderr__):  # Textual's own has no file, and a new process wants to inherit one
                self.forecaster = Forecaster(setting_of(self.session))
        return self.forecaster

    def close(self) -> None:
        """End the worker."""
        if self.forecaster is not None:
            self.forecaster.close()
            self.forecaster = None
        self.game.close()
        self._collect_as_before()

    def moved(self) -> None:
        """Forget what was worked out: something was ordered, agreed, voted or played."""
        self.version += 1
        self.moment += 1
        for name in ("surroundings", "layers", "relations", "assembly", "drafts", *_OF_ORDERS):
            self.__dict__.pop(name, None)
        self.game.look_again()

    def ordered(self) -> None:
        """Forget what depends on the orders: one was filed, withdrawn or moved."""
        self.version += 1
        for name in _OF_ORDERS:
            self.__dict__.pop(name, None)

    def filed(self) -> None:
        """Forget what depends on orders and votes: orders were closed, or a vote was cast."""
        self.ordered()
        self.moment += 1
        self.__dict__.pop("assembly", None)

    def speak(self, language: Language) -> None:
        """Go on in another language."""
        self.page.voice = Voice(language)
        self.__dict__.pop("circles", None)
        self.moved()

    def move_to(self, session: Session) -> None:
        """Go on with another session, as the same seat."""
        self.game.move_to(session)
        self.moved()


_OF_ORDERS = ("options", "dearest", "tabling")
"""What depends on the orders filed."""
