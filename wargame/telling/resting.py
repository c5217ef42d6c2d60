"""On what something rests, in words: its sources with document and author or section, and its assumption."""

from __future__ import annotations

from wargame.content.sources import source
from wargame.model.basis import Basis, Confidence
from wargame.model.text import Text
from wargame.telling.scene import Scene

CONFIDENCE = {
    Confidence.HIGH: Text("high", "alta"),
    Confidence.MEDIUM: Text("medium", "media"),
    Confidence.LOW: Text("low", "baja"),
}


def tell_basis(scene: Scene, basis: Basis, margin: int) -> None:
    """Tell on what something rests: its sources with document and author or section, and its assumption."""
    talk = scene.talk
    for name in basis.sources:
        found = source(name)
        said = talk.of(found.cite()) if found is not None else f"[{name}]"
        talk.say(f"{talk.of(Text('Source', 'Fuente'))}: {said}", margin)
    if basis.assumption is not None:
        talk.say(f"{talk.of(Text('Assumption', 'Supuesto'))}: {talk.of(basis.assumption)}", margin)
    if basis.confidence is not None:
        text = Text("Confidence in the direction: {level}", "Confianza en el sentido: {level}")
        talk.say(text.fill(level=CONFIDENCE[basis.confidence]), margin)
