"""Names cut to a length so that those which differ still do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence


def shortened(names: Sequence[str], longest: int) -> list[str]:
    """Return names of at most so many characters; where a cut would make several alike, what tells them apart stays."""
    alike: dict[str, set[str]] = defaultdict(set)
    for name in names:
        alike[_cut(name, longest)].add(name)
    return [_cut(name, longest, _shared(alike[_cut(name, longest)])) for name in names]


def _shared(names: set[str]) -> int:
    """Return how many characters several names begin with alike, up to a word; 0 of one name."""
    if len(names) < 2:
        return 0
    first, last = min(names), max(names)
    alike = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:alike].rfind(" ") + 1


def _cut(name: str, longest: int, shared: int = 0) -> str:
    if len(name) <= longest:
        return name
    head = longest // 3
    if shared <= head:
        return f"{name[: longest - 1]}…"
    rest = name[shared:]
    room = longest - head - 1
    if len(rest) <= room:
        return f"{name[: longest - len(rest) - 1]}…{rest}"
    return f"{name[:head]}…{rest[: room - 1]}…"
