"""Whatever can be done on screens can be done in lines, and the other way round: each command names its counterpart."""

from __future__ import annotations

from wargame.cli.commands import COMMANDS as IN_LINES
from wargame.tui.commands import COMMANDS as ON_SCREENS

ONLY_ON_SCREENS = {
    "layer", "zoom-in", "zoom-out", "whole-map", "graph",  # pictures; their numbers are told by look
    "theme", "glyphs", "commands", "home", "end-of-session",  # of the screens themselves; the end is told by itself
    "seed", "more", "less",  # said with the command: --seed, and the amount behind file
}  # fmt: skip
"""What a screen needs because it is one."""
OF_THE_SHELL = {"report": "report", "language": "language"}
"""Commands of the screens that are commands of ``wargame`` itself."""
ONLY_IN_LINES = {"save", "actors", "zones", "objectives", "news", "notes", "keep", "promises", "messages", "mine",
                 "body", "retract", "standing"}  # fmt: skip
"""What a screen shows without being asked."""
SAME = {
    "resume": "quit", "brief": "brief", "situation": "situation", "deals": "offers", "orders": "orders",
    "body": "bodies", "results": "results", "timeline": "history", "end-phase": "end", "why": "why", "look": "look",
    "try-again": "fork", "next-lesson": "skip", "lesson-before": "lesson", "recount": "roll", "loops": "loops",
    "believed": "believed", "compare": "compare",
    "order-here": "orders", "find-move": "orders", "file": "file", "rationale": "file",
    "forecast": "forecast", "withdraw": "withdraw",
    "earlier": "up", "later": "up", "refused": "refused", "offer": "offer", "accept": "accept", "decline": "decline",
    "counter": "counter", "break": "break", "say": "say", "vote-yes": "vote", "vote-no": "vote", "abstain": "vote",
    "table": "agenda", "weigh": "decisions", "note": "note", "sources": "sources", "words": "help", "help": "help",
    "leave": "quit",
}  # fmt: skip
"""Command of the screens → command of the line mode."""


def test_every_command_of_the_screens_has_one_in_lines() -> None:
    lines = {command.names[0] for command in IN_LINES}
    for command in ON_SCREENS:
        assert command.name in ONLY_ON_SCREENS | OF_THE_SHELL.keys() or SAME.get(command.name) in lines, command.name


def test_every_command_in_lines_has_one_on_screens() -> None:
    screens = {command.name for command in ON_SCREENS}
    reached = {line for screen, line in SAME.items() if screen in screens}
    missing = {command.names[0] for command in IN_LINES} - reached - ONLY_IN_LINES
    assert not missing, missing
