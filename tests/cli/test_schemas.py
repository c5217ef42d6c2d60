"""The JSON Schemas in ``schemas/``: fresh, and accepted by a checker that is not ours on everything that is shipped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import ROOT, wargame
from wargame.cli.content import schema_files

FOLDER = ROOT / "schemas"


def test_the_schemas_are_fresh() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert written == schema_files(), "make schemas"


def test_the_command_writes_them(tmp_path: Path) -> None:
    done = wargame("schema", "--out", str(tmp_path / "out"))
    assert [Path(line).name for line in done.stdout.split()] == ["rules.schema.json", "scenario.schema.json"]
    assert {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "out").iterdir()} == schema_files()


@pytest.mark.parametrize(
    ("name", "patterns"),
    [
        ("rules", ("rules/*/*.yaml", "tests/samples/rules/*/*.yaml")),
        ("scenario", ("scenarios/*/*.yaml", "tests/samples/scenarios/*/*.yaml")),
    ],
)
def test_shipped_files_fit_their_schema(name: str, patterns: tuple[str, ...]) -> None:
    files = [str(path) for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    assert len(files) > 5
    done = check(name, *files)
    assert done.returncode == 0, done.stdout


def test_a_file_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("moves:\n  - {id: no-title, by: [state]}\n", encoding="utf-8")
    assert check("rules", str(wrong)).returncode == 1


def check(name: str, *files: str) -> subprocess.CompletedProcess[str]:
    """Run check-jsonschema."""
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", str(FOLDER / f"{name}.schema.json"), *files],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
