"""The options and arguments that several commands share, and the voice in which all of them speak."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.speech import Voice, language_of
from wargame.model.text import Language, Text

SEEDS = 2**63
"""Seeds are whole numbers below this."""

voice = Voice(language_of(sys.argv[1:]))


def t(en: str, es: str) -> str:
    """Return words in the language of the command."""
    return voice.of(Text(en, es))


_LANG_HELP = t("Language: en or es.", "Idioma: en o es.")
Lang = Annotated[Language, typer.Option("--lang", help=_LANG_HELP)]
Library = Annotated[
    Path | None,
    typer.Option("--library", help=t("File that keeps the sessions.", "Archivo que guarda las sesiones.")),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        min=0,
        max=SEEDS - 1,
        help=t("Seed of the luck; printed if left out.", "Semilla del azar; si falta, se elige y se muestra."),
    ),
]
Lens = Annotated[str, typer.Option("--lens", help=t("Lens of an author or school.", "Enfoque de un autor o escuela."))]
Short = Annotated[bool, typer.Option("--short", help=t("Play the short length.", "Jugar la duración corta."))]
AsJson = Annotated[bool, typer.Option("--json", help=t("Write JSON.", "Escribir JSON."))]
SessionId = Annotated[
    str, typer.Argument(help=t("Session, or how its id begins.", "Sesión, o cómo empieza su identificador."))
]
ScenarioName = Annotated[
    str, typer.Argument(help=t("Scenario: a name or a folder.", "Escenario: un nombre o una carpeta."))
]
