"""Why a text may fail before anybody votes: members that stay away, and the seat's own among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wargame.engine.naming import enumerated
from wargame.model.text import Text
from wargame.session.assembly import Assembly, Member
from wargame.session.charters import quorum_needed
from wargame.session.counts import plain


def obstacles(assembly: Assembly, proposal: str) -> Iterator[Text]:
    """Yield why a text cannot pass as things stand: the body asleep, no quorum, the seat itself absent from it."""
    body, organ = assembly.body_of(proposal), assembly.organ_of(proposal)
    subject = assembly.engine.cast.entities[proposal].references.get("subject", "") if organ.excludes_subject else ""
    sitting = [member for member in assembly.members(body) if member.sits and member.who != subject]
    if assembly.flag(body, "dormant"):
        yield _ASLEEP
        return
    if not assembly.flag(proposal, "pending"):
        needed = quorum_needed(organ, sum(member.votes for member in sitting)) if organ.quorum else 0
        yield from _quorum(sitting, needed, organ.of)
        yield from _own(assembly, sitting)


def _quorum(sitting: list[Member], needed: int, fixed: float) -> Iterator[Text]:
    here = sum(member.votes for member in sitting if not member.absent)
    if here < needed:
        everybody = fixed or sum(member.votes for member in sitting)
        yield _NO_QUORUM.fill(here=plain(here), all=plain(everybody), needed=needed)


def _own(assembly: Assembly, sitting: list[Member]) -> Iterator[Text]:
    own = [member for member in sitting if assembly.seat is not None and member.who in assembly.seat.actors]
    away = [assembly.names.owner(member.who) for member in own if member.absent]
    if away and len(away) == len(own):
        yield _YOU_ARE_AWAY
    elif away:
        yield (_IS_AWAY if len(away) == 1 else _ARE_AWAY).fill(who=enumerated(away))


def tabled_by(assembly: Assembly, move: str, targets: Mapping[str, str]) -> str | None:
    """Return the text that an order puts on an agenda; None if it puts none there."""
    found = assembly.session.scenario.ruleset.moves[move]
    for effect in (*found.always.add, *found.success.add):
        if effect.path.attribute == "tabled" and str(effect.path.subject) in targets:
            return targets[str(effect.path.subject)]
    return None


_ASLEEP = Text("It cannot pass: the body is asleep.", "No puede aprobarse: el organismo no está en funciones.")
_NO_QUORUM = Text(
    "It would fail for want of a quorum: {here} of {all} votes would attend, {needed} must.",
    "Fracasaría por falta de quórum: asistirían {here} de {all} votos y hacen falta {needed}.",
)
_YOU_ARE_AWAY = Text(
    "You do not attend this body now: your vote will not count.",
    "Usted no asiste ahora a este organismo: su voto no contará.",
)
_IS_AWAY = Text("{who} does not attend: its vote will not count.", "{who} no asiste: su voto no contará.")
_ARE_AWAY = Text("{who} do not attend: their votes will not count.", "{who} no asisten: sus votos no contarán.")
