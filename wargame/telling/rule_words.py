"""How the rulebook names what formulas read: numbers by their titles, entities by their roles in a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from wargame.engine.naming import enumerated
from wargame.formula.words import words
from wargame.model.agreements import Between as Pair
from wargame.model.expression import Amount, Between, Entity, Formula, Leaf, Parameter, Read, Subject
from wargame.model.institutions import CLAIMS, DecisionRule, Organ
from wargame.model.rules import Binding, EntityClause
from wargame.model.ruleset import Ruleset
from wargame.model.text import Text, join, lower, same
from wargame.session.charters import share_in_words
from wargame.telling.figures import unit_in_words
from wargame.telling.voice import Voice

_OUTSIDE: Final = "outside"


class RuleWords:
    """Says formulas, roles and kinds of one ruleset in one language."""

    def __init__(self, voice: Voice, ruleset: Ruleset) -> None:
        self.voice = voice
        self.ruleset = ruleset
        numbers = (*ruleset.attributes, *(d.attribute for d in ruleset.derived))
        self.titles = {a.id: a.title for a in numbers}
        self.kinds = {name: k.title for name, k in ruleset.kinds.items()}
        self.ties = {name: t.title for name, t in ruleset.ties.items()}

    def of(self, formula: Formula) -> str:
        """Return a formula in words."""
        return words(formula.node, self._leaf, self.voice.language)

    def _leaf(self, leaf: Leaf) -> Text:
        match leaf:
            case Read():
                return same(self.path(leaf))
            case Parameter(name=name):
                return same(f"*{name}*")
            case Amount():
                return _AMOUNT
        return same(str(leaf))

    def path(self, read: Read) -> str:
        """Return a number with whose it is: ``Patience (z)``."""
        title = self.voice.of(self.attribute(read.attribute))
        if isinstance(read.subject, Entity) and read.subject.name == _OUTSIDE:
            return title
        return f"{title} ({self.subject(read.subject)})"

    def subject(self, subject: Subject) -> str:
        """Return a role, or the two ends of a tie: ``alignment x–y``."""
        if isinstance(subject, Between):
            tie = self.voice.of(self.ties.get(subject.tie, same(subject.tie))).lower()
            return f"{tie} {subject.source}–{subject.target}"
        return str(subject)

    def attribute(self, name: str) -> Text:
        """Return the title of an attribute, reading or series."""
        return self.titles.get(name, same(name.replace("_", " ")))

    def kind(self, name: str) -> Text:
        """Return the title of a kind or tie type."""
        return self.kinds.get(name) or self.ties.get(name) or same(name)

    def unit(self, unit: str) -> Text:
        """Return a unit as it stands behind a number."""
        return unit_in_words(unit)

    def binding(self, binding: Binding | None) -> str:
        """Return what a rule is about: ``each zone z; each alignment al from x to y; z: #coca``."""
        if binding is None:
            return ""
        parts = []
        for clause in binding.clauses:
            if isinstance(clause, EntityClause):
                kinds = " | ".join(self.voice.of(self.kind(k)).lower() for k in clause.kinds)
                parts.append(self.voice.of(_EACH.fill(kind=kinds, role=clause.role)))
            else:
                tie = self.voice.of(self.kind(clause.tie)).lower()
                text = _PAIR_OF if clause.once else _TIE
                parts.append(
                    self.voice.of(text.fill(tie=tie, role=clause.role, source=clause.source, target=clause.target))
                )
        parts += [f"{role}: {self.chosen(words_)}" for role, words_ in binding.only.items()]
        return "; ".join(parts)

    def chosen(self, names: Iterable[str]) -> str:
        """Return kinds by their titles; tags and ids stand as they are."""
        return ", ".join(
            self.voice.of(self.kinds[name]).lower() if name in self.kinds else f"`{name}`" for name in names
        )

    def pair(self, pair: Pair) -> str:
        """Return who may promise something to whom, and what must hold between the two."""
        said = _PAIR.fill(giver=self.chosen(pair.by), taker=self.chosen(pair.taker))
        parts = [said]
        for reference, rivals, shared in ((pair.one, _RIVALS, _ONE), (pair.apart, _NO_RIVALS, _APART)):
            if reference:
                parts.append(rivals if reference == CLAIMS else shared.fill(what=self._reference(reference)))
        if pair.tied:
            parts.append(_TIED.fill(ties=join([lower(self.kind(tie)) for tie in pair.tied], ", ")))
        return self.voice.of(join(parts, "; "))

    def _reference(self, name: str) -> Text:
        """Return to what two sides both lead: the kind of that name, else the name as it stands."""
        return lower(self.kinds[name]) if name in self.kinds else same(f"`{name}`")


def organ_rule(organ: Organ, name: Callable[[str], Text] = lambda key: same(f"`{key}`")) -> Text:
    """Return how an organ decides, however many members it has; ``name`` says who holds a key."""
    part = share_in_words(organ.share) if organ.share else _HALF
    return _RULES[organ.rule].fill(part=part, least=organ.least, keys=enumerated([name(key) for key in organ.keys]))


_AMOUNT: Final = Text("the amount ordered", "la cantidad ordenada")
_EACH: Final = Text("each {kind} *{role}*", "cada {kind} *{role}*")
_TIE: Final = Text(
    "each {tie} *{role}* from *{source}* to *{target}*", "cada {tie} *{role}* de *{source}* a *{target}*"
)
_PAIR_OF: Final = Text(
    "each {tie} *{role}* between *{source}* and *{target}*", "cada {tie} *{role}* entre *{source}* y *{target}*"
)
_PAIR: Final = Text("{giver} → {taker}", "{giver} → {taker}")
_ONE: Final = Text("both of the same {what}", "que comparten {what}")
_APART: Final = Text("not both of the same {what}", "que no comparten {what}")
_RIVALS: Final = Text("rivals for the same seats", "que se disputan los mismos asientos")
_NO_RIVALS: Final = Text("not rivals for the same seats", "que no se disputan los mismos asientos")
_TIED: Final = Text("with a tie between the two: {ties}", "con un vínculo entre los dos: {ties}")
_HALF: Final = Text("more than half", "más de la mitad")
_RULES: Final = {
    DecisionRule.CONSENSUS: Text("consensus: a yes and no objection", "consenso: un voto a favor y ninguna objeción"),
    DecisionRule.UNANIMITY: Text("unanimity of all members", "unanimidad de todos los miembros"),
    DecisionRule.UNANIMITY_ABSTAIN: Text("nobody against, {part} in favour", "nadie en contra, {part} a favor"),
    DecisionRule.ABSOLUTE_MAJORITY: Text("more than half of all members", "más de la mitad de todos los miembros"),
    DecisionRule.MAJORITY_NO_NEGATIVE: Text(
        "more than half in favour, nobody against", "más de la mitad a favor, nadie en contra"
    ),
    DecisionRule.SIMPLE_MAJORITY: Text("more votes for than against", "más votos a favor que en contra"),
    DecisionRule.SUPERMAJORITY: Text("{part} in favour", "{part} a favor"),
    DecisionRule.WEIGHTED: Text("{part} of the votes by weight", "{part} de los votos ponderados"),
    DecisionRule.COUNCIL_VETO: Text(
        "at least {least} in favour, and no veto", "al menos {least} a favor y ningún veto"
    ),
    DecisionRule.SIGN_ON: Text(
        "at least {least} sign, and it speaks for them alone", "firman al menos {least}, y habla solo por ellos"
    ),
    DecisionRule.KEYS: Text("each of {keys} says yes", "cada uno de {keys} dice que sí"),
}
