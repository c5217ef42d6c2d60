"""The commands of the line mode: their names in both languages, what they do, and in which order help has them."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.cli import deeds
from wargame.cli.asking import ASKING
from wargame.cli.command import Command
from wargame.cli.help import show_help
from wargame.model.text import Text
from wargame.telling import (
    agenda,
    ballots,
    bargaining,
    bodies,
    filing,
    foreseeing,
    offers,
    promises,
)
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
        Text("orders [4 or 4.2]", "órdenes [4 o 4.2]"),
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
    Command(
        ("offers",),
        ("ofertas",),
        Text("offers", "ofertas"),
        Text("the deals offered this turn, by you and to you", "los tratos ofrecidos este turno, por usted y a usted"),
        bargaining.show_offers,
        in_play=True,
    ),
    Command(
        ("offer",),
        ("ofrecer",),
        Text("offer [2 give 1=3 ask 4 for 2]", "ofrecer [2 dar 1=3 pedir 4 por 2]"),
        Text(
            "offer another seat a deal; alone: what there is to offer, step by step",
            "ofrecer un trato a otro puesto; solo: qué hay para ofrecer, paso a paso",
        ),
        bargaining.make_offer,
        in_play=True,
    ),
    Command(
        ("accept",),
        ("aceptar",),
        Text("accept 1", "aceptar 1"),
        Text("accept an offer", "aceptar una oferta"),
        bargaining.accept,
        in_play=True,
    ),
    Command(
        ("decline",),
        ("declinar",),
        Text("decline 1", "declinar 1"),
        Text("decline an offer", "no aceptar una oferta"),
        bargaining.decline,
        in_play=True,
    ),
    Command(
        ("counter",),
        ("contraofertar",),
        Text("counter 1 [give … ask … for …]", "contraofertar 1 [dar … pedir … por …]"),
        Text("answer an offer with another", "responder una oferta con otra"),
        bargaining.counter,
        in_play=True,
    ),
    Command(
        ("retract",),
        ("retractar",),
        Text("retract 1", "retractar 1"),
        Text("take back an offer that nobody has answered", "retirar una oferta que nadie ha respondido"),
        bargaining.retract,
        in_play=True,
    ),
    Command(
        ("promises",),
        ("promesas",),
        Text("promises", "promesas"),
        Text("what you have promised and been promised", "lo que ha prometido y lo que le han prometido"),
        promises.show_promises,
    ),
    Command(
        ("break",),
        ("incumplir",),
        Text("break 1 [amount]", "incumplir 1 [cantidad]"),
        Text(
            "not keep a promise this turn, or deliver less",
            "no cumplir una promesa este turno, o entregar menos",
        ),
        promises.break_promise,
        in_play=True,
    ),
    Command(
        ("keep",),
        ("cumplir",),
        Text("keep 1", "cumplir 1"),
        Text("keep it after all", "cumplirla después de todo"),
        promises.keep_promise,
        in_play=True,
    ),
    Command(
        ("say",),
        ("decir",),
        Text("say SEAT TEXT", "decir PUESTO TEXTO"),
        Text("say something to another seat; bots answer", "decirle algo a otro puesto; los bots responden"),
        bargaining.say,
        in_play=True,
    ),
    Command(
        ("messages",),
        ("mensajes",),
        Text("messages", "mensajes"),
        Text("what was said by you and to you", "lo que dijo y lo que le dijeron"),
        bargaining.show_messages,
    ),
    Command(
        ("bodies",),
        ("organismos",),
        Text("bodies", "organismos"),
        Text("the bodies to which you belong, and how they are", "los organismos a que pertenece, y cómo están"),
        bodies.show_bodies,
    ),
    Command(
        ("body",),
        ("organismo",),
        Text("body NAME", "organismo NOMBRE"),
        Text(
            "its members, its charter, and what can be proposed there",
            "sus miembros, su estatuto y lo que se puede proponer allí",
        ),
        bodies.show_body,
    ),
    Command(
        ("agenda",),
        ("agenda",),
        Text("agenda [1]", "agenda [1]"),
        Text(
            "what is to be voted; how each member may vote, and why",
            "lo que se va a votar; cómo puede votar cada miembro, y por qué",
        ),
        agenda.show_agenda,
    ),
    Command(
        ("vote", "v"),
        ("votar", "v"),
        Text("vote 1 yes", "votar 1 sí"),
        Text(
            "yes, no or abstain, once orders are closed with end",
            "sí, no o abstención, una vez cerradas las órdenes con terminar",
        ),
        ballots.cast_vote,
        in_play=True,
    ),
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
