"""What a user has chosen once and for all: so far the language. A small file beside the library of sessions.

A file that cannot be read costs nobody a command: it is as if nothing had been chosen, and a sentence says so.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wargame.model.text import Language, Text
from wargame.session.calling import to_type
from wargame.session.paths import settings_path


@dataclass(frozen=True, slots=True)
class Settings:
    """What was found in the file. ``problem`` is the sentence to say if it could not be used."""

    language: Language | None = None
    problem: Text | None = None
    everything: dict[str, Any] = field(default_factory=dict)
    """All that the file holds, also what another version wrote into it."""


def read_settings(path: Path | None = None) -> Settings:
    """Return the settings of the user; never raises."""
    place = path or settings_path()
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        return Settings(problem=_UNREADABLE.fill(path=place, command=to_type("language en")))
    if not isinstance(found, dict):
        return Settings(problem=_UNREADABLE.fill(path=place, command=to_type("language en")))
    language = found.get("language")
    if language is None:
        return Settings(everything=found)
    if not isinstance(language, str) or language not in set(Language):
        return Settings(problem=_UNKNOWN.fill(path=place, language=repr(language)[:20]), everything=found)
    return Settings(Language(language), everything=found)


def save_choice(name: str, value: str) -> None:
    """Keep one choice, such as a theme; a machine that does not let it is no reason to stop."""
    with suppress(OSError):
        _save(name, value, settings_path())


def save_language(language: Language | None, path: Path | None = None) -> Path:
    """Keep a choice of language, or (None) forget it; return where. Raises OSError if the machine does not let it."""
    return _save("language", None if language is None else language.value, path or settings_path())


def _save(name: str, value: str | None, place: Path) -> Path:
    kept = {known: choice for known, choice in read_settings(place).everything.items() if known != name}
    if value is not None:
        kept[name] = value
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
        draft.replace(place)
    finally:
        with suppress(OSError):
            draft.unlink()
    return place


_UNREADABLE = Text(
    "The settings in {path} cannot be read and are left aside. To write them anew: {command}",
    "Los ajustes de {path} no se pueden leer y se dejan de lado. Para escribirlos de nuevo: {command}",
)
_UNKNOWN = Text(
    "The settings in {path} name a language that is not known ({language}); it is left aside.",
    "Los ajustes de {path} nombran un idioma desconocido ({language}); se deja de lado.",
)
