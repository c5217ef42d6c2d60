"""Which decisions of a session mattered, and where it lies among those of bots, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wargame.analysis.decisions import Decision
from wargame.analysis.standing import Standing
from wargame.engine.promising import term_words
from wargame.model.orders import targets_of
from wargame.model.text import Text, join
from wargame.telling.scene import Scene

MOST = 5
"""How many decisions are told."""
_NOTHING = 0.0005
"""A difference of a score that is told as none."""
_SLIGHT = 0.01
"""A share of lucks below which an ending is not spoken of."""
_SMALL = 0.05
"""Where no decision changes the score by more, it is said why that is nothing strange."""
_BINS, _WIDTH = 10, 30


def tell_decisions(
    scene: Scene, seat: str, decisions: Sequence[Decision], most: int = MOST, *, briefly: bool = False
) -> None:
    """Say which decisions mattered most, each against its absence; ``briefly``: in fewer words."""
    talk = scene.talk
    talk.head(Text("The decisions that mattered most", "Las decisiones que más importaron"))
    found = weighty(decisions)[:most]
    if not found:
        talk.say(_NONE)
        return
    talk.say(_HOW_BRIEFLY if briefly else _HOW)
    if not briefly and max(abs(decision.usual.value) for decision in found) < _SMALL:
        talk.say(_WHY_SMALL)
    for n, decision in enumerate(found, 1):
        label = f"{n}."
        text = Text("Turn {turn}: {what}", "Turno {turn}: {what}")
        talk.item(label, text.fill(turn=decision.turn, what=decision_words(scene, decision)))
        talk.say(_worth(scene, seat, decision, briefly=briefly), len(label) + 1)


def weighty(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that changed the score at all."""
    return [d for d in decisions if d.weight >= _NOTHING or abs(d.here) >= _NOTHING]


def decision_words(scene: Scene, decision: Decision) -> Text:
    """Return what was decided: an order, a vote or a deal."""
    names, session = scene.session.names, scene.session
    if decision.kind == "vote":
        chamber = session.engine.chamber
        ballot = next(b for b in chamber.ballots if b["b"] == decision.what) if chamber else {}
        text = _VOTED_YES if decision.amount > 0 else _VOTED_NO
        return text.fill(member=names.owner(ballot["m"]), proposal=names.owner(ballot["p"]))
    if decision.kind == "deal":
        struck = (scene.session.reports[decision.turn - 1].deals or {}).get("struck", ())
        known = session.engine.agreements.by_key
        terms = [
            term_words(session.engine, names, known[key].id, amount)
            for key, amount, deal, *_ in struck
            if str(deal) == decision.what
        ]
        return Text("the deal: {terms}", "el trato: {terms}").fill(terms=join(terms, "; "))
    actor, move, _ = decision.what.split("|", 2)
    targets = [names.owner(t) for t in targets_of(decision.what).values() if t in session.engine.cast.entities]
    title = session.scenario.ruleset.moves[move].title
    if decision.amount > 1:
        title = Text("{title} ({n})", "{title} ({n})").fill(title=title, n=decision.amount)
    said = (
        Text("{move} — {where}", "{move} — {where}").fill(move=title, where=join(targets, ", ")) if targets else title
    )
    if len(session.seat(_seat_of(scene, actor)).actors) > 1:
        return Text("{who}: {what}", "{who}: {what}").fill(who=names.owner(actor), what=said)
    return said


def _seat_of(scene: Scene, actor: str) -> str:
    return next(seat.id for seat in scene.session.scenario.seats if actor in seat.actors)


def _worth(scene: Scene, seat: str, decision: Decision, *, briefly: bool) -> str:
    talk, signed = scene.talk, scene.talk.voice.signed
    usual = decision.usual
    low, high = signed(usual.low, 3), signed(usual.high, 3)
    text = _WORTH if low != high else _ALIKE
    parts = [
        talk.of(text.fill(usual=signed(usual.value, 3), low=low, high=high, here=signed(decision.here, 3),
                          n=decision.lucks))
    ]  # fmt: skip
    titles = {o.id: o.title for o, _ in scene.session.engine.reckoning.objectives[seat]}
    most = max(decision.objectives, key=lambda name: abs(decision.objectives[name]), default=None)
    if most is not None and abs(decision.objectives[most]) >= _NOTHING:
        parts.append(talk.of(_THROUGH.fill(objective=titles[most], change=signed(decision.objectives[most], 3))))
    endings = scene.session.scenario.endings
    moved = [(share, e) for e, share in decision.endings.items() if e >= 0 and share >= _SLIGHT]
    if moved and not briefly:
        share, ending = max(moved)
        percent = scene.talk.voice.fixed(100 * share, 0)
        parts.append(talk.of(_LIKELIER.fill(ending=endings[ending].title, share=percent)))
    return " ".join(parts)


def tell_standing(scene: Scene, found: Standing, *, bars: bool = True) -> None:
    """Say where a score lies among those of bots, and how often they come to the same ending; ``bars``: draw it."""
    talk, share, scores = scene.talk, scene.figures.share, found.scores
    talk.head(Text("Your run among those of bots", "Su sesión entre las de los bots"))
    low, middle, high = (float(v) for v in np.quantile(scores, [0.1, 0.5, 0.9]))
    percent = talk.voice.fixed(100 * found.below, 0)
    filled = {"score": share(found.score), "below": percent, "low": share(low), "middle": share(middle)}
    talk.say(_STANDING.fill(n=talk.voice.number(len(scores), 0), high=share(high), **filled))
    end = scene.session.reports[-1].end
    if end is not None:
        endings = [e.id for e in scene.session.scenario.endings]
        at = endings.index(end["ending"])
        often = talk.voice.fixed(100 * found.ending_share(at), 0)
        talk.say(_AS_OFTEN.fill(ending=scene.session.scenario.endings[at].title, share=often))
    for label, bar in _histogram(scene, found) if bars else ():
        talk.item(label, bar)


def _histogram(scene: Scene, found: Standing) -> list[tuple[str, str]]:
    edges = np.linspace(0.0, 1.0, _BINS + 1)
    counts, _ = np.histogram(found.scores, edges)
    mine = min(int(found.score * _BINS), _BINS - 1)
    you = scene.talk.of(Text("you", "usted"))
    rows = []
    for i, count in enumerate(counts.tolist()):
        bar = "■" * round(_WIDTH * count / max(counts.max(), 1))
        label = f"{scene.figures.share(float(edges[i]))}–{scene.figures.share(float(edges[i + 1]))}"
        rows.append((label, f"{bar or '·'}{f'  ◄ {you}' if i == mine else ''}"))
    return rows


_NONE = Text("No decision of yours changed your score.", "Ninguna decisión suya cambió su puntaje.")
_HOW = Text(
    "Each is held against not having taken it, with all your other decisions as they were: in your own run, and in "
    "runs with other luck, in which bots decide anew. Those that may have mattered most are weighed in more runs. In "
    "brackets: where the true mean lies, with 95 % confidence.",
    "Cada una se compara con no haberla tomado, con todas sus demás decisiones tal como fueron: en su propia sesión y "
    "en repeticiones con distinta suerte, en las que los bots deciden de nuevo. Las que pueden haber importado más se "
    "pesan en más repeticiones. Entre paréntesis: dónde está la media verdadera, con 95 % de confianza.",
)
_HOW_BRIEFLY = Text(
    "Each against not having taken it, on a score from 0 to 1; in brackets, where the mean lies with 95 % confidence.",
    "Cada una frente a no haberla tomado, en un puntaje de 0 a 1; entre paréntesis, dónde está la media con 95 % de "
    "confianza.",
)
_WHY_SMALL = Text(
    "The numbers are changes of the final score (0 to 1), averaged over those runs: small ones are common, for bots "
    "answer in kind and one order among many seldom decides a session.",
    "Los números son cambios del puntaje final (de 0 a 1), en promedio sobre esas repeticiones: lo común es que sean "
    "pequeños, porque los bots responden en consecuencia y una orden entre tantas rara vez decide una sesión.",
)
_WORTH = Text(
    "{usual} to your score in {n} runs with other luck (between {low} and {high}); {here} in your own run.",
    "{usual} en su puntaje en {n} repeticiones con distinta suerte (entre {low} y {high}); {here} en su propia sesión.",
)
_ALIKE = Text(
    "{usual} to your score, the same in all {n} runs with other luck; {here} in your own run.",
    "{usual} en su puntaje, lo mismo en las {n} repeticiones con distinta suerte; {here} en su propia sesión.",
)
_THROUGH = Text("Most of it: {objective} ({change}).", "Sobre todo: {objective} ({change}).")
_LIKELIER = Text(
    "It raised the probability of this ending by {share} percentage points: {ending}.",
    "Aumentó en {share} puntos porcentuales la probabilidad de este desenlace: {ending}.",
)
_VOTED_YES = Text("{member} votes yes: {proposal}", "{member} vota sí: {proposal}")
_VOTED_NO = Text("{member} votes no: {proposal}", "{member} vota no: {proposal}")
_STANDING = Text(
    "Your score is {score}. Of {n} sessions that bots played from the same start, {below} % scored less: "
    "the median is {middle}, eight in ten lie between {low} and {high}.",
    "Su puntaje es {score}. De {n} sesiones que jugaron los bots desde el mismo comienzo, {below} % obtuvo menos. "
    "La mediana de ellas es {middle}; ocho de cada diez están entre {low} y {high}.",
)
_AS_OFTEN = Text(
    "They came to your ending, {ending}, in {share} % of their sessions.",
    "Llegaron a su mismo desenlace, {ending}, en {share} % de sus sesiones.",
)
