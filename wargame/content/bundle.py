"""The exact texts from which a scenario was built, so that a session loads again when the files have changed."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from wargame.content.files import Files
from wargame.model.errors import VerificationError
from wargame.model.text import Text

_PATH: Final = re.compile(r"(?P<shelf>rules|scenarios)/(?P<name>[^/]+)/(?P<rest>[^/]+(?:/[^/]+)?)")
_MAX_BYTES: Final = 64_000_000


@dataclass(frozen=True)
class Bundle:
    """Texts by path: ``rules/<pack>/…`` and ``scenarios/<name>/…``."""

    files: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """Return the hash of all paths and texts."""
        found = hashlib.sha256()
        for path in sorted(self.files):
            for part in (path.encode(), self.files[path].encode()):
                found.update(len(part).to_bytes(8, "big"))
                found.update(part)
        return found.hexdigest()

    @property
    def scenario(self) -> str:
        """Return the name of the scenario in it ('' if there is none)."""
        return next((p.split("/")[1] for p in sorted(self.files) if p.startswith("scenarios/")), "")

    def folder(self, shelf: str, name: str) -> dict[str, str]:
        """Return the texts of one rule pack or scenario, by path below its folder."""
        start = f"{shelf}/{name}/"
        return {path.removeprefix(start): text for path, text in sorted(self.files.items()) if path.startswith(start)}

    def to_bytes(self) -> bytes:
        """Return the bundle as bytes that are the same wherever it is made."""
        text = json.dumps(dict(self.files), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return zlib.compress(text.encode(), 9)

    @classmethod
    def from_bytes(cls, data: bytes) -> Bundle:
        """Return the bundle that ``to_bytes`` wrote; raise VerificationError if the bytes are not one."""
        try:
            unpack = zlib.decompressobj()
            text = unpack.decompress(data, _MAX_BYTES)
            whole = unpack.eof and not unpack.unconsumed_tail and not unpack.unused_data
            files = json.loads(text.decode()) if whole else None
        except (zlib.error, ValueError, RecursionError):
            files = None
        if not isinstance(files, dict) or not all(_is_file(p, t) for p, t in files.items()):
            raise VerificationError(_DAMAGED)
        return cls(files)

    @classmethod
    def of(cls, *folders: Files) -> Bundle:
        """Return the bundle of some rule packs and a scenario."""
        return cls({path: text for folder in folders for path, text in sorted(folder.stored().items())})


def _is_file(path: object, text: object) -> bool:
    return isinstance(path, str) and isinstance(text, str) and _PATH.fullmatch(path) is not None


_DAMAGED: Final = Text(
    "the stored rules and scenario are damaged and cannot be read",
    "las reglas y el escenario guardados están dañados y no se pueden leer",
)
