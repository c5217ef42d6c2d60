"""The toy content as texts, and texts made wrong in one place that is marked with ``‸``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wargame.model.errors import Problem

SAMPLES = Path(__file__).parent.parent / "samples"
MARK = "‸"
PACK = "rules/toy/"
SCENARIO = "scenarios/toy-valley/"


DRIFT = "rules/drift/"
DRIFT_SCENARIO = "scenarios/toy-drift/"
LEAGUE = "rules/league/"
LEAGUE_SCENARIO = "scenarios/toy-league/"


def toy() -> Mapping[str, str]:
    """Return every text of the toy scenario and its rule pack, by path."""
    return samples(PACK, SCENARIO)


def league() -> Mapping[str, str]:
    """Return every text of the toy league and its rule pack, by path."""
    return samples(LEAGUE, LEAGUE_SCENARIO)


def drift() -> Mapping[str, str]:
    """Return every text of the toy drift, which is a case, and its rule pack, by path."""
    return samples(DRIFT, DRIFT_SCENARIO)


@cache
def samples(*folders: str) -> Mapping[str, str]:
    """Return every text under some folders of the samples, by path."""
    paths = sorted(p for folder in folders for p in (SAMPLES / folder).rglob("*") if p.is_file())
    return {p.relative_to(SAMPLES).as_posix(): p.read_text(encoding="utf-8") for p in paths}


@dataclass(frozen=True)
class Case:
    """A text put in place of another, with what should be said about it, and where (at the mark)."""

    code: str
    file: str
    old: str
    new: str
    says: str = ""
    """Words that the sentence contains."""
    also: tuple[str, ...] = ()
    """Codes of other problems that follow."""

    def spoil(self, texts: dict[str, str]) -> tuple[str, int, int]:
        """Put the wrong text in place and return where it is wrong (line and column 0: no place in the file)."""
        before = texts[self.file]
        assert before.count(self.old) == 1, f"{self.old!r} stands {before.count(self.old)} times in {self.file}"
        marked = before.replace(self.old, self.new)
        texts[self.file] = marked.replace(MARK, "")
        if MARK not in marked:
            return self.file, 0, 0
        head = marked[: marked.index(MARK)]
        return self.file, head.count("\n") + 1, len(head) - (head.rfind("\n") + 1) + 1


def place_of(problem: Problem) -> tuple[str, int, int]:
    """Return file, line and column of a problem."""
    return problem.place.file, problem.place.line, problem.place.column
