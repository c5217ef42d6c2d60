"""Trends that a scenario states: numbers that move even when nobody orders anything, which way, and why they should."""

from __future__ import annotations

from wargame.content.draft import Authored, Draft, text_of
from wargame.content.schema_scenario import TrendShape
from wargame.content.seats import check_holders
from wargame.model.scenario import StatedTrend


def build_trend(entry: Authored[TrendShape], draft: Draft) -> StatedTrend:
    """Return a stated trend."""
    shape, spot = entry.shape, entry.spot
    attribute = draft.nouns.attributes.get(shape.attribute)
    if attribute is not None:
        check_holders(attribute.of, spot, draft)
    elif shape.attribute not in draft.nouns.broken:
        draft.problems.unknown(spot.at("attribute"), "attribute", shape.attribute, draft.nouns.attributes)
    basis = draft.basis(shape, spot)
    return StatedTrend(shape.attribute, tuple(shape.entities), shape.goes, text_of(shape.text), basis, spot.place)
