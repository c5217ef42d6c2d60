"""What is odd in the words of content: lists that repeat, texts in one language only, briefs longer than a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wargame.content.entries import Sections
from wargame.content.problems import Problems
from wargame.content.spots import Spot
from wargame.content.yaml_source import Mapping as YamlMapping
from wargame.content.yaml_source import Node, Scalar, Sequence
from wargame.model.errors import Place
from wargame.model.scenario import Scenario
from wargame.model.text import Text

PAGE: Final = 450
"""Words that fit on a printed page."""
_LEAST_WORDS: Final = 4
"""A text with fewer words may well be a name, which is the same in both languages."""
_WORD: Final = re.compile(r"[a-záéíóúüñ]{3,}")


def look_for_odd_words(sections: Iterable[Sections], problems: Problems) -> None:
    """Note lists that name something twice, and texts that stand in both languages in the same words."""
    for section in sections:
        for entries in section.entries.values():
            for entry in entries:
                for spot in _inside(entry.spot, entry.spot.node):
                    _look_at(spot, problems)


def _inside(spot: Spot, node: Node) -> Iterator[tuple[Spot, Sequence | YamlMapping]]:
    """Yield every list of words, and every text in two languages, of an entry."""
    stack: list[Node] = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, Sequence):
            if node.items and isinstance(node.items[0], Scalar):
                yield spot, node
            else:
                stack.extend(node.items)
        elif isinstance(node, YamlMapping):
            if "en" in node.entries and "es" in node.entries:
                yield spot, node
            stack.extend(value for _, value in node.entries.values() if not isinstance(value, Scalar))


def _look_at(found: tuple[Spot, Sequence | YamlMapping], problems: Problems) -> None:
    spot, node = found
    if isinstance(node, Sequence):
        seen: set[str] = set()
        for item in node.items:
            if isinstance(item, Scalar) and isinstance(item.value, str):
                if item.text in seen:
                    problems.add(_place(spot, item), "listed-twice", _TWICE.fill(name=item.text))
                seen.add(item.text)
        return
    english, spanish = (node.entries[key][1] for key in ("en", "es"))
    if not (isinstance(english, Scalar) and isinstance(spanish, Scalar)):
        return
    if english.text == spanish.text and len(_WORD.findall(english.text)) >= _LEAST_WORDS:
        problems.add(_place(spot, spanish), "untranslated", _SAME)


def _place(spot: Spot, node: Node) -> Place:
    return Place(spot.file, node.line, node.column)


# ── briefs ───────────────────────────────────────────────────────────────────────────────────────────────────


def look_at_briefs(texts: Mapping[str, str], shown: str, problems: Problems) -> None:
    """Note briefs that are longer than a page, and those whose two languages do not have the same parts."""
    for path, text in texts.items():
        if not path.startswith("briefs/"):
            continue
        words = len(text.split())
        if words > PAGE:
            place = Place(f"{shown}/{path}", _line_of_word(text, PAGE), 1)
            problems.add(place, "long-brief", _LONG.fill(words=words, page=PAGE))
        if path.endswith(".es.md"):
            _compare(texts.get(path.replace(".es.md", ".en.md"), ""), text, f"{shown}/{path}", problems)


def _compare(english: str, spanish: str, file: str, problems: Problems) -> None:
    if not english.strip() or not spanish.strip():
        return
    if english == spanish:
        problems.add(Place(file, 1, 1), "untranslated", _SAME)
    for what, mark in _PARTS:
        there, here = (sum(line.startswith(mark) for line in text.splitlines()) for text in (english, spanish))
        if there != here:
            problems.add(Place(file, 1, 1), "uneven-brief", _UNEVEN.fill(what=what, en=there, es=here))


def _line_of_word(text: str, number: int) -> int:
    met = 0
    for line, words in enumerate(text.splitlines(), start=1):
        met += len(words.split())
        if met > number:
            return line
    return 1


# ── titles ───────────────────────────────────────────────────────────────────────────────────────────────────


def look_for_same_titles(scenario: Scenario, problems: Problems) -> None:
    """Note things of one sort that a player could not tell apart."""
    seated = {a for seat in scenario.seats for a in seat.actors}
    own = [e for e in scenario.entities if e.place.file]
    tags = {f"#{t}" for e in own if e.id in seated for t in e.tags}
    givers = seated | tags | {e.kind for e in own if e.id in seated}
    moves = [m for m in scenario.ruleset.moves.values() if givers.intersection(m.by)]
    for things in (own, scenario.seats, moves, scenario.injects, scenario.endings, scenario.measures):
        counted = Counter(thing.title for thing in things)
        first: dict[Text, str] = {}
        for thing in things:
            if counted[thing.title] > 1 and thing.title in first:
                message = _SAME_TITLE.fill(title=thing.title, other=first[thing.title])
                problems.add(thing.place, "same-title", message)
            first.setdefault(thing.title, thing.id)


_TWICE: Final = Text("'{name}' is listed twice: delete one", "«{name}» está dos veces en la lista: borre una")
_SAME: Final = Text(
    "English and Spanish say this in the same words: translate one of them",
    "el inglés y el español dicen esto con las mismas palabras: traduzca uno de los dos",
)
_LONG: Final = Text(
    "this brief has {words} words; a page holds {page}: move what is known to all to 'about', or shorten it",
    "este informe tiene {words} palabras; en una página caben {page}: pase a «about» lo que todos saben, o acórtelo",
)
_UNEVEN: Final = Text(
    "the English brief has {en} {what}, the Spanish {es}: one of them lacks something",
    "el informe en inglés tiene {en} {what}; el español, {es}: a uno le falta algo",
)
_PARTS: Final = (
    (Text("headings", "títulos"), "#"),
    (Text("points", "puntos"), "- "),
)
_SAME_TITLE: Final = Text(
    "'{title}' is also the title of '{other}': a player cannot tell them apart",
    "«{title}» es también el título de «{other}»: un jugador no puede distinguirlos",
)
