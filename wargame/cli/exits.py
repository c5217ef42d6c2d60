"""Exit codes of every command: part of the interface, so that scripts may rely on them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended. A number keeps its meaning for good; new meanings get new numbers."""

    OK = 0
    """Done; what was asked for is on stdout."""
    FAILED = 1
    """A fault of the program itself, or of the machine (disk full, no permission): never of what the user typed."""
    USAGE = 2
    """The command line cannot be understood: unknown command or option, a value of the wrong form."""
    CONTENT = 3
    """A rule pack, scenario or formula has problems; each is on stderr with file, line and column."""
    NOT_FOUND = 4
    """What was named does not exist: scenario, session, turn, seat, attribute."""
    REFUSED = 5
    """An order, or a step out of order, was refused; the reason is on stderr. Nothing changed."""
    LIBRARY = 6
    """The library of sessions cannot be used: locked, damaged, or written by another version."""
    DIFFERS = 7
    """A check of history found a difference: changed records, or a re-run that does not give the same digests."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C; everything acknowledged before is kept."""
