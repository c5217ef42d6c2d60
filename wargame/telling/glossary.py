"""The words that a player meets, each explained in a sentence or two."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.model.text import Text

WORDS: Mapping[Text, Text] = {
    Text("seat", "puesto"): Text(
        "The role you play. It controls one or more actors and spends their means.",
        "El papel que usted juega. Controla uno o más actores y gasta sus medios.",
    ),
    Text("turn", "turno"): Text(
        "One step of scenario time. All seats give their orders for it at once, and nobody sees the others' before.",
        "Un paso del tiempo del escenario. Todos los puestos dan sus órdenes a la vez y nadie ve antes "
        "las de los demás.",
    ),
    Text("move", "acción"): Text(
        "Something that can be ordered. It has a cost, perhaps odds, and effects that may come turns later.",
        "Algo que se puede ordenar. Tiene un costo, a veces una probabilidad, y efectos que pueden llegar "
        "turnos después.",
    ),
    Text("order", "orden"): Text(
        "One move filled in: who, where, how much. Filed orders can be withdrawn until the turn is played.",
        "Una acción concreta: quién, dónde, cuánto. Las órdenes presentadas se pueden retirar hasta que "
        "se juega el turno.",
    ),
    Text("odds", "probabilidad"): Text(
        "The chance that an order succeeds, in a hundred, reckoned from what you believe. The truth may differ.",
        "La posibilidad de que una orden tenga éxito, de cada cien veces, calculada con lo que usted cree. La "
        "verdad puede ser otra.",
    ),
    Text("draw", "sorteo"): Text(
        "The luck of an order, from 0 to 100 %. It succeeds if the draw is below its true odds.",
        "La suerte de una orden, de 0 a 100 %. Tiene éxito si el sorteo queda por debajo de su probabilidad verdadera.",
    ),
    Text("came to nothing", "quedó sin efecto"): Text(
        "The order was possible as you saw it and impossible in truth. It was paid for and did nothing.",
        "La orden era posible según lo que usted veía e imposible en verdad. Se pagó y no hizo nada.",
    ),
    Text("covert", "encubierta"): Text(
        "An order of which the others learn only if it is exposed.",
        "Una orden de la que los demás se enteran solo si queda al descubierto.",
    ),
    Text("programme", "programa"): Text(
        "Effects of an order that come in later turns, for some turns.",
        "Efectos de una orden que llegan en turnos posteriores, durante algunos turnos.",
    ),
    Text("mechanism", "mecanismo"): Text(
        "A rule that runs every turn, whoever plays: fields move away from pressure, prices follow the market.",
        "Una regla que actúa en cada turno, juegue quien juegue: los cultivos huyen de la presión, el "
        "precio sigue al mercado.",
    ),
    Text("event", "suceso"): Text(
        "Something that happens by chance, to anybody.",
        "Algo que ocurre por azar, a cualquiera.",
    ),
    Text("inject", "incidencia"): Text(
        "Something that the scenario brings at its time, or because of what was done or left undone.",
        "Algo que el escenario trae a su hora, o por lo que se hizo o se dejó de hacer.",
    ),
    Text("level", "nivel"): Text(
        "A number from 0 to 100, such as trust or control.",
        "Un número de 0 a 100, como la confianza o el control.",
    ),
    Text("estimate", "estimación"): Text(
        "'About 12,000 (±960)': your services' estimate. Two times in three the truth lies within the ±. Most of the "
        "error stays the same all session, so the trend tells more than the level. Sums are those of the estimates.",
        "«Cerca de 12 000 (±960)»: la estimación de sus servicios. Dos de cada tres veces la verdad está dentro del ±. "
        "La mayor parte del error dura toda la sesión; por eso la tendencia dice más que el nivel. Las sumas son "
        "las de las estimaciones.",
    ),
    Text("reported", "según los informes"): Text(
        "A number as somebody reports it to you. The truth may be quite another.",
        "Un número tal como alguien se lo informa. La verdad puede ser muy distinta.",
    ),
    Text("body", "organismo"): Text(
        "What states have founded together. Its charter says who belongs, which organs decide, and by which rule.",
        "Lo que los Estados han fundado juntos. Su estatuto dice quiénes son miembros, qué órganos deciden y con qué "
        "regla.",
    ),
    Text("text", "texto"): Text(
        "Something proposed in a body. Tabled, it stands on the agenda and is voted in the next turn, or at once where "
        "an organ may meet at once.",
        "Algo que se propone en un organismo. Una vez presentado, está en la agenda y se vota en el próximo turno, o "
        "de inmediato si el órgano puede reunirse de inmediato.",
    ),
    Text("interest", "interés"): Text(
        "Why a member leans to yes or no. Interests add up to its inclination; close to zero, it abstains.",
        "Por qué un miembro se inclina a favor o en contra. Los intereses suman su inclinación; cerca de cero, se "
        "abstiene.",
    ),
    Text("quorum", "quórum"): Text(
        "How many must attend for a vote to count. Whoever stays away may stop a text without a no.",
        "Cuántos deben asistir para que una votación valga. Quien no asiste puede frenar un texto sin decir que no.",
    ),
    Text("objective", "objetivo"): Text(
        "What your seat wants. Its degree runs from 0 to 1; your score is their weighted mean, and from 0.60 on "
        "(a short session: from what its brief says) you have what you wanted.",
        "Lo que quiere su puesto. Su grado va de 0 a 1; su puntaje es la media ponderada, y desde 0,60 "
        "(en una sesión corta: desde lo que dice su informe) tiene lo que quería.",
    ),
    Text("lens", "enfoque"): Text(
        "A reading of the same situation by some authors: other sizes, other mechanisms.",
        "Una lectura de la misma situación según algunos autores: otros tamaños, otros mecanismos.",
    ),
    Text("source", "fuente"): Text(
        "A place in one of the published documents on which a rule rests. An assumption is a number of our own.",
        "Un lugar de los documentos publicados en que se apoya una regla. Un supuesto es un número nuestro.",
    ),
    Text("fork", "bifurcar"): Text(
        "Start a new session from the beginning of a past turn. With the same luck, what differs is your doing.",
        "Empezar una sesión nueva desde el comienzo de un turno pasado. Con la misma suerte, lo que "
        "cambie es obra suya.",
    ),
    Text("seed", "semilla"): Text(
        "The number from which all luck is drawn. The same seed and the same orders give the same session.",
        "El número del que sale todo el azar. La misma semilla y las mismas órdenes dan la misma sesión.",
    ),
}
"""Word → what it means."""
