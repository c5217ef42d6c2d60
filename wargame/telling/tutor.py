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
        self._again: int | None = None
        self._unread: range = range(0)
        """Lessons that were passed over when the one that is due came, because they were done already."""
        self.catch_up()
        self._unread = range(0)

    @property
    def lesson(self) -> Lesson | None:
        """Return the lesson that is due; None: there is none, or all are done."""
        return self._lessons[self._done] if self._done < len(self._lessons) else None

    @property
    def shown(self) -> Lesson | None:
        """Return the lesson that is to be read: the one that is due, or an earlier one that was asked for again."""
        return self.lesson if self._again is None else self._lessons[self._again]

    @property
    def has_before(self) -> bool:
        """Say whether there is a lesson before the one that is shown."""
        return (self._done if self._again is None else self._again) > 0

    @property
    def head(self) -> Text:
        """Return the number and title of the lesson that is shown, and which before it had been done already."""
        lesson, again = self.shown, self._again is not None
        assert lesson is not None
        at = self._done if self._again is None else self._again
        head = (_AGAIN if again else _HEAD).fill(n=at + 1, all=len(self._lessons), title=lesson.title)
        if again or not self._unread:
            return head
        passed = ", ".join(str(n + 1) for n in self._unread)
        return (_ONE_PASSED if len(self._unread) == 1 else _PASSED).fill(head=head, n=passed)

    def note(self, deed: Deed, what: str) -> bool:
        """Take note of something looked at or asked; say whether that finished the lesson."""
        lesson = self.lesson
        if lesson is None or (lesson.deed, lesson.what) != (deed, what):
            return False
        self._go_on()
        return True

    def skip(self) -> None:
        """Leave the lesson that is due; from one that is read again, go on to the next."""
        if self._again is not None:
            self._again = self._again + 1 if self._again + 1 < self._done else None
            return
        self._go_on()

    def _go_on(self) -> None:
        """Leave the lesson that is due and those after it that are done already."""
        left, self._again = self._done, None
        self._done = min(left + 1, len(self._lessons))
        self.catch_up()
        self._unread = range(left + 1, self._done)

    def go_back(self) -> None:
        """Show the lesson before the one that is shown; what has been done stays done."""
        if self.has_before:
            self._again = (self._done if self._again is None else self._again) - 1

    def catch_up(self) -> bool:
        """Finish what the session itself shows to be done; say whether there was anything."""
        before = self._done
        for n, lesson in enumerate(self._lessons):
            is_lasting = lesson.deed in (Deed.TURN, Deed.FORK, Deed.END)
            if n >= self._done and (n == self._done or is_lasting) and self._is_done(lesson):
                self._done = n + 1
        if self._done > before:
            self._again, self._unread = None, range(before + 1, self._done)
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
_ONE_PASSED = Text("{head} ({n} is done already)", "{head} (la {n} ya está hecha)")
_PASSED = Text("{head} ({n} are done already)", "{head} ({n} ya están hechas)")
_AGAIN = Text("Lesson {n} of {all}, again: {title}", "Lección {n} de {all}, otra vez: {title}")
