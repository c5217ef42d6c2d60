"""The project as a newcomer meets it: floors, start-up, packaging, and documents that say what is so."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest

from wargame.cli.exits import ExitCode

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"networkx", "numpy", "pydantic", "textual", "yaml"}
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def run(*arguments: str, cwd: Path = ROOT, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run this Python in a process of its own, with one folder in front of all others if given."""
    environment = {**os.environ, "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "utf-8"}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def succeed(*arguments: str, cwd: Path = ROOT, path: Path | None = None) -> str:
    """Run this Python, expect success and return what it wrote to stdout."""
    done = run(*arguments, cwd=cwd, path=path)
    assert done.returncode == 0, done.stderr
    return done.stdout


# ── floors ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def without_textual(tmp_path: Path) -> Path:
    """A folder that, put in front of all others, makes Textual as good as not installed, in sub-processes too."""
    (tmp_path / "textual.py").write_text("raise ModuleNotFoundError('textual is not here', name='textual')\n")
    return tmp_path


def test_without_textual_it_cannot_be_imported(without_textual: Path) -> None:
    assert run("-c", "import textual", path=without_textual).returncode == 1


def test_every_module_below_the_screens_imports_without_textual(without_textual: Path) -> None:
    program = """
import importlib, pkgutil, sys, wargame
names = [m.name for m in pkgutil.walk_packages(wargame.__path__, "wargame.", onerror=lambda name: None)]
names = [name for name in names if name.split(".")[1] != "tui"]
for name in names:
    importlib.import_module(name)
print(len(names), "textual" in sys.modules)
"""
    count, imported = succeed("-c", program, path=without_textual).split()
    assert int(count) > 20
    assert imported == "False"


@pytest.mark.parametrize(
    "command",
    [["--help"], ["list"], ["check"], ["simulate", "vraem-2020", "-n", "2", "--seed", "1"]],
    ids=lambda command: command[0],
)
def test_the_command_line_runs_without_textual(command: list[str], without_textual: Path) -> None:
    succeed("-m", "wargame", *command, path=without_textual)


# ── start-up ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_help_imports_nothing_heavy() -> None:
    done = run("-X", "importtime", "-m", "wargame", "--help")
    assert done.returncode == 0, done.stderr
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "wargame" in imported
    assert not imported & HEAVY


def test_help_comes_in_half_a_second() -> None:
    """The best of five, because other tests may be using the machine."""
    assert min(_seconds_of_help() for _ in range(5)) <= 0.5


def _seconds_of_help() -> float:
    start = time.perf_counter()
    succeed("-m", "wargame", "--help")
    return time.perf_counter() - start


# ── packaging ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    succeed("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.parametrize("folder", ["rules", "scenarios"])
def test_the_wheel_contains_all_content(folder: str, wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    files = [file for file in (ROOT / folder).rglob("*") if file.is_file() and not file.name.startswith(".")]
    assert files
    assert {f"wargame/_content/{file.relative_to(ROOT).as_posix()}" for file in files} <= packed


def test_the_wheel_carries_types_licence_and_credits(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "wargame/py.typed" in names
    assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_the_wheel_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    zipfile.ZipFile(wheel).extractall(installed)
    elsewhere.mkdir()
    where = succeed("-c", "import wargame; print(wargame.__file__)", cwd=elsewhere, path=installed)
    assert where.strip() == str(installed / "wargame" / "__init__.py")
    assert "vraem-2020" in succeed("-m", "wargame", "list", cwd=elsewhere, path=installed)


# ── exit codes ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_exit_code_has_a_meaning_of_its_own() -> None:
    tree = ast.parse((ROOT / "wargame/cli/exits.py").read_text(encoding="utf-8"))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef)).body[1:]
    described = {
        name.targets[0].id
        for name, words in zip(body[::2], body[1::2], strict=True)
        if isinstance(name, ast.Assign) and isinstance(name.targets[0], ast.Name) and isinstance(words, ast.Expr)
    }
    assert described == set(ExitCode.__members__)  # members include aliases, so a number used twice shows
    assert len(described) == len(ExitCode)


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_in_documents_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(_in_code(document, r"^make ([a-z]+)")) <= targets


@cache
def listed() -> set[str]:
    """Return every word of the list of commands."""
    return set(succeed("-m", "wargame", "--help").split())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_documents_exist(document: Path) -> None:
    commands = set(_in_code(document, r"^(?:\S*/)?wargame ([a-z]+)"))
    assert commands <= listed()


@pytest.mark.parametrize("readme", ["README.md", "README.es.md"])
def test_both_readmes_name_every_shipped_scenario(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [s.name for s in (ROOT / "scenarios").iterdir() if s.is_dir() and f"`{s.name}`" not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_paths_in_documents_exist(document: Path) -> None:
    paths = _in_code(document, r"^((?:wargame|rules|scenarios|tests|docs)/[\w./-]*)$")
    assert [path for path in paths if not (ROOT / path).exists()] == []


def _in_code(document: Path, pattern: str) -> list[str]:
    """Find a pattern at the start of every line of code and every piece of `code` of a document."""
    text = document.read_text(encoding="utf-8")
    fenced = re.findall(r"^```.*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    pieces = [line.removeprefix("$ ") for block in fenced for line in block.splitlines()]
    pieces += re.findall(r"`([^`\n]+)`", text)
    return [word for piece in pieces for word in re.findall(pattern, piece)]
