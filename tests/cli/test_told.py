"""What a player is told before it is too late, and in words that hold."""

from __future__ import annotations

import pytest

from tests.cli.support import answer_to, play
from wargame.model.text import Language

EN, ES = Language.EN, Language.ES
TO_THE_END = ("end", "end", "end")
"""To the last of the four turns of a short session."""


@pytest.mark.parametrize(
    ("language", "late"),
    [(EN, "Too late for 'Road works'"), (ES, "Ya no hay tiempo para «Obras viales»")],
)
def test_works_that_would_begin_after_the_end_are_called_too_late_before_they_are_paid(
    language: Language, late: str
) -> None:
    assert late not in play(["orders 4", "file 4.1"], language, short=True)
    for line in ("orders 4.1", "file 4.1"):
        assert late in " ".join(answer_to(line, *TO_THE_END, language=language, short=True).split())
    assert late.split("'")[0].split("«")[0].strip().lower() in " ".join(
        answer_to("orders", *TO_THE_END, language=language, short=True).split()
    )


def test_works_that_fit_only_in_part_are_said_to() -> None:
    said = " ".join(answer_to("orders 4.1", "end", short=True).split())
    assert "Of 'Road works' there is time for 2 of 4 turns." in said
