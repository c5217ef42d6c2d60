"""The whole situation at one moment, for one or many sessions at once.

Values are float64 on the grid of ticks, ``[row, session]``. What else a session remembers lies beside them: when each
actor last gave each move, which events and injects fired, which programmes run, and the worlds at past turn starts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from wargame.model.promises import Obligations, of_sessions
from wargame.model.ticks import Floats, as_ticks

Turns = NDArray[np.int16]


@dataclass(slots=True)
class Programmes:
    """Running programmes as columns: candidate, amount, turn filed, which programme of the move, session."""

    candidate: NDArray[np.int32]
    amount: NDArray[np.int16]
    filed: Turns
    which: NDArray[np.int16]
    session: NDArray[np.int64]

    @classmethod
    def none(cls) -> Programmes:
        """Return no programmes."""
        short = np.empty(0, dtype=np.int16)
        return cls(np.empty(0, dtype=np.int32), short, short, short, np.empty(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.candidate)

    def take(self, keep: NDArray[np.intp]) -> Programmes:
        """Return some of them, by position."""
        return Programmes(
            self.candidate[keep], self.amount[keep], self.filed[keep], self.which[keep], self.session[keep]
        )

    def later(self, by: int) -> Programmes:
        """Return the same of sessions that stand further on in a batch."""
        return replace(self, session=self.session + by)

    @classmethod
    def joined(cls, *parts: Programmes) -> Programmes:
        """Return all of several together."""
        return cls(
            np.concatenate([part.candidate for part in parts]),
            np.concatenate([part.amount for part in parts]),
            np.concatenate([part.filed for part in parts]),
            np.concatenate([part.which for part in parts]),
            np.concatenate([part.session for part in parts]),
        )


@dataclass(slots=True)
class World:
    """A batch of sessions at one moment. ``turn`` is the turn being played, from 1."""

    values: Floats
    seeds: NDArray[np.uint64]
    last_given: Turns
    """``[pair, session]``: the last turn in which an actor gave a move; 0 = never."""
    fired: Turns
    """``[event binding or inject, session]``: the last turn in which it happened; 0 = never, −1 = at set-up."""
    noted: Turns
    """``[ending, session]``: the first turn in which an ending that does not stop the session held; 0 = never."""
    ended: Turns
    """``[session]``: 0 while it runs, else 1 + the number of the ending."""
    programmes: Programmes
    turn: int
    start: Floats
    """Values at the start of turn 1."""
    past: deque[Floats] = field(default_factory=deque)
    """Values at the start of each turn up to this one, the newest last."""
    parameters: Mapping[tuple[str, str], Floats] = field(default_factory=dict)
    """(rule, parameter) → ``[session]``: parameters that differ from session to session."""
    obligations: Obligations = field(default_factory=Obligations.none)
    """Promises in force; the columns are never changed, only replaced."""
    redrawn: tuple[tuple[int, NDArray[np.uint64]], ...] = ()
    """Forks with new luck, the oldest first: the turn from which on the luck is another, and the seeds until then."""

    @property
    def sessions(self) -> int:
        """Return how many sessions the batch holds."""
        return int(self.values.shape[1])

    def at_start_of(self, turns_back: int) -> Floats:
        """Return the values at the start of this turn (0), of the one before (1) …; the start world before that."""
        return self.past[-1 - turns_back] if turns_back < len(self.past) else self.start

    def seeds_in(self, turn: int) -> NDArray[np.uint64]:
        """Return the seeds from which the luck of a turn was drawn (turn 0: what is drawn once)."""
        return next((seeds for first, seeds in self.redrawn if turn < first), self.seeds)

    def fork(self) -> World:
        """Return a world that shares no array with this one, but for past values, which never change."""
        return World(
            self.values.copy(),
            self.seeds.copy(),
            self.last_given.copy(),
            self.fired.copy(),
            self.noted.copy(),
            self.ended.copy(),
            self.programmes,
            self.turn,
            self.start,
            deque(self.past, self.past.maxlen),
            self.parameters,
            self.obligations,
            self.redrawn,
        )

    def take(self, sessions: NDArray[np.intp]) -> World:
        """Return some sessions of the batch, in the order named; one may be named several times."""
        return World(
            np.ascontiguousarray(self.values[:, sessions]),
            self.seeds[sessions],
            np.ascontiguousarray(self.last_given[:, sessions]),
            np.ascontiguousarray(self.fired[:, sessions]),
            np.ascontiguousarray(self.noted[:, sessions]),
            self.ended[sessions],
            _programmes_of(self.programmes, sessions),
            self.turn,
            np.ascontiguousarray(self.start[:, sessions]),
            deque((np.ascontiguousarray(p[:, sessions]) for p in self.past), self.past.maxlen),
            {name: values[sessions] for name, values in self.parameters.items()},
            self.obligations.moved(sessions),
            tuple((turn, seeds[sessions]) for turn, seeds in self.redrawn),
        )

    @classmethod
    def joined(cls, *worlds: World) -> World:
        """Return the sessions of several batches at the same turn as one batch, one batch after the other."""
        first = worlds[0]
        shifts = np.cumsum([0, *(world.sessions for world in worlds[:-1])])
        from_turns = sorted({turn for world in worlds for turn, _ in world.redrawn})
        return cls(
            np.concatenate([w.values for w in worlds], axis=1),
            np.concatenate([w.seeds for w in worlds]),
            np.concatenate([w.last_given for w in worlds], axis=1),
            np.concatenate([w.fired for w in worlds], axis=1),
            np.concatenate([w.noted for w in worlds], axis=1),
            np.concatenate([w.ended for w in worlds]),
            Programmes.joined(*(w.programmes.later(int(n)) for w, n in zip(worlds, shifts, strict=True))),
            first.turn,
            np.concatenate([w.start for w in worlds], axis=1),
            deque((np.concatenate(past, axis=1) for past in zip(*(w.past for w in worlds), strict=True)),
                  first.past.maxlen),
            {name: np.concatenate([w.parameters[name] for w in worlds]) for name in first.parameters},
            Obligations.joined(*(w.obligations.later(int(n)) for w, n in zip(worlds, shifts, strict=True))),
            tuple((turn, np.concatenate([w.seeds_in(turn - 1) for w in worlds])) for turn in from_turns),
        )  # fmt: skip

    def digest(self, rows: int, session: int = 0) -> str:
        """Return the hash of everything that decides how one session goes on, over whole ticks."""
        found = sha256(f"turn {self.turn}\n".encode())
        found.update(as_ticks(self.values[:rows, session]).astype("<i8").tobytes())
        for turns in (self.last_given, self.fired, self.noted):
            found.update(turns[:, session].astype("<i2").tobytes())
        found.update(repr(self._programmes(session)).encode())
        promised = self.obligations.of_session(session) if len(self.obligations) else []
        if promised:
            found.update(repr(promised).encode())
        return found.hexdigest()

    def _programmes(self, session: int) -> list[tuple[int, int, int, int]]:
        p = self.programmes
        mine = np.flatnonzero(p.session == session)
        return sorted((int(p.candidate[i]), int(p.amount[i]), int(p.filed[i]), int(p.which[i])) for i in mine)


def _programmes_of(programmes: Programmes, sessions: NDArray[np.intp]) -> Programmes:
    kept, places = of_sessions(programmes.session, sessions)
    found = programmes.take(kept)
    found.session = places
    return found
