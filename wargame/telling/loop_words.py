"""The causal loops of a rule pack in words, and what its diagram is drawn from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from wargame.analysis.loops import ACTOR, Influences, Loop, graph_of, loops_of
from wargame.content.chapters import Volume
from wargame.model.rules import Derived, Event, Mechanism
from wargame.model.text import Text, same
from wargame.telling.rule_words import RuleWords
from wargame.telling.voice import Voice

if TYPE_CHECKING:
    import networkx

MOST: Final = 20
"""Loops told of one pack."""


class Diagram:
    """The arrows of one rule pack as a graph, with the names of its numbers in one language."""

    def __init__(self, voice: Voice, volume: Volume, off: Collection[str] = ()) -> None:
        """Take the rules of a volume, but for those that a lens has switched off."""
        self.voice = voice
        self.volume = volume
        self.words = RuleWords(voice, volume.ruleset)
        rules = volume.ruleset
        every: list[Mechanism | Event | Derived] = [
            *rules.mechanisms,
            *rules.institutions.interests,
            *rules.events,
            *rules.derived,
            *volume.own,
        ]
        mine = [rule for rule in every if rule.place.file.startswith(volume.folder) and _name(rule) not in off]
        influences = Influences(rules, volume.kinds)
        self.graph: networkx.DiGraph[str] = graph_of(influences.arrows(mine))
        self.attribute = influences.attributes.get
        """Id → attribute or reading, if it is one."""

    @property
    def titles(self) -> dict[str, str]:
        """Return what each number is called in the diagram."""
        return {name: self.title(name) for name in self.graph}

    def title(self, name: str) -> str:
        """Return the title of a number: ``Trust (zone)`` where other things have one too."""
        attribute, _, sort = name.partition("@")
        title = self.voice.of(_ACTIVE if attribute == "active" else self.words.attribute(attribute))
        if not sort:
            return title
        return f"{title} ({self.voice.of(_ACTORS if sort == ACTOR else self.words.kind(sort)).lower()})"

    def loops(self) -> list[Loop]:
        """Return the loops of the graph."""
        return loops_of(self.graph)

    def lines(self) -> Iterator[str]:
        """Yield the loops as a list in Markdown."""
        loops = self.loops()
        for loop in loops[:MOST]:
            way = " → ".join(self.title(name) for name in (*loop.numbers, loop.numbers[0]))
            yield f"- {self.voice.of(_KINDS[loop.sign])}: {way}"
        if len(loops) > MOST:
            yield f"- {self.voice.of(_MORE.fill(n=len(loops) - MOST))}"

    @property
    def heading(self) -> str:
        """Return the title of the picture."""
        card = next((p for p in self.volume.ruleset.packs if p.id == self.volume.name), None)
        return self.voice.of(card.title if card else same(self.volume.name))

    @property
    def legend(self) -> str:
        """Return what the arrows mean."""
        return self.voice.of(_LEGEND)


def _name(rule: Mechanism | Event | Derived) -> str:
    return rule.attribute.id if isinstance(rule, Derived) else rule.id


_ACTIVE: Final = Text("Is there", "Está activo")
_ACTORS: Final = Text("actors", "actores")
_KINDS: Final = {
    1: Text("Reinforces", "Refuerza"),
    -1: Text("Balances", "Equilibra"),
    0: Text("Depends", "Depende"),
}
_MORE: Final = Text("… and {n} more.", "… y {n} más.")
_LEGEND: Final = Text(
    "+ more of the one gives more of the other;  − more gives less;  ± that depends on other numbers",
    "+ más de uno da más del otro;  − más da menos;  ± depende de otros indicadores",
)
