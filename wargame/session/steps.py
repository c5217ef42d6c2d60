"""What a turn that is played out comes to, step by step, for whoever watches and may call it off."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum


class Step(Enum):
    """What comes next. Whoever watches may raise: until ``KEEP`` is past, nothing has changed."""

    CHOOSE = "choose"
    PLAY = "play"
    KEEP = "keep"


Watch = Callable[[Step], None]


def nobody_watches(step: Step) -> None:
    """Let every step pass."""
