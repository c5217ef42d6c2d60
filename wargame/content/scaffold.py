"""A new scenario with a rule pack of its own: small, commented, and good to play from the first minute."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from wargame.content import files
from wargame.content.schema_parts import KEBAB
from wargame.model.text import Text

_TEMPLATE: Final = Path(__file__).with_name("template")
_SCENARIO, _RULES = "new-scenario", "new-rules"
"""The names that the template goes by."""
_LONGEST: Final = 50
_NOT_A_FILE: Final = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
"""Names that one of the systems keeps for itself."""


def wrong_name(name: str) -> Text | None:
    """Return why a scenario cannot have a name (None: it can)."""
    if not re.fullmatch(KEBAB, name) or len(name) > _LONGEST or name in _NOT_A_FILE:
        return _WRONG.fill(name=name[:_LONGEST], most=_LONGEST)
    return None


def taken(name: str, folder: Path) -> Text | None:
    """Return what already has the name, or that of its rules (None: nothing has)."""
    for shelf, own in (("scenarios", name), ("rules", rules_of(name))):
        there = folder / shelf / own
        found = there if there.exists() else files.locate("rules" if shelf == "rules" else "scenarios", own)
        if found is not None:
            return _TAKEN.fill(name=own, where=files.shown(found))
    return None


def rules_of(name: str) -> str:
    """Return the name of the rule pack that is written with a scenario."""
    return f"{name}-rules"


def write_scenario(name: str, folder: Path) -> tuple[Path, ...]:
    """Write a scenario and its rule pack into the shelves of a folder, and return the files."""
    written = []
    for part, shelf, own in (("scenario", "scenarios", name), ("rules", "rules", rules_of(name))):
        for source in sorted(p for p in (_TEMPLATE / part).rglob("*") if p.is_file()):
            target = folder / shelf / own / source.relative_to(_TEMPLATE / part)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text(encoding="utf-8").replace(_SCENARIO, name).replace(_RULES, rules_of(name))
            target.write_text(text, encoding="utf-8", newline="\n")
            written.append(target)
    return tuple(written)


_WRONG: Final = Text(
    "'{name}' cannot be the name of a scenario: names are like border-talks-2020 "
    "(lower case, digits, single hyphens; at most {most})",
    "«{name}» no puede ser el nombre de un escenario: los nombres son como dialogo-frontera-2020 "
    "(minúsculas, cifras, guiones sueltos; {most} como máximo)",
)
_TAKEN: Final = Text("'{name}' is already there: {where}", "«{name}» ya existe: {where}")
