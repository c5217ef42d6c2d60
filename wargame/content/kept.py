"""What was loaded already: a scenario whose every text is the same is the same scenario, and is not built again.

A scenario never changes once it is built, so all who load it may share it. The files are still read each time: what
an author has just saved is what is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wargame.content.files import Files
from wargame.content.reports import Report

MOST: Final = 32
"""The most reports that are kept: those of every shipped scenario, each a few megabytes."""


@dataclass(frozen=True)
class _Kept:
    own: Files
    folders: tuple[Files, ...]
    report: Report


_kept: dict[tuple[str, bool], _Kept] = {}
"""By the folder of the scenario and whether what is odd was looked for; the oldest first."""


def keep(report: Report, own: Files, folders: Sequence[Files], *, odd: bool) -> None:
    """Keep what came of a scenario's folder and those of its rule packs, if nothing was wrong with them."""
    if report.scenario is None:
        return
    _kept.pop((own.shown, odd), None)
    _kept[own.shown, odd] = _Kept(own, tuple(folders), report)
    while len(_kept) > MOST:
        _kept.pop(next(iter(_kept)), None)


def recall(own: Files, find: Callable[[str], Files | None], *, odd: bool) -> Report | None:
    """Return what came of the same texts, where the rule packs that they use are the same too."""
    known = _kept.get((own.shown, odd))
    if known is None or known.own != own or any(find(folder.name) != folder for folder in known.folders):
        return None
    return replace(known.report, packs=where(known.folders))


def where(folders: Sequence[Files]) -> tuple[Path, ...]:
    """Return where folders lie."""
    return tuple(Path(folder.shown).absolute() for folder in folders)
