"""Names as people type them: found without case, accents and marks, and never taken for another by a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial

from wargame.model.errors import SessionError
from wargame.model.text import Text, join, same

Fits = Callable[[str, str], bool]
"""(what is wanted, a name), both plain: is it meant?"""

_LIKE = 0.75
"""How alike a slip and what was meant must be."""
_STEM = 5
"""Words that begin with so many equal letters are taken to be of one family: eradicate, eradication."""
_SHORTEST = 3
"""Shorter words have no family."""
_LONGEST_NUMBER = 6
"""Longer numbers are taken for words."""
_NEAR = 3
"""How many near names are listed."""
_LITTLE = frozenset(
    {"a", "and", "con", "de", "del", "el", "en", "in", "la", "las", "los", "of", "on", "the", "to", "y"}
)


def plain(text: str) -> str:
    """Return words without case, accents and marks, as people type them."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return " ".join(re.sub(r"[^a-z0-9.]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).split())


def whole_number(word: str) -> int | None:
    """Return the number that a word is, if it is one of a size that anything here may have."""
    return int(word) if word.isdecimal() and len(word) <= _LONGEST_NUMBER else None


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────


def is_it(wanted: str, name: str) -> bool:
    """Say whether a name is what was typed, to the letter."""
    return name == wanted


def begins_with(wanted: str, name: str) -> bool:
    """Say whether a name begins with what was typed, be it within a word."""
    return name.startswith(wanted)


def begins_with_words(wanted: str, name: str) -> bool:
    """Say whether a name begins with the very words that were typed."""
    return f"{name} ".startswith(f"{wanted} ")


def has_words(wanted: str, name: str) -> bool:
    """Say whether a name has all the words that were typed."""
    return set(wanted.split()) <= set(name.split())


LOOSELY: tuple[Fits, ...] = (is_it, begins_with, has_words)
"""For what may be looked at: a part of the name does."""
STRICTLY: tuple[Fits, ...] = (is_it, begins_with_words)
"""For what is done at once: a word in the middle may belong to a thing that does the opposite."""


def matching(typed: str, named: Mapping[int, Iterable[str]], tests: Sequence[Fits] = LOOSELY) -> list[int]:
    """Return which things are meant, by the first of some tests that any of their names passes."""
    wanted = plain(typed)
    if not wanted:
        return []
    names = {key: [plain(name) for name in some] for key, some in named.items()}
    for fits in tests:
        found = [key for key, some in names.items() if any(map(partial(fits, wanted), some))]
        if found:
            return found
    return []


def longest(
    words: Sequence[str], named: Mapping[int, Iterable[str]], tests: Sequence[Fits] = LOOSELY
) -> tuple[list[int], int]:
    """Return what the most words at the beginning may mean, and how many words these are; numbers are no words."""
    last = next((i for i, word in enumerate(words) if word.isdecimal() and i), len(words))
    several: tuple[list[int], int] = ([], 0)
    for count in range(last, 0, -1):
        found = matching(" ".join(words[:count]), named, tests)
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
        raise SessionError(text.fill(typed=short(typed), some=some))
    raise SessionError(none.fill(typed=short(typed), hint=_hint(typed, named)))


def short(typed: str) -> str:
    """Return what was typed as it may be repeated: not too long, and without control characters."""
    return repr(typed[:60])[1:-1]


# ── near names ───────────────────────────────────────────────────────────────────────────────────────────────


def nearest(typed: str, named: Mapping[int, Iterable[str]], most: int = _NEAR) -> list[int]:
    """Return the things whose names have words like those that were typed, those with the most such words first."""
    wanted = _words(typed)
    if not wanted:
        return []
    words = {key: {word for name in some for word in _words(name)} for key, some in named.items()}
    known = set().union(*words.values())
    alike = [{other: size for other in known if (size := _likeness(word, other))} for word in wanted]
    scores = {
        key: sum(max((some.get(word, 0.0) for word in own), default=0.0) for some in alike)
        for key, own in words.items()
    }
    ranked = sorted(scores, key=lambda key: (-scores[key], len(words[key])))
    return [key for key in ranked if scores[key]][:most]


def _words(text: str) -> list[str]:
    found = plain(text).replace(".", " ").split()
    return [word for word in found if word not in _LITTLE] or found


def _likeness(typed: str, word: str) -> float:
    """Return how like a word of a name is to one that was typed: 1 the same, 0 nothing in common."""
    if typed == word:
        return 1.0
    if min(len(typed), len(word)) >= _SHORTEST and (typed.startswith(word[:_STEM]) or word.startswith(typed)):
        return 0.9
    ratio = SequenceMatcher(None, typed[:60], word).ratio()
    return 0.9 * ratio if ratio >= _LIKE else 0.0


def _hint(typed: str, named: Mapping[int, Text]) -> Text:
    """Return the end of a sentence that proposes what was perhaps meant."""
    near = nearest(typed, {key: (title.en, title.es) for key, title in named.items()})
    titles = list(dict.fromkeys(named[key] for key in near))
    if not titles:
        return same(".")
    if len(titles) == 1:
        return Text("; did you mean '{near}'?", "; ¿quiso decir «{near}»?").fill(near=titles[0])
    text = Text("; did you mean one of these: {near}?", "; ¿quiso decir alguno de estos: {near}?")
    return text.fill(near=join(titles, "; "))
