"""The pictures of the read-me file: made by a script, from the program as it is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.support import ROOT

WORDS = {
    "situation": ("Situación", "DE UN VISTAZO", "ZONAS", "ACTORES", "PARA SU DECISIÓN"),
    "orders": ("Orders", "MOVES", "FORECAST", "with it", "ends higher"),
    "results": ("Results", "WHAT CHANGED", "WHY", "§"),
}
LARGEST = 200_000


def words_of(picture: Path) -> str:
    """What is written in a picture; it must be whole, small, and need nothing from anywhere."""
    text = picture.read_text(encoding="utf-8")
    assert text.startswith("<svg ")
    assert text.endswith("</svg>\n")
    assert len(text.encode()) < LARGEST
    assert "url(" not in text
    assert "@font-face" not in text
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    ElementTree.fromstring(text)
    return " ".join(unescape(found) for found in re.findall(r"<text[^>]*>([^<]*)</text>", text))


@pytest.mark.parametrize("name", WORDS)
def test_a_picture_shows_what_it_should(name: str) -> None:
    said = words_of(ROOT / "docs" / "pictures" / f"{name}.svg")
    assert all(word in said for word in WORDS[name]), said
    assert f"docs/pictures/{name}.svg" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_script_makes_them_anew(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "pictures.py"), str(tmp_path), "results"],
        env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = words_of(tmp_path / "results.svg")
    assert all(word in said for word in WORDS["results"]), said
