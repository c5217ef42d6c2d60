"""The nearest valid name to one that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from wargame.model.text import Text

_LONGEST = 60
"""Longer names are not typing slips, and comparing them would take long."""


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like ``name``, else one of whose words it is, or None if none is near."""
    if len(name) > _LONGEST:
        return None
    known = sorted(set(candidates))
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    parts = [other for other in known if name in re.split("[_-]", other)]
    return next(iter(close or parts), None)


def did_you_mean(name: str, candidates: Iterable[str]) -> Text:
    """Return the end of a sentence that proposes the nearest candidate, or nothing."""
    near = nearest(name, candidates)
    if near is None:
        return Text("", "")
    return Text("; did you mean '{near}'?", "; ¿quiso decir «{near}»?").fill(near=near)
