"""Three questions for discussion, drawn from what happened: which decision, which alternative, which number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from wargame.analysis.decisions import Decision
from wargame.analysis.standing import Standing
from wargame.model.kinds import AttributeType
from wargame.model.orders import Fate
from wargame.model.text import Text
from wargame.telling.believed import beliefs_of
from wargame.telling.ending import Known, known_at_end
from wargame.telling.game import Game
from wargame.telling.hindsight import decision_words, weighty
from wargame.telling.menu import Menu
from wargame.telling.results import outcome_title
from wargame.telling.weighed import Weighed

_COUNT = 3
_LEVELS = 100.0


def questions(game: Game, weighed: Weighed) -> list[Text]:
    """Return three questions about a session that has ended."""
    decisions = weighty(weighed.decisions)
    found = chain(
        islice(_of_decisions(game, decisions), 2),
        islice(_of_beliefs(game), 1),
        _of_luck(game),
        _of_standing(game, weighed.standing),
        _WITHOUT_OCCASION,
    )
    return list(islice(found, _COUNT))


def gap_of(game: Game, known: Known) -> float:
    """Return how wrong a number was believed to be at the end, as a share of its range or of its size."""
    attribute = game.scene.attribute(known.row)
    if attribute is not None and attribute.type is AttributeType.FLAG:
        return float(known.believed != known.truth)
    of = _LEVELS if attribute is not None and attribute.type is AttributeType.LEVEL else 0.0
    gap = abs(known.believed - known.truth) / max(of, abs(known.truth), abs(known.believed), 1e-9)
    shown = [game.scene.figures.value(v, attribute) for v in (known.believed, known.truth)]
    return gap if shown[0] != shown[1] else 0.0


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────


def _of_decisions(game: Game, decisions: Sequence[Decision]) -> Iterator[Text]:
    """Yield what the decision asks that surely mattered most, and then the one on the other side of the ledger."""
    if not decisions:
        return
    decisions = sorted(decisions, key=lambda d: (-d.least, -d.weight))  # the surest first
    first = decisions[0]
    yield _filled(game, _HELPED if first.usual.value >= 0.0 else _HARMED, first)
    others = [d for d in decisions if (d.usual.value < 0.0) != (first.usual.value < 0.0)]
    if others:
        best, worst = (first, others[0]) if first.usual.value >= 0.0 else (others[0], first)
        text = _INSTEAD if others[0] is worst else _MORE_OF_IT
        other = best if others[0] is worst else worst
        yield _filled(
            game, text, others[0], then=other.turn, other=decision_words(game.scene, other),
            change=_signed(game, other.usual.value),
        )  # fmt: skip
    lucky = max(decisions, key=lambda d: abs(d.here - d.usual.value))
    if lucky is not first or not others:
        yield _filled(game, _LUCKY, lucky, here=_signed(game, lucky.here))


def _filled(game: Game, text: Text, decision: Decision, **more: object) -> Text:
    return text.fill(
        turn=decision.turn, what=decision_words(game.scene, decision), usual=_signed(game, decision.usual.value),
        n=decision.lucks, **more,
    )  # fmt: skip


def _signed(game: Game, value: float) -> str:
    return game.talk.voice.signed(value, 3)


# ── beliefs, luck, standing ──────────────────────────────────────────────────────────────────────────────────


def _of_beliefs(game: Game) -> Iterator[Text]:
    """Yield what the number asks that was taken most wrongly at the end."""
    known = sorted((k for k in known_at_end(game) if gap_of(game, k) > 0.0), key=lambda k: -gap_of(game, k))
    for one in known:
        attribute, unit = game.scene.attribute(one.row), game.scene.unit(one.row)
        believed, truth = (game.scene.figures.value(v, attribute, unit) for v in (one.believed, one.truth))
        wide = [t for t in range(1, game.session.turn + 1) if any(b.is_wide for b in beliefs_of(game, t, [one.row]))]
        text = _BELIEVED_SINCE if wide else _BELIEVED
        yield text.fill(name=game.scene.name(one.row), believed=believed, truth=truth, turn=wide[0] if wide else 0)


def _of_luck(game: Game) -> Iterator[Text]:
    """Yield what the order asks that failed at the best odds."""
    own = [(r.turn, o) for r in game.session.reports for o in r.outcomes if o.seat == game.seat.id]
    failed = [(o.odds, turn, o) for turn, o in own if o.fate is Fate.FAILED and o.odds is not None]
    if failed:
        odds, turn, outcome = max(failed, key=lambda one: one[0])
        title = outcome_title(Menu(game.session, game.seat.id), outcome)
        yield _FAILED.fill(turn=turn, what=title, odds=game.talk.voice.percent(odds, 0))


def _of_standing(game: Game, found: Standing) -> Iterator[Text]:
    """Yield what the endings of bots ask."""
    end, endings = game.session.reports[-1].end, game.session.scenario.endings
    shares = {e.title: found.ending_share(n) for n, e in enumerate(endings) if end is None or e.id != end["ending"]}
    title = max(shares, key=lambda name: shares[name], default=None)
    if title is not None and shares[title] > 0.0:
        percent = game.talk.voice.percent
        yield _ELSEWHERE.fill(below=percent(found.below, 0), ending=title, share=percent(shares[title], 0))


_HELPED = Text(
    "In turn {turn} you decided: {what}. It was worth {usual} to your score on average (over {n} runs). What did you "
    "expect of it then, and what would have become of the session if you had left it out?",
    "En el turno {turn} usted decidió: {what}. Valió {usual} en su puntaje en promedio (en {n} repeticiones). ¿Qué "
    "esperaba de esa decisión, y qué habría sido de la sesión sin ella?",
)
_HARMED = Text(
    "In turn {turn} you decided: {what}. It changed your score by {usual} on average (over {n} runs): by that measure "
    "leaving it out would have been better. What spoke for it then, and who in the room would have said no?",
    "En el turno {turn} usted decidió: {what}. Cambió su puntaje en {usual} en promedio (en {n} repeticiones): según "
    "eso, más valía no hacerlo. ¿Qué hablaba a favor entonces, y quién en la sala habría dicho que no?",
)
_INSTEAD = Text(
    "In turn {turn} you decided: {what} ({usual}). The alternative was to leave it out, or to put the means into what "
    "helped you most: {other} (turn {then}; {change}). What made this choice look the better one?",
    "En el turno {turn} usted decidió: {what} ({usual}). La alternativa era no hacerlo, o destinar esos recursos a lo "
    "que más le sirvió: {other} (turno {then}; {change}). ¿Qué hizo que esta opción pareciera mejor?",
)
_MORE_OF_IT = Text(
    "What helped you most was, in turn {turn}: {what} ({usual}). The alternative to what harmed you most, {other} "
    "(turn {then}; {change}), was more of this, or sooner. What stood in the way?",
    "Lo que más le sirvió fue, en el turno {turn}: {what} ({usual}). La alternativa a lo que más le costó, {other} "
    "(turno {then}; {change}), era más de esto, o antes. ¿Qué lo impidió?",
)
_LUCKY = Text(
    "In turn {turn} you decided: {what}. In your own run it was worth {here}, on average {usual} (over {n} runs). "
    "Would you decide so again, and how much of the difference do you put down to luck?",
    "En el turno {turn} usted decidió: {what}. En su sesión valió {here}; en promedio, {usual} (en {n} repeticiones). "
    "¿Decidiría lo mismo, y qué parte de la diferencia le atribuye a la suerte?",
)
_BELIEVED = Text(
    "At the end you took this for {believed}, and in truth it was {truth}: {name}. Which of your orders rested on it, "
    "and what would it have cost to look more closely instead?",
    "Al final usted creía que esto era {believed}, y en verdad era {truth}: {name}. ¿Qué órdenes suyas se apoyaban "
    "en ese dato, y cuánto habría costado mirar más de cerca?",
)
_BELIEVED_SINCE = Text(
    "At the end you took this for {believed}, and in truth it was {truth}: {name}. From turn {turn} on the truth lay "
    "outside your margin. Which orders of yours rested on it, and what would it have cost to look more closely?",
    "Al final usted creía que esto era {believed}, y en verdad era {truth}: {name}. Desde el turno {turn} la verdad "
    "estaba fuera de su margen. ¿Qué órdenes se apoyaban en ese dato, y cuánto habría costado mirar más de cerca?",
)
_FAILED = Text(
    "In turn {turn} this failed at odds of {odds}: {what}. What was plan B, and would another order have asked less "
    "of luck?",
    "En el turno {turn} esto fracasó con una probabilidad de {odds}: {what}. ¿Cuál era el plan B, y qué otra orden "
    "habría dependido menos de la suerte?",
)
_ELSEWHERE = Text(
    "Of the sessions that bots played, {below} scored less than you, and {share} came to this end: {ending}. Which "
    "decision kept you from there, or would have led you there?",
    "De las sesiones que jugaron los bots, {below} obtuvo menos que usted y {share} llegó a este desenlace: {ending}. "
    "¿Qué decisión lo apartó de ahí, o lo habría llevado?",
)
_WITHOUT_OCCASION = (
    Text("Which one decision would you take back, and on which number would you base the other?",
         "¿Qué decisión cambiaría, y en qué indicador basaría la otra?"),
    Text("Which of the others wanted what you wanted, and what did you offer them in which turn?",
         "¿Cuál de los demás quería lo mismo que usted, y qué le ofreció en qué turno?"),
    Text("Which rule of the model do you hold to be wrong, and which number would show it?",
         "¿Qué regla del modelo cree equivocada, y qué indicador lo mostraría?"),
)  # fmt: skip
