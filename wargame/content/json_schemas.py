"""JSON Schemas of authored files, for editors and for checks outside this program."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from wargame.content import schema_hindcast, schema_parts, schema_rules, schema_scenario
from wargame.content.schema_parts import Entry

DIALECT: Final = GenerateJsonSchema.schema_dialect
_FILES: Final[dict[str, tuple[type[Entry], str]]] = {
    "rules": (schema_rules.RulePackFile, "A file of a rule pack"),
    "scenario": (schema_scenario.ScenarioFile, "A file of a scenario"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas by name: ``rules`` for ``rules/*/*.yaml``, ``scenario`` for ``scenarios/*/*.yaml``."""
    return {name: _schema(shape, title) for name, (shape, title) in _FILES.items()}


def _schema(shape: type[Entry], title: str) -> dict[str, Any]:
    found = shape.model_json_schema(by_alias=True)
    for name, definition in found["$defs"].items():
        if _needs_basis(name):
            definition["anyOf"] = [{"required": ["source"]}, {"required": ["assumption"]}]
    return {"$schema": DIALECT, **found, "title": title}


def _needs_basis(name: str) -> bool:
    for module in (schema_parts, schema_rules, schema_scenario, schema_hindcast):
        shape = getattr(module, name, None)
        if isinstance(shape, type) and issubclass(shape, BaseModel):
            return bool(getattr(shape, "needs_basis", False))
    return False
