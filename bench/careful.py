"""W as a careful interpreter in plain Python: one session at a time, flat lists, local names, nothing done twice.

This is what a good programmer without arrays would ship: whatever can be known before the first turn is worked out
when the interpreter is built (offsets, amounts on the grid, the words of draws), and the loops hold no calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from bench.tables import ACTORS, FAILURE, INDICATORS, TURNS, Amount, Deed, Tables, make
from bench.words import words_of
from wargame.model.ticks import on_grid

_WORD: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15
_FIRST: Final = 0xFF51AFD7ED558CCD
_SECOND: Final = 0xC4CEB9FE1A85EC53
_UNIT: Final = 2.0**-53
_MAGIC: Final = 1.5 * (1 << 32)
_CELLS: Final = ACTORS * INDICATORS

Cells = list[float]
"""One number per actor and indicator: ``actor · INDICATORS + indicator``."""
Steps = tuple[tuple[int, float], ...]
"""What to add to which indicator."""


class _Option(NamedTuple):
    """A move of one actor: the cells and thresholds of its two guards, the word of its draw, its number."""

    first: int
    least: float
    second: int
    least_of_second: float
    word: int
    move: int


class _Outcome(NamedTuple):
    """What a move does when it comes out one way."""

    own: Steps
    target: Steps
    relation: float


class _Rule(NamedTuple):
    """What resolves a move."""

    cost: tuple[int, float]
    base: float
    indicator: int
    own: float
    relation: float
    success: _Outcome
    failure: _Outcome
    cooldown: int


@dataclass(frozen=True, slots=True)
class End:
    """Where a session ended."""

    indicators: Cells
    relations: list[float]
    """``actor · ACTORS + other``."""


class Careful:
    """Plays W, one session at a time."""

    def __init__(self, tables: Tables | None = None) -> None:
        tables = tables or make()
        words = words_of(tables)
        self._indicators = [on_grid(v) for v in chain.from_iterable(tables.indicators)]
        self._relations = [on_grid(v) for v in chain.from_iterable(tables.relations)]
        self._options = [_options(tables, actor, words.choice[actor]) for actor in range(ACTORS)]
        self._rules = [_rule(tables, move) for move in range(len(tables.deeds))]
        self._targets = [
            [[(word, t) for t, word in enumerate(row) if t != actor] for row in words.target[actor]]
            for actor in range(ACTORS)
        ]
        self._success = words.success
        self._links = [(_cell(link.cause), _cell(link.effect), link.weight) for link in tables.links]
        self._shocks = [
            (word, on_grid(s.odds), tuple((_cell((s.actor, i)), on_grid(amount)) for i, amount in s.effects))
            for word, s in zip(words.shock, tables.shocks, strict=True)
        ]

    def play(self, seed: int) -> End:
        """Play a session to its end."""
        now = self._indicators[:]
        relations = self._relations[:]
        ready = [[0] * len(self._rules) for _ in range(ACTORS)]
        for turn in range(1, TURNS + 1):
            key = _mix((seed + _GOLDEN * (turn + 1)) & _WORD)
            start = now[:]
            self._adjudicate(now, relations, ready, turn, key)
            self._follow_links(now, start)
            self._let_shocks_happen(now, key)
        return End(now, relations)

    def _adjudicate(self, now: Cells, relations: list[float], ready: list[list[int]], turn: int, key: int) -> None:
        change = [0.0] * _CELLS
        for actor in range(ACTORS):
            rested = ready[actor]
            move = _largest_legal(self._options[actor], now, rested, turn, key)
            target = _largest(self._targets[actor][move], key)
            rule = self._rules[move]
            rested[move] = turn + 1 + rule.cooldown
            place = actor * ACTORS + target
            luck = (_mix(self._success[actor][move][target] ^ key) >> 11) * _UNIT
            outcome = _outcome(rule, now[actor * INDICATORS + rule.indicator], relations[place], luck)
            cell, amount = rule.cost
            change[actor * INDICATORS + cell] += amount
            for cell, amount in outcome.own:
                change[actor * INDICATORS + cell] += amount
            for cell, amount in outcome.target:
                change[target * INDICATORS + cell] += amount
            relation = relations[place] + outcome.relation  # nobody else changes it, nor reads it, in this turn
            relations[place] = -100.0 if relation < -100.0 else 100.0 if relation > 100.0 else relation
        _apply(now, change)

    def _follow_links(self, now: Cells, start: Cells) -> None:
        change = [0.0] * _CELLS
        for cause, effect, weight in self._links:
            change[effect] += (weight * (now[cause] - start[cause]) + _MAGIC) - _MAGIC
        _apply(now, change)

    def _let_shocks_happen(self, now: Cells, key: int) -> None:
        change: Cells = []
        for word, odds, effects in self._shocks:
            if (_mix(word ^ key) >> 11) * _UNIT < odds:
                change = change or [0.0] * _CELLS
                for cell, amount in effects:
                    change[cell] += amount
        if change:
            _apply(now, change)


def _largest_legal(options: list[_Option], now: Cells, ready: list[int], turn: int, key: int) -> int:
    best = taken = 0
    for first, least, second, least_of_second, word, move in options:
        if now[first] >= least and now[second] >= least_of_second and ready[move] <= turn:
            word ^= key
            word = (word ^ word >> 33) * _FIRST & _WORD
            word = (word ^ word >> 33) * _SECOND & _WORD
            word = word ^ word >> 33 | 1
            if word > best:
                best, taken = word, move
    return taken


def _largest(targets: list[tuple[int, int]], key: int) -> int:
    best = taken = 0
    for word, target in targets:
        word ^= key
        word = (word ^ word >> 33) * _FIRST & _WORD
        word = (word ^ word >> 33) * _SECOND & _WORD
        word = word ^ word >> 33 | 1
        if word > best:
            best, taken = word, target
    return taken


def _outcome(rule: _Rule, indicator: float, relation: float, luck: float) -> _Outcome:
    odds = rule.base + rule.own * (indicator - 50.0) / 100.0 + rule.relation * relation / 100.0
    odds = 0.05 if odds < 0.05 else 0.95 if odds > 0.95 else odds
    return rule.success if luck < (odds + _MAGIC) - _MAGIC else rule.failure


def _apply(now: Cells, change: Cells) -> None:
    for cell, amount in enumerate(change):
        if amount:
            value = now[cell] + amount
            now[cell] = 0.0 if value < 0.0 else 100.0 if value > 100.0 else value


def _mix(word: int) -> int:
    word = (word ^ word >> 33) * _FIRST & _WORD
    word = (word ^ word >> 33) * _SECOND & _WORD
    return word ^ word >> 33


# ── what is known before the first turn ────────────────────────────────────────────────────────────────────────


def _cell(place: tuple[int, int]) -> int:
    return place[0] * INDICATORS + place[1]


def _options(tables: Tables, actor: int, words: list[int]) -> list[_Option]:
    found = []
    for move, deed in enumerate(tables.deeds):
        (first, least), (second, least_of_second) = deed.guards or ((0, -1.0), (0, -1.0))
        cells = _cell((actor, first)), _cell((actor, second))
        found.append(_Option(cells[0], least, cells[1], least_of_second, words[move], move))
    return found


def _rule(tables: Tables, move: int) -> _Rule:
    deed = tables.deeds[move]
    odds, (indicator, cost) = deed.odds, deed.cost
    success, failure = _result(deed, 1.0), _result(deed, FAILURE)
    price = indicator, on_grid(-cost)
    return _Rule(price, odds.base, odds.indicator, odds.own, odds.relation, success, failure, deed.cooldown)


def _result(deed: Deed, share: float) -> _Outcome:
    return _Outcome(_steps(deed.own, share), _steps(deed.target, share), on_grid(deed.relation * share))


def _steps(amounts: tuple[Amount, ...], share: float) -> Steps:
    return tuple((indicator, on_grid(amount * share)) for indicator, amount in amounts)
