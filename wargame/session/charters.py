"""Charters in words: how an organ decides, in one sentence, and how many votes that takes now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Final

from wargame.engine.count import SLACK
from wargame.engine.naming import Names, enumerated
from wargame.model.bindings import Cast
from wargame.model.institutions import Base, DecisionRule, Force, Organ, Tablers
from wargame.model.text import Text

_HALVES: Final = (DecisionRule.ABSOLUTE_MAJORITY, DecisionRule.MAJORITY_NO_NEGATIVE)


def votes_needed(organ: Organ, members: float, present: float | None = None, no: float = 0.0, yes: float = 0.0) -> int:
    """Return how many yes votes an organ asks for, of so many votes; ``present``: how many of them take part."""
    here = members if present is None else present
    counted = float(organ.of) or members
    base = {Base.MEMBERS: counted, Base.PRESENT: here, Base.VOTING: yes + no if yes + no else here}[organ.base]
    least = max(organ.least, 1)
    if organ.rule is DecisionRule.KEYS:
        return len(organ.keys)
    if organ.rule is DecisionRule.UNANIMITY:
        return max(least, ceil(counted))
    if organ.rule is DecisionRule.SIMPLE_MAJORITY:
        least = max(least, floor(no) + 1)
    if takes_half(organ):
        return max(least, floor(base * 0.5) + 1)
    return max(least, ceil((organ.share - SLACK) * base))


def takes_half(organ: Organ) -> bool:
    """Say whether more than half is asked for."""
    return organ.rule in _HALVES or (organ.rule is DecisionRule.WEIGHTED and not organ.share)


def quorum_needed(organ: Organ, members: float) -> int:
    """Return how many votes must attend, of so many."""
    return max(1, ceil((organ.quorum - SLACK) * (organ.of or members)))


class CharterWords:
    """Says what charters say."""

    def __init__(self, names: Names, cast: Cast) -> None:
        self.names = names
        self.cast = cast

    def rule(self, organ: Organ, members: float) -> Text:
        """Return how an organ decides, with the votes that this takes of so many members."""
        base = organ.of or members
        return _RULES[organ.rule].fill(
            n=_votes(base),
            needed=votes_needed(organ, members),
            part=self._part(organ),
            of=_BASES[organ.base].fill(n=_votes(base)),
            least=organ.least,
            keys=enumerated([self.names.owner(key) for key in organ.keys if key in self.cast.entities]),
        )

    def _part(self, organ: Organ) -> Text:
        return _MORE_THAN_HALF if takes_half(organ) else share_in_words(organ.share)

    def remarks(self, organ: Organ, members: float, sitting: Sequence[str]) -> list[Text]:
        """Return everything else that an organ's rules say, a sentence each; ``sitting``: its members now."""
        found = []
        if organ.quorum:
            text = _FULL_HOUSE if organ.quorum >= 1 else _QUORUM
            found.append(text.fill(k=quorum_needed(organ, members), n=_plain(organ.of or members)))
        if organ.veto:
            holders = [self.names.owner(who) for who in sitting if self.cast.fits(who, organ.veto)]
            found.append(_VETO.fill(who=enumerated(holders)) if holders else _VETO_NOBODY)
        found += [text for applies, text in self._flags(organ) if applies]
        found.append(_TABLES[organ.tables])
        within, beyond = organ.abstains_within, organ.opposes_beyond
        if within or beyond:
            text = _LUKEWARM if within == beyond else _RELUCTANT
            found.append(text.fill(n=_plain(within), m=_plain(beyond)))
        found.append(_FORCES[organ.force])
        return found

    def _flags(self, organ: Organ) -> list[tuple[bool, Text]]:
        return [
            (organ.excludes_subject, _EXCLUDES),
            (organ.consults_absent, _CONSULTS),
            (organ.secret, SECRET),
            (organ.urgent, _URGENT),
        ]


def share_in_words(share: float) -> Text:
    """Return ``two thirds``, or percent where there is no word for the share."""
    for value, words in _SHARES.items():
        if abs(value - share) < 0.005:  # 2/3 is written 0.6667
            return words
    percent = f"{share * 100:.1f}".removesuffix(".0")
    return Text(f"{percent}%", f"{percent.replace('.', ',')} %")


def _votes(count: float) -> Text:
    return Text("1 vote", "1 voto") if count == 1 else Text("{n} votes", "{n} votos").fill(n=_plain(count))


def _plain(count: float) -> Text:
    shown = f"{count:.1f}".removesuffix(".0")
    return Text(shown, shown.replace(".", ","))


_SHARES: Final[Mapping[float, Text]] = {
    0.5: Text("half", "la mitad"),
    3 / 5: Text("three fifths", "tres quintos"),
    2 / 3: Text("two thirds", "dos tercios"),
    3 / 4: Text("three quarters", "tres cuartos"),
    4 / 5: Text("four fifths", "cuatro quintos"),
}
_MORE_THAN_HALF: Final = Text("more than half", "más de la mitad")
_BASES: Final = {
    Base.MEMBERS: Text("of {n}", "de {n}"),
    Base.PRESENT: Text("of the votes present", "de los votos presentes"),
    Base.VOTING: Text("of the votes cast for or against", "de los votos a favor o en contra"),
}
_RULES: Final = {
    DecisionRule.CONSENSUS: Text(
        "consensus: at least one yes and no objection; to abstain is not to object",
        "consenso: al menos un voto a favor y ninguna objeción; abstenerse no es objetar",
    ),
    DecisionRule.UNANIMITY: Text(
        "unanimity: all of {n} in favour, and whoever is missing prevents it",
        "unanimidad: {n} a favor, es decir, todos; quien falte la impide",
    ),
    DecisionRule.UNANIMITY_ABSTAIN: Text(
        "nobody against, and {part} {of} in favour: {needed}",
        "nadie en contra, y {part} {of} a favor: {needed}",
    ),
    DecisionRule.ABSOLUTE_MAJORITY: Text(
        "absolute majority: more than half of {n}: {needed}",
        "mayoría absoluta: más de la mitad de {n}: {needed}",
    ),
    DecisionRule.MAJORITY_NO_NEGATIVE: Text(
        "nobody against, and more than half of {n} in favour: {needed}",
        "nadie en contra, y más de la mitad de {n} a favor: {needed}",
    ),
    DecisionRule.SIMPLE_MAJORITY: Text(
        "simple majority: more votes for than against",
        "mayoría simple: más votos a favor que en contra",
    ),
    DecisionRule.SUPERMAJORITY: Text("{part} {of}: {needed}", "{part} {of}: {needed}"),
    DecisionRule.WEIGHTED: Text(
        "votes by weight: {part} {of}: {needed}", "votos ponderados: {part} {of}: {needed}"
    ),
    DecisionRule.COUNCIL_VETO: Text(
        "at least {least} votes in favour, and no veto", "al menos {least} votos a favor y ningún veto"
    ),
    DecisionRule.SIGN_ON: Text(
        "open for signature: at least {least} members sign, and it speaks for those alone",
        "abierto a la firma: firman al menos {least} miembros, y habla solo por ellos",
    ),
    DecisionRule.KEYS: Text(
        "by keys: {keys} must each say yes, and nobody else votes",
        "por llaves: {keys} deben decir que sí, y nadie más vota",
    ),
}  # fmt: skip
_QUORUM: Final = Text("Quorum: {k} of {n}.", "Quórum: {k} de {n}.")
_FULL_HOUSE: Final = Text("Quorum: a full house, all {n}.", "Quórum: asistencia plena, los {n}.")
_VETO: Final = Text("Veto: {who}.", "Veto: {who}.")
_VETO_NOBODY: Final = Text("Nobody who sits now has the veto.", "Nadie de quienes integran hoy el órgano tiene veto.")
_EXCLUDES: Final = Text("The member concerned neither votes nor counts.", "El miembro aludido ni vota ni cuenta.")
_CONSULTS: Final = Text(
    "Absent members are consulted: it passes a turn later unless one of them objects.",
    "Se consulta a los ausentes: se aprueba un turno después, si ninguno objeta.",
)
SECRET: Final = Text("The vote is secret: only totals are known.", "El voto es secreto: solo se conocen los totales.")
_URGENT: Final = Text(
    "It may meet in the very turn in which a text is tabled.",
    "Puede reunirse en el mismo turno en que se presenta un texto.",
)
_TABLES: Final = {
    Tablers.MEMBERS: Text("Any member may table.", "Presenta textos cualquier miembro."),
    Tablers.CHAIR: Text("Only the chair may table.", "Solo presenta textos la presidencia."),
    Tablers.SUBJECT: Text("Only the member concerned may table.", "Solo presenta textos el miembro aludido."),
    Tablers.KEYS: Text("Only those who hold a key may table.", "Solo presentan textos quienes tienen llave."),
}
_LUKEWARM: Final = Text(
    "A member that leans less than {n} either way abstains.",
    "Quien se inclina menos de {n} en un sentido u otro se abstiene.",
)
_RELUCTANT: Final = Text(
    "A member that leans less than {n} in favour, or {m} against, abstains.",
    "Quien se inclina menos de {n} a favor, o de {m} en contra, se abstiene.",
)
_FORCES: Final = {
    Force.BINDING: Text("What it adopts binds.", "Lo que adopta obliga."),
    Force.INCORPORATED: Text(
        "What it adopts binds a member once that member has made it law.",
        "Lo que adopta obliga a cada miembro cuando lo incorpora a su derecho.",
    ),
    Force.RECOMMENDATION: Text("What it adopts is a recommendation.", "Lo que adopta es una recomendación."),
    Force.DECLARATION: Text("What it adopts is a declaration.", "Lo que adopta es una declaración."),
}
