"""Who takes a learner through a first session: which lesson is next, and what of it is done."""

from __future__ import annotations

from wargame.model.lessons import Deed, Lesson
from wargame.model.text import Text
from wargame.session.session import Session


class Tutor:
    """The lessons of one seat's session, in their order.

    What the log shows (orders, turns, branches, the end) counts whenever it was done, so a session that is opened again
    goes on where it was; what is only looked at or asked counts when its lesson has come.
    """

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._lessons = session.scenario.lessons
        self._done = 0
        self.catch_up()

    @property
    def lesson(self) -> Lesson | None:
        """Return the lesson that is due; None: there is none, or all are done."""
        return self._lessons[self._done] if self._done < len(self._lessons) else None

    @property
    def head(self) -> Text:
        """Return the number and title of the lesson that is due."""
        lesson = self.lesson
        assert lesson is not None
        return _HEAD.fill(n=self._done + 1, all=len(self._lessons), title=lesson.title)

    def note(self, deed: Deed, what: str) -> bool:
        """Take note of something looked at or asked; say whether that finished the lesson."""
        lesson = self.lesson
        if lesson is None or (lesson.deed, lesson.what) != (deed, what):
            return False
        self._done += 1
        self.catch_up()
        return True

    def skip(self) -> None:
        """Leave the lesson that is due."""
        self._done = min(self._done + 1, len(self._lessons))
        self.catch_up()

    def catch_up(self) -> bool:
        """Finish what the session itself shows to be done; say whether there was anything."""
        before = self._done
        for n, lesson in enumerate(self._lessons):
            is_lasting = lesson.deed in (Deed.TURN, Deed.FORK, Deed.END)
            if n >= self._done and (n == self._done or is_lasting) and self._is_done(lesson):
                self._done = n + 1
        return self._done > before

    def _is_done(self, lesson: Lesson) -> bool:
        session = self._session
        if lesson.deed is Deed.TURN:
            return session.turn >= int(lesson.what) or session.ended
        if lesson.deed is Deed.ORDER:
            return len(session.filed[self._seat]) >= int(lesson.what)
        if lesson.deed is Deed.OFFER:
            return self._has_dealt()
        if lesson.deed is Deed.FORK:
            return session.header.lineage is not None
        return lesson.deed is Deed.END and session.ended

    def _has_dealt(self) -> bool:
        """Say whether the seat has made an offer, or accepted one."""
        for offer in self._session.bargaining.dealings.offers:
            theirs = offer.proposal.to == self._seat
            if offer.proposal.seat == self._seat or (theirs and offer.status == "accepted"):
                return True
        return False


_HEAD = Text("Lesson {n} of {all}: {title}", "Lección {n} de {all}: {title}")
