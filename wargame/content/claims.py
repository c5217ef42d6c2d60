"""Rival authorities of a scenario: entities that claim the seats of another, and what is wrong with such claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wargame.content.draft import Authored
from wargame.content.problems import Problems
from wargame.content.schema_scenario import EntityShape
from wargame.content.scope import Nouns
from wargame.model.errors import Place
from wargame.model.institutions import BALLOT, CLAIMS, MEMBERSHIP, RIVAL_SEATED, Institutions
from wargame.model.text import Text


def claims_of(entities: Iterable[Authored[EntityShape]]) -> dict[str, str]:
    """Return rival authority → the member whose seats it claims; of two that claim the same, the first."""
    found: dict[str, str] = {}
    for entity in entities:
        claimed = entity.shape.references.get(CLAIMS, "")
        if claimed and claimed != entity.shape.id and claimed not in found.values():
            found[entity.shape.id] = claimed
    return {rival: claimed for rival, claimed in found.items() if claimed not in found}


def check_claims(
    entities: Iterable[Authored[EntityShape]], institutions: Institutions, nouns: Nouns, problems: Problems
) -> None:
    """Note claims on oneself, on what another claims or on one that claims itself, and a flag that no pack declares."""
    first: dict[str, Place] = {}
    everybody = list(entities)
    claiming = {e.shape.id for e in everybody if CLAIMS in e.shape.references}
    for entity in everybody:
        claimed, at = entity.shape.references.get(CLAIMS), entity.spot.get("references")
        if claimed is None or at is None:
            continue
        place = at.at(CLAIMS)
        if institutions and not may_be_member(entity.shape.kind, nouns):
            problems.add(entity.spot.at("kind"), "wrong-claim", _NO_MEMBER.fill(kind=entity.shape.kind))
        if institutions and nouns.attribute(MEMBERSHIP, RIVAL_SEATED) is None:
            problems.add(place, "missing-noun", _NO_FLAG.fill(owner=MEMBERSHIP, name=RIVAL_SEATED))
        if claimed in claiming:
            problems.add(place, "wrong-claim", _ALL_RIVALS.fill(name=claimed))
        elif claimed in first:
            problems.add(place, "wrong-claim", _TWO_RIVALS.fill(name=claimed, first=first[claimed]))
        first.setdefault(claimed, place)


def may_be_member(kind: str, nouns: Nouns) -> bool:
    """Say whether entities of a kind may belong to bodies and vote there."""
    ties = [nouns.ties.get(name) for name in (MEMBERSHIP, BALLOT)]
    return all(tie is not None and kind in tie.source_kinds for tie in ties)


_NO_MEMBER: Final = Text(
    "what votes in bodies is declared by the ties membership and ballot, and '{kind}' is not among it",
    "quién vota en los organismos lo declaran los vínculos membership y ballot, y «{kind}» no está entre ellos",
)
_NO_FLAG: Final = Text(
    "a rival authority needs the attribute '{name}' of '{owner}', which no rule pack declares",
    "una autoridad rival necesita el atributo «{name}» de «{owner}», que ningún paquete de reglas declara",
)
_ALL_RIVALS: Final = Text(
    "'{name}' claims a seat itself, so it has none that could be claimed",
    "«{name}» reclama a su vez un asiento, de modo que no tiene ninguno que pueda reclamársele",
)
_TWO_RIVALS: Final = Text(
    "the seats of '{name}' are claimed already ({first}); a seat has one rival at most",
    "los asientos de «{name}» ya tienen quien los reclame ({first}); un asiento tiene a lo sumo un rival",
)
