"""Where commands find the library of sessions, and who plays the seats that no person plays."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from wargame.bots.bots import Bots
from wargame.engine.engine import Engine
from wargame.session.library import Library
from wargame.session.newest import typed_session
from wargame.session.paths import library_path
from wargame.session.session import Session


def open_library(option: Path | None, *, create: bool = False) -> Library:
    """Return the library of ``--library``, of WARGAME_LIBRARY or of the user; use it in a ``with`` block.

    One that was named must be there unless ``create``; the user's own is made where nothing was played yet.
    """
    return Library(library_path(option), create=create or option is None)


def where_kept(option: Path | None) -> str:
    """Return what a command needs to find the same library again: nothing for the usual one."""
    return f" --library {shlex.quote(str(option))}" if option else ""


def make_bots(engine: Engine, plays: Mapping[str, str], sharpness: float) -> Bots:
    """Return the bots of a session."""
    return Bots(engine, plays, sharpness)


def open_session(library: Library, typed: str) -> Session:
    """Open the session whose id begins with what was typed."""
    return Session.open(library, typed_session(library, typed), make_bots)
