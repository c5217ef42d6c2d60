"""JSON Schemas accept what the loader accepts, and refuse what it refuses in shape."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from tests.content.samples import SAMPLES, toy
from wargame.content.json_schemas import schemas
from wargame.content.problems import Problems
from wargame.content.yaml_source import read_yaml

ENFORCED = "    escalation: 2\n    tags: [enforcement]\n"


def files(shelf: str) -> list[Path]:
    return sorted((SAMPLES / shelf).rglob("*.yaml"))


def plain(text: str) -> object:
    root = read_yaml(text, "a.yaml", Problems())
    assert root is not None
    return root.plain()


@pytest.mark.parametrize(("name", "shelf"), [("rules", "rules"), ("scenario", "scenarios")])
def test_check_jsonschema_accepts_authored_files(name: str, shelf: str, tmp_path: Path) -> None:
    schema = tmp_path / f"{name}.json"
    schema.write_text(json.dumps(schemas()[name]), "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files(shelf))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("schema", schemas().values(), ids=schemas())
def test_schemas_are_valid_and_name_their_dialect(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].startswith("https://json-schema.org/draft/2020-12")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    escalation: 2\n", "    escallation: 2\n"),
        ("    escalation: 2\n", "    escalation: two\n"),
        ("    once: true\n", "    once: 1\n"),
        ("  - id: bribe\n", "  - id: bribe_officials\n"),
        ("{en: Bribe officials, es: Sobornar funcionarios}", "{en: Bribe officials}"),
        (ENFORCED + "    assumption: toy\n", "    escalation: 2\n"),
        (ENFORCED + "    assumption: toy\n", ENFORCED + "    assumption: a guess\n"),
        (ENFORCED + "    assumption: toy\n", ENFORCED + "    assumption: {en: a guess}\n"),
        ("on: success", "on: sometimes"),
    ],
)
def test_schemas_refuse_wrong_shapes(old: str, new: str) -> None:
    text = toy()["rules/toy/moves.yaml"]
    assert text.count(old) == 1
    validator = jsonschema.Draft202012Validator(schemas()["rules"])
    assert validator.is_valid(plain(text))
    assert not validator.is_valid(plain(text.replace(old, new)))
