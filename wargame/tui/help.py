"""What each panel shows, for F1."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.model.text import Text

PANELS: Mapping[str, Text] = {
    "scenarios": Text(
        "What there is to play: place, years, how many seats people or bots take, and how many turns it lasts. "
        "Enter goes on to the seats.",
        "Lo que se puede jugar: lugar, años, cuántos puestos ocupan personas o bots y cuántos turnos dura. Intro pasa "
        "a los puestos.",
    ),
    "sessions": Text(
        "Sessions that you have begun, the newest first. Everything is kept as it happens. Enter goes on where you "
        "left.",
        "Las sesiones que comenzó, primero la última. Todo se guarda en el momento. Intro sigue donde la dejó.",
    ),
    "seats": Text(
        "The roles of the scenario. Enter starts a session in which you play that seat; bots play the others.",
        "Los papeles del escenario. Intro comienza una sesión en que usted juega ese puesto; los demás, los bots.",
    ),
    "options": Text(
        "How it is to be played. Enter takes the next choice of the row at the cursor.",
        "Cómo se va a jugar. Intro toma la opción siguiente de la fila bajo el cursor.",
    ),
    "you": Text(
        "Who you are, what you say you want, and what you want in secret.",
        "Quién es, qué dice que quiere y qué quiere en secreto.",
    ),
    "want": Text(
        "Your objectives with the degree that you believe reached (1 is all you want), and the numbers that decide "
        "them. w asks why a number moved.",
        "Sus objetivos con el grado que cree alcanzado (1 es todo lo que quiere) y los indicadores que los deciden. "
        "w pregunta por qué cambió un indicador.",
    ),
    "map": Text(
        "The theatre. Each mark is a zone or an actor; its shape tells how the number of the layer stands, as the "
        "legend says. Arrows visit the places, + and − zoom, 0 shows everything, l changes the layer, a drag moves the "
        "map. Lines are routes between zones: solid when open, with gaps and × when hardly used.",
        "El teatro. Cada marca es una zona o un actor; su forma dice cómo está el indicador de la capa, según la "
        "leyenda. Las flechas visitan los lugares, + y − acercan y alejan, 0 muestra todo, l cambia la capa, arrastrar "
        "mueve el mapa. Las líneas son rutas entre zonas: llenas si están abiertas, con huecos y × si casi no se usan.",
    ),
    "decide": Text(
        "What waits for you this turn. Enter goes there.", "Lo que espera por usted este turno. Intro lo lleva allí."
    ),
    "actors": Text(
        "The actors in play, by the numbers that matter most to you: value, change since last turn (filled: against "
        "you; thin: for you), history, and how sure you are. ≈ is your estimate, « » is only reported, ? is hidden.",
        "Los actores en juego, por los indicadores que más le importan: valor, cambio desde el último turno (lleno: "
        "contra usted; fino: a su favor), historia y certeza. ≈ es su estimación, « » es lo que se informa, ? es "
        "oculto.",
    ),
    "zones": Text(
        "The zones in play, by the numbers that matter most to you. Enter shows all numbers of one.",
        "Las zonas en juego, por los indicadores que más le importan. Intro muestra todos los de una.",
    ),
    "moves": Text(
        "Your moves under headings, with cost and odds; / goes to one by letters of its name. "
        "× is refused now, with the reason under it. Enter goes on to the places.",
        "Sus acciones bajo encabezados, con costo y probabilidad; / va a una por letras de su nombre. "
        "× está rechazada ahora, con su razón debajo. Intro pasa a los lugares.",
    ),
    "places": Text(
        "Where the move can be ordered, with cost and odds by your own estimates, or why not. Enter or f files it.",
        "Dónde se puede ordenar la acción, con costo y probabilidad según sus estimaciones, o por qué no. Intro o f la "
        "presenta.",
    ),
    "this-turn": Text(
        "The orders you have filed, in the order in which they are paid. x takes one back; , and . move it.",
        "Las órdenes que ha presentado, en el orden en que se pagan. x retira una; , y . la mueven.",
    ),
    "form": Text(
        "What the order would cost and do, by the rules and your own estimates. + and − change the amount, r writes "
        "the reason. What you type is kept even if the terminal is lost.",
        "Lo que costaría y haría la orden, según las reglas y sus estimaciones. + y − cambian la cantidad, r escribe "
        "la razón. Lo que escriba se conserva aunque se pierda la terminal.",
    ),
    "forecast": Text(
        "What the order may come to, in worlds as you may believe them: ● with it, ○ without. Each dot is one world in "
        "twenty; the lines run from the worst tenth to the best. Nobody can foresee the luck of the session itself.",
        "A qué puede llevar la orden, en mundos que usted considera posibles: ● con ella, ○ sin ella. Cada punto es "
        "un mundo de cada veinte; las líneas van de la peor décima a la mejor. Nadie puede prever la suerte de la "
        "sesión.",
    ),
    "changes": Text(
        "The numbers that moved, the most important for you first. Enter goes on to its causes.",
        "Los indicadores que cambiaron, primero los más importantes para usted. Intro pasa a sus causas.",
    ),
    "causes": Text(
        "The causes of the change; they add up to it. Enter unfolds one: formula with its numbers, draw, source.",
        "Las causas del cambio, que suman exactamente. Intro despliega una: fórmula con sus números, sorteo, fuente.",
    ),
    "believed": Text(
        "What you took a number to be when you ordered (a dot with the line in which the truth lies two times in "
        "three), and what you know now; after the end, what it truly was, with ! where that lay outside your margin.",
        "Lo que usted creía de un indicador al ordenar (un punto con la línea donde está lo cierto dos veces de cada "
        "tres) y lo que sabe ahora; tras el final, lo que era en verdad, con ! si quedó fuera de su margen.",
    ),
    "leads": Text(
        "The causal loops that the rules behind the change are part of: read from left to right, more of the first "
        "gives more or less of the next, until it comes back. + reinforces itself, − keeps itself in check.",
        "Los círculos causales de los que forman parte las reglas tras el cambio: de izquierda a derecha, más de lo "
        "primero da más o menos de lo siguiente, hasta volver. + se refuerza solo, − se frena solo.",
    ),
    "ending": Text(
        "How the session ended and why, with its sources; how far each objective was reached, with the formula and its "
        "true numbers; all seats.",
        "Cómo terminó la sesión y por qué, con sus fuentes; hasta dónde se alcanzó cada objetivo, con la fórmula y sus "
        "números verdaderos; todos los puestos.",
    ),
    "truth": Text(
        "The numbers of your objectives at the start, as you believed them at the end, and as they were (! where that "
        "is not the same). w asks why one moved in the last turn.",
        "Los indicadores de sus objetivos al comienzo, como los creía al final y como eran (! donde no es lo mismo). "
        "w pregunta por qué cambió uno en el último turno.",
    ),
    "course": Text(
        "The measures of the scenario as they truly ended, and what really happened, with its sources.",
        "Los indicadores del escenario tal como acabaron y lo que de verdad ocurrió, con sus fuentes.",
    ),
    "hindsight": Text(
        "Which of your decisions mattered most, each against its absence in your own run and with other luck, and "
        "where your score lies among those of bots. d works it out.",
        "Qué decisiones suyas pesaron más, cada una frente a su ausencia en su sesión y con distinta suerte, y dónde "
        "queda su puntaje entre los de los bots. d lo calcula.",
    ),
    "happened": Text(
        "What became of orders, votes and promises, as far as you may know.",
        "Qué fue de órdenes, votos y promesas, hasta donde puede saber.",
    ),
    "numbers": Text(
        "The numbers that can be plotted: those of your objectives first.",
        "Los indicadores que se pueden graficar: primero los de sus objetivos.",
    ),
    "plot": Text(
        "What you believed at the start of each turn. ← and → move to another turn, from any panel of the tab; b tries "
        "again from there.",
        "Lo que usted creía al comienzo de cada turno. ← y → van a otro turno, desde cualquier panel; b reintenta "
        "desde ahí.",
    ),
    "partners": Text(
        "The other seats. o offers the one at the cursor a deal, s says something to it.",
        "Los demás puestos. o ofrece un trato al que está bajo el cursor, s le dice algo.",
    ),
    "offers": Text(
        "The offers of this turn. a accepts, d declines, c answers with another, x takes your own back.",
        "Las ofertas de este turno. a acepta, d declina, c responde con otra, x retira la suya.",
    ),
    "promises": Text(
        "What you have promised and been promised (• as it stands, × you will not keep it), and under it what is said "
        "of those before; what is said may be false. x: you will not keep it this turn, or keep it after all.",
        "Lo que ha prometido y lo que le han prometido (• en pie, × no la cumplirá) y, debajo, qué se dice de las "
        "anteriores; puede ser falso. x: no la cumplirá este turno, o la cumplirá después de todo.",
    ),
    "agenda": Text(
        "The texts on the agendas, first what is voted this turn. y, n and a vote once orders are closed with e.",
        "Los textos en las agendas, primero lo que se vota este turno. y, n y a votan con las órdenes cerradas con e.",
    ),
    "bodies": Text(
        "The bodies and what you are in them. Enter shows charter, members and what can be proposed.",
        "Los organismos y lo que usted es en ellos. Intro muestra estatuto, miembros y lo que se puede proponer.",
    ),
    "members": Text(
        "The members in order of likelihood: ■ yes, ◊ open, □ no, · absent; how each may vote, and why.",
        "Los miembros por probabilidad: ■ sí, ◊ abierto, □ no, · ausente; cómo puede votar cada uno, y por qué.",
    ),
}
