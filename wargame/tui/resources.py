"""The names of resources in few letters, so that no two are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def told_apart(names: Sequence[str]) -> list[str]:
    """Return the word of each name that tells it from the others: its first, or its last where firsts are alike."""
    words = [name.lower().split() for name in names]
    firsts = Counter(some[0] for some in words)
    return [some[-1] if firsts[some[0]] > 1 else some[0] for some in words]
