"""The words of the command line itself, also in Spanish: help pages, and what is wrong with a line that was typed.

The argument parser speaks English; its few fixed phrases are put into the language of the command here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click import Context  # the parser's own, which its methods are declared with

from wargame.model.text import Language
from wargame.session.newest import LAST

RESUME = "--resume"


class Interrupted(Exception):
    """Ctrl-C, on its way past the parser, which would only say 130."""


class PipeClosed(Exception):
    """Whoever read our output has had enough, on its way past the parser, which would call it a failure."""


class Command(TyperCommand):
    """A command whose help page is in the language of its application."""

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        return in_words_of(_language(ctx), super().get_help(ctx), _HELP)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Take ``--resume`` without an id for the newest session."""
        for at, word in enumerate(args):
            if word == RESUME and (at + 1 == len(args) or args[at + 1].startswith("-")):
                args = [*args[:at], f"{RESUME}={LAST}", *args[at + 1 :]]
        return super().parse_args(ctx, args)


class Group(TyperGroup):
    """Several commands, with their help page, and what Ctrl-C and closed pipes mean to all of them."""

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        return in_words_of(_language(ctx), super().get_help(ctx), _HELP)

    def make_context(
        self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: Any
    ) -> Context:
        """Read the line."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except KeyboardInterrupt as error:
            raise Interrupted from error

    def invoke(self, ctx: Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Interrupted from error
        except BrokenPipeError as error:
            raise PipeClosed from error


def _language(ctx: Context) -> Language:
    found = ctx.find_root().command.context_settings.get("obj")
    return found if isinstance(found, Language) else Language.EN


def refused(message: str, language: Language) -> str:
    """Return what the parser says of a line that it cannot read."""
    for pattern, words in _PLAINER.items():
        message = re.sub(pattern, words, message)
    return in_words_of(language, message, _REFUSALS)


def in_words_of(language: Language, text: str, phrases: dict[str, str]) -> str:
    """Return a text with the parser's phrases in a language."""
    if language is Language.ES:
        for pattern, words in phrases.items():
            text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


_HELP = {
    r"^Usage:": "Uso:",
    r"^Options:": "Opciones:",
    r"^Arguments:": "Argumentos:",
    r"^Commands:": "Comandos:",
    r"\[OPTIONS\]": "[OPCIONES]",
    r"COMMAND \[ARGS\]\.\.\.": "COMANDO [ARGUMENTOS]...",
    r"Show this message and exit\.": "Mostrar esta ayuda y salir.",
    r"\[default:": "[por omisión:",
    r"\[required\]": "[obligatorio]",
}
_REFUSALS = {
    r"^No such command '(.*)'\.": r"No existe el comando «\1».",
    r"^Missing command\.": "Falta el comando.",
    r"^No such option: (\S+)": r"No existe la opción \1.",
    r"Did you mean (.*)\?$": r"¿Quiso decir \1?",
    r"\(Possible options: (.*)\)": r"(Opciones posibles: \1)",
    r"^Missing argument '(.*)'\.": r"Falta el argumento «\1».",
    r"^Missing option '(.*)'\.": r"Falta la opción «\1».",
    r"^Missing parameter: (.*)": r"Falta el parámetro «\1».",
    r"^Got unexpected extra arguments?(?:\(s\))? \((.*)\)": r"Sobra en la línea: \1.",
    r"^Option '(.*)' requires an argument\.": r"La opción «\1» necesita un valor.",
    r"^Option '(.*)' does not take a value\.": r"La opción «\1» no lleva valor.",
    r"^Invalid value for '([^:]*)': ": r"Valor no válido para «\1»: ",
    r"^Invalid value: ": "Valor no válido: ",
    r"'(.*)' is not one of (.*)\.$": r"«\1» no es uno de \2.",
    r"This must be a whole number\.": "Debe ser un número entero.",
    r"This must be (\S+) or more\.": r"Debe ser \1 o más.",
    r"This must be (\S+) or less\.": r"Debe ser \1 o menos.",
}
_PLAINER = {
    r"Value error, ": "",
    r"Input should be a valid integer.*": "This must be a whole number.",
    r"Input should be greater than or equal to (\S+)": r"This must be \1 or more.",
    r"Input should be less than or equal to (\S+)": r"This must be \1 or less.",
}
"""What checks of values say, as people would."""
