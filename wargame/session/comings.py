"""Who came and went in bodies in a turn: members, chairs, contested seats, bodies that wake or fall asleep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wargame.engine.naming import enumerated
from wargame.engine.seating import Contest, contests
from wargame.model.institutions import MEMBERSHIP, RIVAL_SEATED
from wargame.model.text import Text, of
from wargame.session.beliefs import Beliefs
from wargame.session.counts import turns
from wargame.session.reports import TurnReport
from wargame.session.session import Session

_UP = 0.5


class Comings:
    """What changed in the bodies of a session, as somebody believes it."""

    def __init__(self, session: Session, beliefs: Beliefs) -> None:
        self.session = session
        self.beliefs = beliefs

    def changes(self, report: TurnReport, followed: frozenset[str] | None = None) -> list[Text]:
        """Return what changed in the bodies themselves in a turn: members, chairs, whether they are awake.

        ``followed``: the bodies whose chairs are told of as well; None: all.
        """
        engine, found = self.session.engine, []
        bodies = [b for b in self.session.scenario.ruleset.institutions.charters if b in engine.cast.entities]
        for body in bodies:
            title = self.session.names.owner(body)
            whose = {"body": title, "of_body": of(title)}
            for attribute, up, down in _BODY_CHANGES:
                text = self._flip(body, attribute, report, up, down)
                found += [text.fill(**whose)] if text else []
            ties = [t for t in engine.cast.of_type[MEMBERSHIP] if t.target == body]
            moved: dict[Text, list[Text]] = {}
            for tie in ties:
                text = self._member_change(tie.id, report)
                if text is not None:
                    moved.setdefault(text, []).append(self.session.names.owner(tie.source))
            found += [text.fill(who=enumerated(members), **whose) for text, members in moved.items()]
            found += [t for c in contests(engine.cast, body) if (t := self._seat_change(c, report)) is not None]
            if followed is None or body in followed:
                found += self._chair(body, {t.id: t.source for t in ties}, report)
        return found

    def _flip(self, owner: str, attribute: str, report: TurnReport, up: Text, down: Text) -> Text | None:
        before, after = self._span(owner, attribute, report)
        if (before >= _UP) == (after >= _UP):
            return None
        return up if after >= _UP else down

    def _span(self, owner: str, attribute: str, report: TurnReport) -> tuple[float, float]:
        row = self.session.engine.layout.row(owner, attribute)
        before, after = (self.beliefs.at_start_of(turn)[row] for turn in (report.turn, report.turn + 1))
        return float(before), float(after)

    def _seat_change(self, contest: Contest, report: TurnReport) -> Text | None:
        """Return who has a contested seat now, if it has changed hands."""
        names = self.session.names
        tie = self.session.engine.layout.ties[MEMBERSHIP, contest.owner, contest.body]
        sides = [contest.say(names, rival=rival) for rival in (True, False)]
        return self._flip(tie, RIVAL_SEATED, report, *sides)

    def _member_change(self, tie: str, report: TurnReport) -> Text | None:
        for attribute, up, down in _MEMBER_CHANGES:
            text = self._flip(tie, attribute, report, up, down)
            if text is not None:
                return text
        before, after = self._span(tie, "notice", report)
        if before <= 0 < after:
            text = Text(
                "Notice given to {{body}}, to leave in {n}: {{who}}.",
                "Anuncian su salida {{of_body}}, en {n}: {{who}}.",
            )
            return text.fill(n=turns(after))
        return _NOTICE_TAKEN_BACK if after <= 0 < before else None

    def _chair(self, body: str, members: dict[str, str], report: TurnReport) -> Iterator[Text]:
        spans = {who: self._span(tie, "chair", report) for tie, who in members.items()}
        old = [who for who, (before, after) in spans.items() if after < _UP <= before]
        new = [who for who, (before, after) in spans.items() if before < _UP <= after]
        if old and new:
            a, b = self.session.names.owner(old[0]), self.session.names.owner(new[0])
            yield _HANDED_ON.fill(of_body=of(self.session.names.owner(body)), a=a, b=b)
        elif new:
            yield _TAKEN.fill(of_body=of(self.session.names.owner(body)), b=self.session.names.owner(new[0]))
        elif old:
            yield _EMPTY.fill(of_body=of(self.session.names.owner(body)))


_MEMBER_CHANGES: Final = (
    ("standing", Text("New in {body}: {who}.", "Ingresos en {body}: {who}."),
     Text("No longer in {body}: {who}.", "Salidas {of_body}: {who}.")),
    ("suspended", Text("Suspended from {body}: {who}.", "Suspensiones en {body}: {who}."),
     Text("Suspension from {body} lifted: {who}.", "Suspensiones levantadas en {body}: {who}.")),
    ("absent", Text("Staying away from {body}: {who}.", "Se ausentan {of_body}: {who}."),
     Text("Back at {body}: {who}.", "Vuelven a su lugar en {body}: {who}.")),
)  # fmt: skip
_BODY_CHANGES: Final = (
    ("dormant", Text("{body} falls asleep.", "{body} queda inactiva."),
     Text("{body} wakes: it can decide again.", "{body} se reactiva: puede volver a decidir.")),
    ("chair_frozen", Text("The chair of {body} is not handed on.", "No se traspasa la presidencia {of_body}."),
     Text("The chair of {body} can be handed on again.", "Vuelve a poder traspasarse la presidencia {of_body}.")),
)  # fmt: skip
_NOTICE_TAKEN_BACK: Final = Text(
    "Notice to {body} taken back: {who}.", "Retiran su anuncio de salida {of_body}: {who}."
)
_HANDED_ON: Final = Text("The chair {of_body} passes from {a} to {b}.", "La presidencia {of_body} pasa de {a} a {b}.")
_TAKEN: Final = Text("{b} takes the chair {of_body}.", "{b} asume la presidencia {of_body}.")
_EMPTY: Final = Text("The chair {of_body} is empty.", "La presidencia {of_body} queda vacante.")
