"""Which scenarios and rule packs there are, and in which order scenarios are listed for somebody who looks for one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wargame.content import files
from wargame.content.history_rows import HISTORY

SUGGESTED: Final = "vraem-2020"
"""The scenario that is suggested first to those who want no lessons."""
LESSONS: Final = "lessons.yaml"
"""Where a scenario that teaches keeps its lessons."""


def scenario_names() -> tuple[str, ...]:
    """Return the names of all scenarios that can be found."""
    return files.names("scenarios")


def case_names() -> tuple[str, ...]:
    """Return the names of the scenarios that are cases: they are tested against history, and may be played too."""
    found = ((name, files.locate("scenarios", name)) for name in scenario_names())
    return tuple(name for name, folder in found if folder is not None and (folder / HISTORY).is_file())


def pack_names() -> tuple[str, ...]:
    """Return the names of all rule packs that can be found."""
    return files.names("rules")


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
