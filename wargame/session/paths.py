"""Where the library of sessions lies: ``--library``, else ``WARGAME_LIBRARY``, else the user's data folder.

The user's settings lie in that folder too, whichever library is in use.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from wargame.model.errors import LibraryError
from wargame.model.text import Text

VARIABLE = "WARGAME_LIBRARY"
FILE_NAME = "library.sqlite"
SETTINGS_NAME = "settings.json"


def library_path(option: str | Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the absolute path of the library file; a folder means the file of the usual name inside it."""
    chosen = str(option or "") or environment.get(VARIABLE, "")
    if not chosen:
        return _data_folder() / FILE_NAME
    try:
        path = Path(chosen).expanduser().absolute()
        return path / FILE_NAME if path.is_dir() else path
    except (OSError, RuntimeError, ValueError) as error:
        raise LibraryError(
            Text("'{path}' is not a path of this system.", "«{path}» no es una ruta de este sistema.").fill(
                path=repr(chosen)[1:-1]
            )
        ) from error


def settings_path() -> Path:
    """Return the path of the file that keeps what the user has chosen."""
    return _data_folder() / SETTINGS_NAME


def _data_folder() -> Path:
    return user_data_path("wargame", appauthor=False)
