"""Titles of scenarios without reading them whole: a list can name what has not been checked yet."""

from __future__ import annotations

from wargame.content import files
from wargame.content.problems import Problems
from wargame.content.yaml_source import Mapping, read_yaml
from wargame.model.text import Text

_FILE = "scenario.yaml"


def title_of(name: str) -> Text | None:
    """Return the title on the card of a scenario; None if it cannot be read."""
    folder = files.locate("scenarios", name)
    if folder is None:
        return None
    try:
        text = (folder / _FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    root = read_yaml(_first_entry(text), f"{name}/{_FILE}", Problems())
    card = root.entries.get("scenario") if root is not None else None
    entry = card[1].entries.get("title") if card is not None and isinstance(card[1], Mapping) else None
    title = entry[1] if entry is not None else None
    if not isinstance(title, Mapping):
        return None
    said = title.plain()
    en, es = (said.get("en"), said.get("es")) if isinstance(said, dict) else (None, None)
    return Text(en, es) if isinstance(en, str) and isinstance(es, str) else None


def _first_entry(text: str) -> str:
    """Return a file up to its second entry; the card stands first."""
    found: list[str] = []
    begun = False
    for line in text.splitlines():
        top = bool(line) and not line[0].isspace() and line[0] != "#"
        if top and begun:
            break
        begun = begun or top
        found.append(line)
    return "\n".join(found)
