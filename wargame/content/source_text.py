"""Bytes of a file → text, or one clear sentence about why not, before any parser sees them."""

from __future__ import annotations

import re
from typing import Final

from wargame.content.problems import Problems
from wargame.model.errors import Place
from wargame.model.text import Text

YAML: Final = (".yaml", ".yml")
"""How names of YAML files end."""
MAX_BYTES: Final = 2_000_000
"""The largest file that is read."""

_TAB: Final = re.compile(r"\t")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
BOM: Final = b"\xef\xbb\xbf"
"""The invisible mark with which some programs begin their files."""


def decode(data: bytes, file: str, problems: Problems) -> str | None:
    """Return the text of a file with lines ended by a line feed; None (and a problem) if it cannot be read."""
    if len(data) > MAX_BYTES:
        refuse_size(len(data), file, problems)
        return None
    if data.startswith(BOM):
        problems.add(Place(file, 1, 1), "file-bom", _HAS_BOM)
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(_place(file, data[: error.start].decode("utf-8")), "file-encoding", _NOT_UTF8)
        return None
    return inspect(text.replace("\r\n", "\n"), file, problems)


def inspect(text: str, file: str, problems: Problems) -> str | None:
    """Return a text as it is; None (and a problem) if it holds characters that no such file may hold."""
    for pattern, code, message in ((_CONTROL, "file-character", _HAS_CONTROL), (_TAB, "file-tab", _HAS_TAB)):
        found = None if code == "file-tab" and not file.endswith(YAML) else pattern.search(text)
        if found is not None:
            is_return = found.group() == "\r"
            where = _place(file, text[: found.start()])
            problems.add(where, "file-return" if is_return else code, _HAS_RETURN if is_return else message)
            return None
    return text


def refuse_size(size: int, file: str, problems: Problems) -> None:
    """Note that a file is too large to be read."""
    message = _TOO_LARGE.fill(size=f"{size / 1e6:.1f}", most=f"{MAX_BYTES / 1e6:.0f}")
    problems.add(Place(file), "file-too-large", message)


def _place(file: str, before: str) -> Place:
    return Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


_TOO_LARGE: Final = Text(
    "the file has {size} MB; at most {most} MB are read", "el archivo tiene {size} MB; se leen {most} MB como máximo"
)
_HAS_BOM: Final = Text(
    "the file begins with an invisible byte-order mark; save it as UTF-8 without BOM",
    "el archivo empieza con una marca invisible de orden de bytes; guárdelo como UTF-8 sin BOM",
)
_NOT_UTF8: Final = Text(
    "from here on the file is not UTF-8 text; save it as UTF-8",
    "a partir de aquí el archivo no es texto UTF-8; guárdelo como UTF-8",
)
_HAS_CONTROL: Final = Text(
    "there is an invisible control character here; delete it",
    "aquí hay un carácter de control invisible; bórrelo",
)
_HAS_RETURN: Final = Text(
    "there is a lone carriage return here; end lines as Unix or Windows do",
    "aquí hay un retorno de carro suelto; termine las líneas como Unix o Windows",
)
_HAS_TAB: Final = Text("there is a tab here; use spaces", "aquí hay un tabulador; use espacios")
