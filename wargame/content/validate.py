"""Shape errors as sentences with places; what can be read of a misshapen entry is kept, so that one pass finds all."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from wargame.content import yaml_source
from wargame.content.problems import Problems
from wargame.content.schema_parts import TAGS, Entry
from wargame.content.spots import Spot
from wargame.formula.suggest import did_you_mean
from wargame.model.errors import Place
from wargame.model.text import Text

Shape = TypeVar("Shape", bound=Entry)
Path = tuple[int | str, ...]
_LANGUAGES: Final = {"en": Text("English", "inglés"), "es": Text("Spanish", "español")}
_BLANK: Final = {"en": "-", "es": "-"}
_UNION_PARTS: Final = frozenset({"bool", "constrained-float", "[key]", *TAGS})
_ROUNDS: Final = 5
_LIMITS: Final = ("gt", "ge", "lt", "le", "min_length", "max_length")


def validate(shape: type[Shape], spot: Spot, problems: Problems) -> Shape | None:
    """Return the entry at a spot; after noting what is wrong with its shape, what can be read of it, or None."""
    data = spot.node.plain()
    for attempt in range(_ROUNDS):
        try:
            return shape.model_validate(data)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
        if attempt == 0:
            _tell(shape, spot, errors, problems)
            data = copy.deepcopy(data)
        mended = [_mend(data, e) for e in reversed(errors)] if isinstance(data, dict) else [False]
        if not all(mended):
            return None
    return None


# ── telling ──────────────────────────────────────────────────────────────────────────────────────────────────


def _tell(shape: type[Entry], spot: Spot, errors: Iterable[Mapping[str, Any]], problems: Problems) -> None:
    told: set[Place] = set()
    for error in errors:
        place, code, message = _sentence(shape, spot, error)
        if place not in told or error["type"] == "missing":
            problems.add(place, code, message)
        told.add(place)


def _sentence(shape: type[Entry], spot: Spot, error: Mapping[str, Any]) -> tuple[Place, str, Text]:
    kind, path = error["type"], error["loc"]
    name = str(path[-1]) if path else ""
    found = spot.find(path)
    if _is_split_by_comma(found, spot.find(path[:-1])):
        return found.key_place, "yaml-comma", _COMMA
    if kind == "extra_forbidden":
        hint = did_you_mean(name, _keys(shape, path[:-1]))
        return found.key_place, "unknown-key", _UNKNOWN_KEY.fill(key=name, hint=hint)
    if name in _LANGUAGES and kind in ("missing", "string_too_short", "string_pattern_mismatch", "string_type"):
        return found.place, "missing-translation", _MISSING_TRANSLATION.fill(language=_LANGUAGES[name])
    if kind == "missing":
        return found.place, "missing-key", _MISSING_KEY.fill(key=name)
    place = found.key_place if name == "[key]" else found.place
    return (place, *_wrong_value(kind, name, path, found, error.get("ctx", {})))


def _wrong_value(kind: str, name: str, path: Path, found: Spot, context: Mapping[str, Any]) -> tuple[str, Text]:
    node = found.key if name == "[key]" and found.key else found.node
    given = node.text if isinstance(node, yaml_source.Scalar) else ""
    if name == "named":
        return "wrong-assumption", _WANTS_ASSUMPTION
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        hint = did_you_mean(given, choices)
        return "unknown-value", _UNKNOWN_VALUE.fill(value=given, choices=", ".join(choices), hint=hint)
    if kind == "string_pattern_mismatch":
        return _wrong_id(given, str(context.get("pattern", "")))
    if kind in _RANGES:
        limit = next((context[name] for name in _LIMITS if name in context), "")
        return "out-of-range", _RANGES[kind].fill(value=given, limit=_shown(limit))
    if kind in _EXPECTED:
        return "wrong-type", _WRONG_TYPE.fill(expected=_EXPECTED[kind])
    field = next((str(p) for p in reversed(path) if p not in _UNION_PARTS), name)
    return "wrong-value", _WRONG_VALUE.fill(key=field)


def _wrong_id(given: str, pattern: str) -> tuple[str, Text]:
    if "_[a-z0-9]" in pattern:
        return "wrong-id", _WANTS_SNAKE.fill(value=given)
    if "\\d{4}" in pattern:
        return "wrong-date", _WANTS_DATE.fill(value=given)
    if "/" in pattern:
        return "wrong-id", _WANTS_PACK_RULE.fill(value=given)
    if "(-[a-z0-9]" in pattern:
        return "wrong-id", _WANTS_KEBAB.fill(value=given)
    return ("wrong-id", _WANTS_WORD.fill(value=given)) if "a-z" in pattern else ("empty-text", _EMPTY)


def _shown(limit: object) -> str:
    return f"{limit:.12g}" if isinstance(limit, int | float) else str(limit)


def _is_split_by_comma(found: Spot, holder: Spot) -> bool:
    """Say whether a value is the rest of a formula that a comma inside braces has cut."""
    flow = isinstance(holder.node, yaml_source.Mapping) and holder.node.flow
    empty = isinstance(found.node, yaml_source.Scalar) and found.node.value is None
    return flow and empty and found.key is not None and not found.key.text.replace("_", "a").isalpha()


def _keys(shape: type[BaseModel], path: Path) -> set[str]:
    """Return the keys that may stand at a path of a shape."""
    shapes = {shape}
    for part in path:
        inner = {
            s
            for m in shapes
            for key, f in m.model_fields.items()
            if part == (f.alias or key)
            for s in _inside(f.annotation)
        }
        shapes = inner or shapes
    return {field.alias or key for shape in shapes for key, field in shape.model_fields.items()}


def _inside(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {shape for part in get_args(annotation) for shape in _inside(part)}


# ── mending ──────────────────────────────────────────────────────────────────────────────────────────────────


def _mend(data: dict[str, Any], error: Mapping[str, Any]) -> bool:
    """Take out or fill in what an error is about; False if nothing can be done."""
    path = tuple(p for p in error["loc"] if p not in _UNION_PARTS)
    holder, name = _holder(data, path)
    if holder is None:
        return True
    if isinstance(holder, dict) and _fill(holder, str(name), error["type"]):
        return True
    if error["type"] == "missing":
        return False
    if isinstance(holder, dict):
        holder.pop(name, None)
        if name == "source":
            holder["assumption"] = copy.deepcopy(_BLANK)
    elif isinstance(name, int) and name < len(holder):
        del holder[name]
    return True


def _fill(holder: dict[str, Any], name: str, kind: str) -> bool:
    """Put a stand-in for a missing or wrong value; False if there is none or it does not help."""
    filler = _FILLERS.get(name)
    if filler is None or kind == "extra_forbidden" or holder.get(name) == filler:
        return False
    holder[name] = copy.deepcopy(filler)
    return True


def _holder(data: Any, path: Path) -> tuple[Any, int | str]:
    for part in path[:-1]:
        inside = isinstance(data, dict) and part in data
        inside = inside or (isinstance(data, list) and isinstance(part, int) and part < len(data))
        if not inside:
            return None, ""
        data = data[part]
    return (data, path[-1]) if path and isinstance(data, dict | list) else (None, "")


_FILLERS: Final[dict[str, Any]] = {
    **dict.fromkeys(("en", "es", "unit"), "-"),
    **dict.fromkeys(("value", "low"), 0),
    **dict.fromkeys(("high", "default", "orders"), 1),
    **dict.fromkeys(("exposure", "chance", "degree", "amount", "weight"), "0"),
    **dict.fromkeys(("title", "text", "news", "held_by", "expected", "evidence", "public", "secret", "where"), _BLANK),
    "assumption": _BLANK,
    "acts": True,
    "check": "turn >= 1",
    "kinds": ["-"],
}
"""What stands in for a missing key while the rest of the entry is looked at."""

_EXPECTED: Final = {
    "string_type": Text("text", "un texto"),
    "int_type": Text("a whole number", "un número entero"),
    "int_from_float": Text("a whole number", "un número entero"),
    "float_type": Text("a number", "un número"),
    "bool_type": Text("true or false", "true o false"),
    "list_type": Text("a list: [a, b]", "una lista: [a, b]"),
    "dict_type": Text("a mapping: {key: value}", "un grupo de claves: {clave: valor}"),
    "model_type": Text("a mapping: {key: value}", "un grupo de claves: {clave: valor}"),
    "formula_type": Text("a formula", "una fórmula"),
}
_RANGES: Final = {
    "greater_than": Text(
        "{value} is out of range: expected more than {limit}", "{value} está fuera de rango: se espera más de {limit}"
    ),
    "greater_than_equal": Text(
        "{value} is out of range: expected at least {limit}", "{value} está fuera de rango: se espera {limit} o más"
    ),
    "less_than": Text(
        "{value} is out of range: expected less than {limit}", "{value} está fuera de rango: se espera menos de {limit}"
    ),
    "less_than_equal": Text(
        "{value} is out of range: expected at most {limit}",
        "{value} está fuera de rango: se espera {limit} como máximo",
    ),
    "too_short": Text(
        "this is too short: expected at least {limit}", "esto es demasiado corto: se espera {limit} o más"
    ),
    "too_long": Text(
        "this is too long: expected at most {limit}", "esto es demasiado largo: se espera {limit} como máximo"
    ),
    "string_too_short": Text("this text is empty", "este texto está vacío"),
    "string_too_long": Text(
        "this text is too long: at most {limit} characters",
        "este texto es demasiado largo: {limit} caracteres como máximo",
    ),
}
_COMMA: Final = Text(
    "a comma inside { } begins a new key; put the formula before it in quotes",
    "una coma dentro de { } empieza otra clave; ponga entre comillas la fórmula anterior",
)
_UNKNOWN_KEY: Final = Text("the key '{key}' is not known here{hint}", "aquí no se conoce la clave «{key}»{hint}")
_MISSING_KEY: Final = Text("the key '{key}' is missing here", "aquí falta la clave «{key}»")
_MISSING_TRANSLATION: Final = Text("the text in {language} is missing", "falta el texto en {language}")
_UNKNOWN_VALUE: Final = Text("'{value}' is not one of: {choices}{hint}", "«{value}» no es ninguno de: {choices}{hint}")
_WRONG_TYPE: Final = Text("{expected} is expected here", "aquí se espera {expected}")
_WRONG_VALUE: Final = Text("the value of '{key}' does not fit", "el valor de «{key}» no sirve")
_EMPTY: Final = Text("this text is empty", "este texto está vacío")
_WANTS_SNAKE: Final = Text(
    "'{value}' cannot be a name here: names are like coca_ha (lower case, digits, single underscores)",
    "«{value}» no puede ser un nombre aquí: los nombres son como coca_ha (minúsculas, cifras, guiones bajos sueltos)",
)
_WANTS_KEBAB: Final = Text(
    "'{value}' cannot be an id here: ids are like manual-eradication (lower case, digits, single hyphens)",
    "«{value}» no puede ser un id aquí: los ids son como manual-eradication (minúsculas, cifras, guiones sueltos)",
)
_WANTS_PACK_RULE: Final = Text(
    "'{value}' cannot be a rule here: rules are named with their pack, pack/rule",
    "«{value}» no puede ser una regla aquí: las reglas se nombran con su paquete, paquete/regla",
)
_WANTS_WORD: Final = Text(
    "'{value}' is not a kind, #tag or id (lower case, digits, _ or -)",
    "«{value}» no es una clase, #etiqueta ni id (minúsculas, cifras, _ o -)",
)
_WANTS_ASSUMPTION: Final = Text(
    "an assumption is {{en: …, es: …}} or the name of one that a section 'assumptions' gives",
    "un supuesto es {{en: …, es: …}} o el nombre de uno que está en una sección «assumptions»",
).fill()
_WANTS_DATE: Final = Text("'{value}' is not a date such as 2020-01-31", "«{value}» no es una fecha como 2020-01-31")
