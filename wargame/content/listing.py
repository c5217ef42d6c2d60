"""In which order scenarios are listed for somebody who looks for one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wargame.content import files
from wargame.content.load import case_names

SUGGESTED: Final = "vraem-2020"
"""The scenario that is suggested first to those who want no lessons."""
LESSONS: Final = "lessons.yaml"
"""Where a scenario that teaches keeps its lessons."""


def teaches(name: str) -> bool:
    """Say whether a scenario has lessons for a first session."""
    folder = files.locate("scenarios", name)
    return folder is not None and (folder / LESSONS).is_file()


def by_use(names: Iterable[str]) -> list[str]:
    """Return names of scenarios as somebody looks for one: those that teach, the suggested one, others, cases."""
    cases = case_names()

    def place(name: str) -> tuple[int, str]:
        return (0 if teaches(name) else 1 if name == SUGGESTED else 3 if name in cases else 2, name)

    return sorted(names, key=place)
