"""The names of the rows of one table, cut to the width there is so that rows which differ still do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wargame.telling.shortened import shortened


class Named:
    """The names of a table. A cut depends on all of them, so it is worked out once for each width."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._cut: dict[int, dict[str, str]] = {}

    def fit(self, name: str, width: int) -> str:
        """Return one of the names in at most so many cells."""
        if len(name) <= width or width < _LEAST:
            return name
        if width not in self._cut:
            self._cut[width] = dict(zip(self._names, shortened(self._names, width), strict=True))
        return self._cut[width].get(name, name)


def telling_words(names: Sequence[str]) -> list[str]:
    """Return of each name the first word that no other has: ``político`` of ``Capital político``."""
    every = [name.lower().split() for name in names]
    found = []
    for n, words in enumerate(every):
        others = {word for m, more in enumerate(every) if m != n for word in more}
        found.append(next((word for word in words if word not in others), names[n].lower()))
    return found


_LEAST = 6
"""Cells below which nothing is left to tell names apart by."""
