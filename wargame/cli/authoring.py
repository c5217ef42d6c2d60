"""The commands of those who write content: what there is, what is wrong with it, what it says, and how to begin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from wargame.cli.options import AsJson, Lang, Seed, t, voice
from wargame.cli.usage import Command


def add_to(app: typer.Typer) -> None:
    """Give an application the commands of authors."""
    app.command(
        "list",
        cls=Command,
        help=t(
            "List the scenarios that are shipped or found here.", "Listar los escenarios incluidos o hallados aquí."
        ),
    )(list_scenarios)
    app.command(
        "new",
        cls=Command,
        help=t(
            "Write a small scenario that plays, with rules of its own, to change into yours.",
            "Escribir un escenario pequeño y jugable, con reglas propias, para convertirlo en el suyo.",
        ),
    )(new)
    app.command(
        "check",
        cls=Command,
        help=t(
            "Check rule packs and scenarios; all problems in one pass.",
            "Revisar paquetes de reglas y escenarios; todos los problemas de una vez.",
        ),
    )(check)
    app.command(
        "rulebook",
        cls=Command,
        help=t(
            "Write the rules in words, with sources, and draw their causal loops.",
            "Escribir las reglas en palabras, con fuentes, y dibujar sus círculos causales.",
        ),
    )(rulebook)
    app.command(
        "schema", cls=Command, help=t("Write JSON Schemas for editors.", "Escribir esquemas JSON para editores.")
    )(schema)


def list_scenarios(as_json: AsJson = False, lang: Lang = voice.language) -> None:
    """List scenarios."""
    from wargame.cli.content import list_content

    list_content(voice, as_json)


def new(
    name: Annotated[
        str, typer.Argument(help=t("Name, such as border-talks.", "Nombre, por ejemplo dialogo-frontera."))
    ],
    folder: Annotated[
        Path,
        typer.Option(
            "--in",
            help=t("Folder whose scenarios/ and rules/ it goes to.", "Carpeta a cuyos scenarios/ y rules/ va."),
        ),
    ] = Path(),
    lang: Lang = voice.language,
) -> None:
    """Write a new scenario."""
    from wargame.cli.scaffold import new_scenario

    raise typer.Exit(new_scenario(voice, name, folder))


_Checked: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(
        help=t("Folders, or names of scenarios; none: everything.", "Carpetas, o nombres de escenarios; ninguna: todo.")
    ),
]
_Deep: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--deep",
        help=t(
            "Play sessions too: what never fires, is never legal, never moves.",
            "Jugar también sesiones: lo que nunca se dispara, nunca es legal, nunca se mueve.",
        ),
    ),
]
_HowMany: TypeAlias = Annotated[
    int, typer.Option("-n", "--sessions", min=1, help=t("How many, with --deep.", "Cuántas, con --deep."))
]
_Coverage: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--coverage",
        help=t("Which sources the scenarios rest on, instead.", "En cambio: en qué fuentes se apoyan los escenarios."),
    ),
]
_AsPage: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--markdown",
        help=t("With --coverage: the whole list as a page.", "Con --coverage: la lista entera, como página."),
    ),
]


def check(
    paths: _Checked = None,
    deep: _Deep = False,
    sessions: _HowMany = 300,
    seed: Seed = None,
    coverage: _Coverage = False,
    markdown: _AsPage = False,
    as_json: AsJson = False,
    lang: Lang = voice.language,
) -> None:
    """Check content."""
    from wargame.cli.checking import Check, check_content

    asked = Check(tuple(paths or ()), deep, sessions, seed, as_json)
    if not (coverage or markdown):
        raise typer.Exit(check_content(voice, asked))
    from wargame.cli.coverage import tell_coverage

    raise typer.Exit(tell_coverage(voice, asked, markdown))


def rulebook(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help=t(
                "Rule packs or scenarios; none: every pack.", "Paquetes de reglas o escenarios; ninguno: todo paquete."
            )
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help=t(
                "Folder for the book and the diagrams (SVG, GraphML); else the book goes to stdout.",
                "Carpeta para el libro y los diagramas (SVG, GraphML); si no, el libro va a la salida.",
            ),
        ),
    ] = None,
    lang: Lang = voice.language,
) -> None:
    """Write the rulebook."""
    from wargame.cli.rulebook import write_rulebook

    raise typer.Exit(write_rulebook(voice, names or [], out))


def schema(
    out: Annotated[Path, typer.Option("--out", help=t("Folder to write to.", "Carpeta de destino."))] = Path("schemas"),
    lang: Lang = voice.language,
) -> None:
    """Write JSON Schemas."""
    from wargame.cli.content import write_schemas

    write_schemas(voice, out)
