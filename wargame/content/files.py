"""Where rule packs and scenarios lie, and the texts of their files.

A name is looked for beside the folder that was asked for, then in the working folder, then in what is shipped: inside
the installed package, or at the top of a checkout.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from wargame.content.history_rows import HISTORY
from wargame.content.problems import Problems
from wargame.content.source_text import BOM, MAX_BYTES, YAML, decode, refuse_size
from wargame.model.errors import Place
from wargame.model.text import Text, same

Shelf: TypeAlias = Literal["rules", "scenarios"]
_PACKAGE: Final = Path(__file__).resolve().parent.parent
MAX_FILES: Final = 300
"""The most files of one folder that are read."""


@dataclass
class Files:
    """The texts of one rule pack or scenario, by path below its folder; ``whole`` if every file could be read."""

    shelf: Shelf
    name: str
    shown: str
    """The folder as a reader knows it."""
    texts: dict[str, str] = field(default_factory=dict)
    whole: bool = True

    def yaml(self) -> dict[str, str]:
        """Return the YAML files, by the path that a reader knows."""
        return {f"{self.shown}/{path}": text for path, text in self.texts.items() if path.endswith(YAML)}

    def other(self) -> dict[str, str]:
        """Return the other texts, by path below the folder."""
        return {path: text for path, text in self.texts.items() if not path.endswith(YAML)}

    def stored(self) -> dict[str, str]:
        """Return every text by the path under which it is kept with a session."""
        return {f"{self.shelf}/{self.name}/{path}": text for path, text in self.texts.items()}


def folders(shelf: Shelf, beside: Path | None = None) -> list[Path]:
    """Return the folders in which rule packs or scenarios are looked for, nearest first."""
    near = [beside.parent.parent / shelf] if beside is not None else []
    shipped = [_PACKAGE / "_content" / shelf, _PACKAGE.parent / shelf]
    return list(dict.fromkeys(p.absolute() for p in (*near, Path.cwd() / shelf, *shipped)))


def names(shelf: Shelf, beside: Path | None = None) -> tuple[str, ...]:
    """Return the names of the rule packs or scenarios that can be found, in order."""
    found = {p.name for folder in folders(shelf, beside) if folder.is_dir() for p in folder.iterdir() if is_content(p)}
    return tuple(sorted(found))


def is_content(path: Path) -> bool:
    """Say whether a path is a folder with YAML files in it."""
    return path.is_dir() and any(p.suffix in YAML for p in path.iterdir())


def locate(shelf: Shelf, name: str, beside: Path | None = None) -> Path | None:
    """Return the folder of a rule pack or scenario by name."""
    if not name or any(mark in name for mark in "/\\:") or name.startswith("."):
        return None
    return next((f / name for f in folders(shelf, beside) if is_content(f / name)), None)


def read_folder(shelf: Shelf, folder: Path, problems: Problems) -> Files:
    """Return the texts of a folder; what cannot be read is noted."""
    folder = folder.absolute()
    files = Files(shelf, folder.name, shown(folder))
    paths = sorted(_wanted(shelf, folder), key=lambda p: p.relative_to(folder).as_posix())
    if len(paths) > MAX_FILES:
        problems.add(Place(files.shown), "too-many-files", _TOO_MANY.fill(n=len(paths), most=MAX_FILES))
        files.whole = False
        return files
    for path in paths:
        text = read_file(path, problems)
        if text is None:
            files.whole = False
        else:
            files.texts[path.relative_to(folder).as_posix()] = text
    return files


def _wanted(shelf: Shelf, folder: Path) -> Iterable[Path]:
    for suffix in YAML:
        yield from folder.glob(f"*{suffix}")
    if shelf == "scenarios":
        yield from folder.glob("about.*.md")
        yield from folder.glob("briefs/*.md")
        yield from folder.glob(HISTORY)


def read_file(path: Path, problems: Problems, *, marked: bool = False) -> str | None:
    """Return the text of a file; None (and a problem) if it cannot be read.

    ``marked``: a byte-order mark at its beginning is passed over, as people's own tables often have one.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            refuse_size(size, shown(path), problems)
            return None
        data = path.read_bytes()
        return decode(data.removeprefix(BOM) if marked else data, shown(path), problems)
    except OSError as error:
        problems.add(Place(shown(path)), "file-unreadable", _UNREADABLE.fill(reason=_reason(error)))
        return None


def _reason(error: OSError) -> Text:
    return _REASONS.get(error.errno or 0, same(error.strerror or str(error)))


def shown(path: Path) -> str:
    """Return a path as a reader in the working folder would write it."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.absolute().as_posix()


_TOO_MANY: Final = Text(
    "this folder has {n} files; at most {most} are read", "esta carpeta tiene {n} archivos; se leen {most} como máximo"
)
_UNREADABLE: Final = Text("this file cannot be read: {reason}", "este archivo no se puede leer: {reason}")
_NO_PERMISSION: Final = Text("no permission to read it", "no hay permiso para leerlo")
_REASONS: Final = {
    errno.ENOENT: Text("there is no such file", "no existe"),
    errno.ENOTDIR: Text("there is no such file", "no existe"),
    errno.EISDIR: Text("it is a folder", "es una carpeta"),
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.ENAMETOOLONG: Text("its name is too long", "su nombre es demasiado largo"),
    errno.ELOOP: Text("its links go round in a circle", "sus enlaces dan vueltas en círculo"),
}
"""What usually keeps a file from being read; the machine says the rest in its own words."""
