"""The lessons of a first session, checked and frozen."""

from __future__ import annotations

from typing import Final

from wargame.content.draft import Authored, Draft, text_of
from wargame.content.schema_scenario import LessonShape
from wargame.content.script import refuse_beyond
from wargame.model.lessons import Deed, Lesson
from wargame.model.text import Text


def build_lesson(entry: Authored[LessonShape], turns: int, draft: Draft) -> Lesson:
    """Return a lesson; ``turns`` is the length of the full session."""
    shape, spot = entry.shape, entry.spot
    given = [(deed, getattr(shape.until, deed.value)) for deed in Deed if getattr(shape.until, deed.value) is not None]
    if len(given) != 1:
        draft.problems.add(spot.at("until"), "wrong-trigger", _ONE_DEED)
    refuse_beyond(shape.until.turn, spot.at("until"), turns, draft)
    deed, what = given[0] if given else (Deed.END, True)
    return Lesson(
        shape.id, text_of(shape.title), text_of(shape.text), text_of(shape.screens), text_of(shape.lines), deed,
        "" if what is True else str(what),
    )  # fmt: skip


_ONE_DEED: Final = Text(
    "a lesson ends with exactly one deed: 'see', 'ask', 'order', 'turn', 'offer', 'fork' or 'end'",
    "una lección termina con exactamente un hecho: «see», «ask», «order», «turn», «offer», «fork» o «end»",
)
