"""A new scenario on the author's shelf, checked once it is written."""

from __future__ import annotations

from pathlib import Path

from wargame.cli.exits import ExitCode
from wargame.cli.speech import Voice
from wargame.content.files import shown
from wargame.content.load import check_scenario
from wargame.content.scaffold import rules_of, taken, write_scenario, wrong_name
from wargame.model.text import Text
from wargame.session.calling import to_type


def new_scenario(voice: Voice, name: str, folder: Path) -> ExitCode:
    """Write a scenario with its rules; the files go to stdout, what to do next is narrated."""
    for refused, code in ((wrong_name(name), ExitCode.USAGE), (taken(name, folder), ExitCode.REFUSED)):
        if refused is not None:
            voice.narrate(refused)
            return code
    for path in write_scenario(name, folder):
        voice.data(shown(path))
    report = check_scenario(folder / "scenarios" / name)
    for problem in report.problems:
        voice.narrate(problem.say(voice.language))
    named = name if folder.absolute() == Path.cwd() else shown(folder / "scenarios" / name)
    voice.narrate(
        _NEXT.fill(play=to_type(f"play {named} --line"), check=to_type(f"check {named}"), rules=rules_of(name))
    )
    return ExitCode.CONTENT if report.problems else ExitCode.OK


_NEXT = Text(
    "Now: {play}; change the files; {check}. "
    "Rules: {rules}. docs/authoring.md takes you from two pages of text to a scenario.",
    "Ahora: {play}; cambie los archivos; {check}. "
    "Reglas: {rules}. docs/authoring.md lleva de dos páginas de texto a un escenario.",
)
