"""Names cut to a length so that those which differ still do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence


def shortened(names: Sequence[str], longest: int) -> list[str]:
    """Return names of at most so many characters; where a cut would make several alike, what tells them apart stays."""
    names = _without_owners(names, longest)
    shared = dict.fromkeys(names, 0)
    for _ in range(_ROUNDS):
        alike: dict[str, set[str]] = defaultdict(set)
        for name, common in shared.items():
            alike[_cut(name, longest, common).rstrip("… ")].add(name)
        twins = [some for some in alike.values() if len(some) > 1]
        if not twins:
            break
        for some in twins:
            shared |= dict.fromkeys(some, _shared(some))
    cut = {name: _cut(name, longest, common) for name, common in shared.items()}
    if len(set(cut.values())) < len(cut):
        cut |= _told_apart(cut, longest)
    return [cut[name] for name in names]


def _without_owners(names: Sequence[str], longest: int) -> list[str]:
    """Return names without the owner in brackets at their end, where it has no room and no other begins like that."""
    bases = {name: name[: name.rfind(" (")] if name.endswith(")") and " (" in name else name for name in names}
    often = Counter(bases.values())

    def said(name: str) -> str:
        base = bases[name]
        if len(name) <= longest or often[base] > 1 or len(base) <= longest - _OWNER:
            return name
        return base

    return [said(name) for name in names]


def _told_apart(cut: dict[str, str], longest: int) -> dict[str, str]:
    """Return names that are still alike, and those that begin as they do, by the words that not all of them have."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in cut:
        groups[_cut(name, longest)].append(name)
    found: dict[str, str] = {}
    for some in groups.values():
        if len({cut[name] for name in some}) < len(some):
            common = set.intersection(*(set(name.split()) for name in some))
            found |= {name: _own_words(name, common, longest) for name in some}
    return found


def _own_words(name: str, common: set[str], longest: int) -> str:
    said = ""
    for word in name.split():
        gap = "…" if said.endswith("…") or not said else " "
        said = f"{said.removesuffix('…')}…" if word in common else f"{said.removesuffix('…')}{gap}{word}"
    room = longest - len(said)
    return f"{name[:room]}{said}" if room > 0 else f"{said[: longest - 1]}…"


_OWNER = 12
"""Characters from which on the beginning of an owner still says who is meant."""
_ROUNDS = 4
"""So often names that are still alike are cut again, at what they have in common among themselves."""


def _shared(names: set[str]) -> int:
    """Return how many characters several names begin with alike, up to a word; 0 of one name."""
    if len(names) < 2:
        return 0
    first, last = min(names), max(names)
    alike = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    if alike == len(first) and last[alike : alike + 1] == " ":
        return alike + 1  # all of the first, and the next word of the other
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
