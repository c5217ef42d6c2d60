"""Which causal loops a cause is part of, in words: what it drives comes back to it, and strengthens or checks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wargame.analysis.loops import ACTOR, Loop, loops_through
from wargame.content.chapters import Volume
from wargame.engine.engine import Engine
from wargame.model.errors import SessionError
from wargame.model.kinds import AttributeType
from wargame.model.ledger import CauseKind
from wargame.model.text import Text
from wargame.session.why import Why
from wargame.telling.game import Game
from wargame.telling.looking import which
from wargame.telling.loop_words import Diagram
from wargame.telling.voice import Voice

MOST = 3
"""So many loops are told of one cause, and of one number."""
_RULES = frozenset({CauseKind.MECHANISM, CauseKind.EVENT, CauseKind.INTEREST})


@dataclass(frozen=True, slots=True)
class Circle:
    """One loop in words: what it does, its numbers with what becomes of each, and the rule by which it was found."""

    sign: int
    kind: Text
    chain: tuple[str, ...]
    rule: Text | None = None

    @property
    def way(self) -> str:
        """Return the chain as one line."""
        return " → ".join(self.chain)


class Circles:
    """The causal loops of the rules of a session, in one language."""

    def __init__(self, engine: Engine, voice: Voice) -> None:
        scenario = engine.scenario
        kinds = {entity.id: entity.kind for entity in scenario.entities}
        volume = Volume(scenario.id, scenario.ruleset, "", scenario.mechanisms, kinds)
        self.engine = engine
        self.voice = voice
        self.diagram = Diagram(voice, volume, engine.off)
        self._found: dict[tuple[str, str], tuple[Circle, ...]] = {}
        """Rule and number → the loops; rules stay as they are for a whole session."""
        rules = scenario.ruleset
        self._rules = {m.id: m.title for m in (*rules.mechanisms, *scenario.mechanisms)}
        self._rules |= {i.id: i.title for i in rules.institutions.interests}
        self._rules |= {e.id: e.title for e in rules.events}

    def of(self, why: Why) -> list[Circle]:
        """Return the loops that the causes of a change are part of, cause by cause; else those that the number feeds.

        Nothing is told of a rule whose working the seat may not see: such causes are in no entry.
        """
        node = self.node(why.row)
        found: dict[str, Circle] = {}
        for entry in why.entries:
            if entry.kind in _RULES:
                for circle in self.through(entry.rule, node):
                    found.setdefault(circle.way, circle)
        for circle in self.through("", node) if len(found) < MOST else ():
            found.setdefault(circle.way, circle)
        known = [circle for circle in found.values() if circle.sign]
        return known[: 2 * MOST] or list(found.values())[:1]

    def through(self, rule: str, number: str) -> tuple[Circle, ...]:
        """Return the loops of which the arrows of a rule into a number (``trust@zone``) are part."""
        if (rule, number) not in self._found:
            loops = loops_through(self.diagram.graph, MOST, rule=rule, number=number)
            title = self._rules.get(rule)
            self._found[rule, number] = tuple(
                Circle(loop.sign, _KINDS[loop.sign], tuple(self._chain(loop, signs)), title) for loop, signs in loops
            )
        return self._found[rule, number]

    def node(self, number: str) -> str:
        """Return under which name the graph has a number: its attribute, with the sort of its owner where need be."""
        owner, _, attribute = number.rpartition(".")
        cast = self.engine.cast
        owner = next((group.zones[0] for group in self.engine.scenario.groups if group.id == owner), owner)
        kind = cast.entities[owner].kind if owner in cast.entities else ""
        if owner in cast.ties:
            kind = cast.ties[owner].type
        acts = kind in self.engine.scenario.ruleset.kinds and self.engine.scenario.ruleset.kinds[kind].acts
        for name in (f"{attribute}@{ACTOR if acts else kind}", attribute):
            if name in self.diagram.graph:
                return name
        return number

    def _chain(self, loop: Loop, signs: Sequence[int]) -> Iterator[str]:
        """Yield what becomes of each number of a loop when there is more of the first, and of the first again."""
        so_far = 1
        for name, sign in zip((*loop.numbers, loop.numbers[0]), (1, *signs), strict=True):
            so_far *= sign
            title, attribute = self.diagram.title(name), name.partition("@")[0]
            known = self.diagram.attribute(attribute)
            words = _FLAG if known is not None and known.type is AttributeType.FLAG else _AMOUNT
            yield self.voice.of(words[so_far].fill(what=_lower(title)))


def _lower(title: str) -> str:
    """Return a title within a sentence; abbreviations keep their capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


# ── in lines ─────────────────────────────────────────────────────────────────────────────────────────────────


def show_loops(game: Game, words: Sequence[str]) -> None:
    """Say which loops the causes of a number in a turn are part of."""
    if not words:
        raise SessionError(_LOOPS_OF_WHAT)
    number, turn = which(game, list(words))
    why = game.scene.reasons.why(number, turn)
    game.talk.head(Text("Where it leads: {name}", "Adónde lleva: {name}").fill(name=why.name))
    tell_circles(game, Circles(game.session.engine, game.talk.voice).of(why))


def tell_circles(game: Game, circles: Sequence[Circle]) -> None:
    """Tell some loops, those of the causes of a change."""
    if not circles:
        game.talk.say(NONE)
    for n, circle in enumerate(circles):
        if not n or circle.rule != circles[n - 1].rule:
            game.talk.say(by_what(circle))
        game.talk.item("-", f"{game.talk.of(circle.kind)}: {circle.way}", 2)


def by_what(circle: Circle) -> Text:
    """Return through what a loop runs: the rule that moved the number, or the number itself."""
    return _BY_NUMBER if circle.rule is None else _BY_RULE.fill(rule=circle.rule)


_KINDS = {
    1: Text("Reinforces itself", "Se refuerza solo"),
    -1: Text("Keeps itself in check", "Se frena solo"),
    0: Text("Depends on the rest", "Depende de lo demás"),
}
_AMOUNT = {
    1: Text("more {what}", "más {what}"),
    -1: Text("less {what}", "menos {what}"),
    0: Text("more or less {what}", "más o menos {what}"),
}
_FLAG = {
    1: Text("{what}: yes", "{what}: sí"),
    -1: Text("{what}: no", "{what}: no"),
    0: Text("{what}: yes or no", "{what}: sí o no"),
}
NONE = Text(
    "No loop of the rules runs through it: what it drives does not come back to it.",
    "Ningún círculo de las reglas pasa por él: lo que mueve no vuelve a él.",
)
_BY_RULE = Text("Through the rule '{rule}':", "Por la regla «{rule}»:")
_BY_NUMBER = Text("Through the number itself:", "Por el propio indicador:")
_LOOPS_OF_WHAT = Text(
    "Say of which number: its place in the last list (loops 2), or its name.",
    "Diga de qué indicador: su lugar en la última lista (círculos 2) o su nombre.",
)
