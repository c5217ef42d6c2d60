"""The commands of the line mode: their names in both languages, what they do, and in which order help has them."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.cli import deeds, negotiating
from wargame.cli.asking import ASKING
from wargame.cli.command import Command
from wargame.cli.help import show_help
from wargame.model.text import Text
from wargame.telling import filing, foreseeing, offers
from wargame.telling.game import Game


def _help(game: Game, words: Sequence[str]) -> None:
    show_help(game, words, COMMANDS)


COMMANDS: tuple[Command, ...] = (
    Command(
        ("brief",),
        ("informe",),
        Text("brief", "informe"),
        Text("who you are and what you want", "quién es usted y qué quiere"),
        deeds.show_brief,
    ),
    Command(
        ("situation", "s"),
        ("situación", "s"),
        Text("situation", "situación"),
        Text(
            "your means, objectives and the numbers that decide them",
            "sus medios, sus objetivos y los indicadores que los deciden",
        ),
        deeds.show_situation,
    ),
    Command(
        ("orders", "o", "moves"),
        ("órdenes", "o", "acciones"),
        Text("orders [4, 4.2 or WORD]", "órdenes [4, 4.2 o PALABRA]"),
        Text(
            "what you may order; a move; what an order would do there",
            "lo que puede ordenar; una acción; qué haría una orden allí",
        ),
        offers.show_orders,
        in_play=True,
    ),
    Command(
        ("refused",),
        ("rechazadas",),
        Text("refused [4]", "rechazadas [4]"),
        Text("what you may not order now, and why", "lo que no puede ordenar ahora, y por qué"),
        offers.show_refused,
        in_play=True,
    ),
    Command(
        ("file", "f"),
        ("presentar", "p", "ordenar"),
        Text("file 4.2 [amount] [because …]", "presentar 4.2 [cantidad] [porque …]"),
        Text(
            "give an order; names do as well: file MOVE PLACE",
            "dar una orden; también con nombres: presentar ACCIÓN LUGAR",
        ),
        filing.file_order,
        in_play=True,
    ),
    Command(
        ("forecast",),
        ("pronóstico",),
        Text("forecast 4.2 [amount]", "pronóstico 4.2 [cantidad]"),
        Text(
            "what an order may come to, against not giving it; alone: how forecasts have borne out",
            "en qué puede acabar una orden, frente a no darla; solo: cómo han resultado los pronósticos",
        ),
        foreseeing.forecast,
        in_play=True,
    ),
    Command(
        ("mine",),
        ("mías",),
        Text("mine", "mías"),
        Text("the orders you have filed", "las órdenes que ha presentado"),
        filing.show_filed,
        in_play=True,
    ),
    Command(
        ("withdraw",),
        ("retirar",),
        Text("withdraw 1", "retirar 1"),
        Text("take an order back", "retirar una orden"),
        filing.withdraw,
        in_play=True,
    ),
    Command(
        ("up",),
        ("subir",),
        Text("up 2", "subir 2"),
        Text("put an order further up in your priorities", "subir una orden en sus prioridades"),
        filing.move_up,
        in_play=True,
    ),
    *negotiating.COMMANDS,
    Command(
        ("roll",),
        ("nominal",),
        Text("roll [turn]", "nominal [turno]"),
        Text(
            "how each member of your bodies was called, and what inclined it",
            "cómo votó cada miembro de sus organismos, y qué lo inclinó",
        ),
        deeds.show_roll,
    ),
    Command(
        ("end",),
        ("terminar", "fin"),
        Text("end", "terminar"),
        Text("play the turn out and see the results", "jugar el turno y ver los resultados"),
        deeds.end_turn,
        in_play=True,
        in_full=True,
    ),
    *ASKING,
    Command(
        ("help", "h", "?"),
        ("ayuda", "?"),
        Text("help [word]", "ayuda [palabra]"),
        Text("this list, or what a word means", "esta lista, o qué significa una palabra"),
        _help,
    ),
    Command(
        ("quit", "q", "exit"),
        ("salir", "q"),
        Text("quit", "salir"),
        Text("leave; the session can be resumed", "salir; la sesión se puede retomar"),
        deeds.quit,
        in_full=True,
    ),
)
