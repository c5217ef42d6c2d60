"""The first look at a formula's text: length, characters, words and brackets, before any parser sees it."""

from __future__ import annotations

import keyword
import re
from typing import Final

from wargame.formula.functions import MAX_DEPTH, MAX_LENGTH, MAX_NAME
from wargame.formula.refusal import refusal
from wargame.model.errors import Place
from wargame.model.text import Text

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<quoted>'[A-Za-z0-9_ -]*'|"[A-Za-z0-9_ -]*")
      | (?P<open>\()
      | (?P<close>\))
      | (?P<power>\*\*)
      | (?P<floor>//)
      | (?P<sign><=|>=|==|!=|[-+*/<>.,])""",
    re.VERBOSE,
)
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*_?")
_GLUED: Final = re.compile(r"[A-Za-z0-9_.]")
_LANGUAGE_WORDS: Final = frozenset({"and", "or", "not", "if", "else"})
_INSTEAD: Final = {
    "−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "≥": ">=", "≤": "<=", "≠": "!=", "=": "==", "&": "and",
    "|": "or", "!": "not", "¬": "not", "^": "*", "%": "/ 100",
}  # fmt: skip
"""What the author probably meant by a character that the language does not have."""


def inspect(text: str, place: Place) -> str:
    """Refuse text that cannot be a formula; return it on one line, every character in its column."""
    if len(text) > MAX_LENGTH:
        raise refusal(place, 0, "formula-too-long", _TOO_LONG.fill(n=len(text), most=MAX_LENGTH))
    if not text.strip(" \t\r\n"):
        raise refusal(place, 0, "formula-empty", _EMPTY)
    _inspect_tokens(text, place)
    return re.sub(r"[\t\r\n]", " ", text)


def _inspect_tokens(text: str, place: Place) -> None:
    position = 0
    opened: list[int] = []
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise refusal(place, position, "formula-character", _strange(text[position]))
        _inspect_token(token, text[token.end() : token.end() + 1], place)
        _track_brackets(token, opened, place)
        position = token.end()
    if opened:
        raise refusal(place, opened[-1], "formula-bracket", _NOT_CLOSED)


def _inspect_token(token: re.Match[str], following: str, place: Place) -> None:
    group, written, column = token.lastgroup, token.group(), token.start()
    if group == "number" and _GLUED.match(following):
        raise refusal(place, column, "formula-number", _GLUED_NUMBER.fill(text=written + following))
    if group == "word":
        _inspect_word(written, following, column, place)
    if group == "power":
        raise refusal(place, column, "formula-construct", _POWER)
    if group == "floor":
        raise refusal(place, column, "formula-construct", _FLOOR)


def _inspect_word(word: str, following: str, column: int, place: Place) -> None:
    if following in ("'", '"'):
        raise refusal(place, column, "formula-construct", _PREFIXED)
    if word in _LANGUAGE_WORDS:
        return
    if word.lower() in ("true", "false"):
        raise refusal(place, column, "formula-construct", _CONSTANT)
    if keyword.iskeyword(word):
        raise refusal(place, column, "formula-construct", _KEYWORD.fill(word=word))
    if len(word) > MAX_NAME or not _NAME.fullmatch(word):
        raise refusal(place, column, "formula-name", _BAD_NAME.fill(word=_short(word)))


def _track_brackets(token: re.Match[str], opened: list[int], place: Place) -> None:
    if token.lastgroup == "open":
        opened.append(token.start())
        if len(opened) > MAX_DEPTH:
            raise refusal(place, token.start(), "formula-too-deep", TOO_DEEP.fill(most=MAX_DEPTH))
    elif token.lastgroup == "close":
        if not opened:
            raise refusal(place, token.start(), "formula-bracket", _NOT_OPENED)
        opened.pop()


def _strange(character: str) -> Text:
    shown = f"'{character}'" if character.isprintable() and character != "'" else f"U+{ord(character):04X}"
    sentence = _STRANGE.fill(shown=shown)
    instead = _INSTEAD.get(character)
    if instead is None:
        return sentence
    hint = _USE_INSTEAD.fill(instead=instead)
    return Text(sentence.en + hint.en, sentence.es + hint.es)


def _short(word: str) -> str:
    return word if len(word) <= 40 else word[:37] + "..."


TOO_DEEP: Final = Text(
    "the formula is nested more than {most} deep; split it with a derived attribute",
    "la fórmula está anidada a más de {most} niveles; divídala con un atributo derivado",
)
_TOO_LONG: Final = Text(
    "the formula has {n} characters; at most {most} are allowed",
    "la fórmula tiene {n} caracteres; se permiten {most} como máximo",
)
_EMPTY: Final = Text("the formula is empty", "la fórmula está vacía")
_NOT_CLOSED: Final = Text("this bracket is never closed", "este paréntesis no se cierra nunca")
_NOT_OPENED: Final = Text("this bracket was never opened", "este paréntesis no se abrió nunca")
_STRANGE: Final = Text(
    "the character {shown} has no meaning in a formula", "el carácter {shown} no significa nada en una fórmula"
)
_USE_INSTEAD: Final = Text("; write '{instead}'", "; escriba «{instead}»")
_GLUED_NUMBER: Final = Text(
    "'{text}' is not a number; write numbers as 12, 0.5 or 1e3",
    "«{text}» no es un número; escriba los números como 12, 0.5 o 1e3",
)
_POWER: Final = Text(
    "there is no power; multiply the number by itself", "no hay potencias; multiplique el número por sí mismo"
)
_FLOOR: Final = Text("there is no whole division; use '/'", "no hay división entera; use «/»")
_PREFIXED: Final = Text("quoted text with a prefix is not allowed", "no se permite texto entre comillas con prefijo")
_KEYWORD: Final = Text(
    "'{word}' is not part of the formula language", "«{word}» no forma parte del lenguaje de fórmulas"
)
_CONSTANT: Final = Text(
    "there are no truth constants; write a condition that always holds, such as 'turn >= 1'",
    "no hay constantes de verdad; escriba una condición que siempre se cumpla, como «turn >= 1»",
)
_BAD_NAME: Final = Text(
    "'{word}' cannot be a name: names are lower-case letters, digits and single underscores",
    "«{word}» no puede ser un nombre: los nombres llevan minúsculas, cifras y guiones bajos sueltos",
)
