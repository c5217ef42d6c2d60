"""The commands of the line mode with which seats deal with each other: offers, promises, words, bodies and votes."""

from __future__ import annotations

from wargame.cli.command import Command
from wargame.model.text import Text
from wargame.telling import agenda, ballots, bargaining, bodies, promises

COMMANDS: tuple[Command, ...] = (
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
)
