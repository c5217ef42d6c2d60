"""Charters, resolutions, interests and leanings made wrong, one problem at a time."""

from __future__ import annotations

from tests.content.samples import Case

PACK = "rules/league/pack.yaml"
LOST = ("unknown-name",)
"""A charter whose shape is wrong leaves no proposals; an inject of the scenario names one."""
WEIGHTED = "rule: weighted}"
CONSENSUS = "rule: consensus, quorum: 0.6, urgent: true, consults_absent: true}"

ORGANS = (
    Case("incomplete-rule", PACK, "rule: supermajority, share: 0.6667,", "rule: ‸supermajority,", says="'share'"),
    Case("incomplete-rule", PACK, "rule: supermajority, share: 0.6667,", "rule: ‸supermajority, share: 0,"),
    Case("incomplete-rule", PACK, "rule: council_veto, least: 3,", "rule: ‸council_veto,", says="'least'"),
    Case("incomplete-rule", PACK, "rule: sign_on, least: 3,", "rule: ‸sign_on,"),
    Case(
        "incomplete-rule",
        PACK,
        "rule: keys, keys: [alba, boreas], tables: keys}",
        "rule: ‸keys}",
        says="'keys'",
    ),
    Case("contradictory-rule", PACK, CONSENSUS, "rule: consensus, share: ‸0.5}", says="'share'"),
    Case("contradictory-rule", PACK, WEIGHTED, "rule: weighted, least: ‸3}", says="'least'"),
    Case("contradictory-rule", PACK, WEIGHTED, "rule: weighted, veto: ‸[alba]}", says="'veto'"),
    Case("contradictory-rule", PACK, WEIGHTED, "rule: weighted, keys: ‸[alba]}", says="'keys'"),
    Case("contradictory-rule", PACK, WEIGHTED, "rule: weighted, tables: ‸keys}", says="tables"),
    Case("contradictory-rule", PACK, WEIGHTED, "rule: weighted, of: 9, base: ‸present}", says="'of'"),
    Case(
        "contradictory-rule",
        PACK,
        "quorum: 0.6, urgent: true, consults_absent: true",
        "quorum: 1, consults_absent: ‸true",
    ),
    Case(
        "out-of-range",
        PACK,
        "rule: supermajority, share: 0.6667,",
        "rule: supermajority, share: ‸66.67,",
        also=("incomplete-rule",),
    ),
    Case("unknown-value", PACK, WEIGHTED, "rule: ‸wieghted}", says="did you mean 'weighted'?", also=LOST),
    Case("unknown-member", PACK, "veto: [alba]", "veto: [‸albania]", says="did you mean 'alba'?"),
    Case("unknown-member", PACK, "keys: [alba, boreas]", "keys: [alba, ‸borealis]"),
    Case("duplicate-id", PACK, "{id: weighted, title", "{id: ‸opposed, title", also=("unknown-organ",)),
)

CHARTERS = (
    Case("unknown-member", PACK, "quotas: {alba: 50, boreas: 25,", "quotas: {alba: 50, ‸borea: 25,"),
    Case("out-of-range", PACK, "quotas: {alba: 50, boreas: 25,", "quotas: ‸{alba: 80, boreas: 25,", says="130%"),
    Case("unknown-member", PACK, "order: [alba, boreas,", "order: [alba, ‸borea,"),
    Case("unknown-member", PACK, "held: [{who: celta,", "held: [{who: ‸fuego,"),
    Case("wrong-date", PACK, "from: 2019-06-01}]", "from: ‸2019-06-31}]", says="2019-06-31"),
    Case("wrong-date", PACK, "{who: celta, from: 2001-01-01}", "{who: celta, from: ‸2001-13-01}"),
    Case("wrong-date", PACK, "to: 2020-06-01, status: notice", "to: ‸2019-12-01, status: notice", says="'from'"),
    Case("wrong-type", PACK, "{who: celta, from: 2001-01-01}", "{who: celta, from: ‸2001}", also=LOST),
    Case("unknown-value", PACK, "status: observer}", "status: ‸watcher}"),
    Case(
        "overlapping-spells",
        PACK,
        "{who: estrella, from: 2019-01-01, status: absent}",
        "‸{who: estrella, from: 2018-12-31, status: absent}",
        says="'estrella'",
    ),
    Case(
        "overlapping-spells",
        PACK,
        "{who: boreas, from: 2001-01-01}",
        "‸{who: alba, from: 2030-01-01}",
        also=("unknown-member",) * 3,
    ),
)

PROPOSALS = (
    Case("unknown-body", PACK, "at: {league: weighted}", "at: {‸leage: weighted}", says="did you mean 'league'?"),
    Case("unknown-organ", PACK, "at: {league: weighted}", "at: {league: ‸weigthed}", says="did you mean 'weighted'?"),
    Case("unknown-only", PACK, "at: {league: council}", "at: {league: council}\n    subject: [‸fuegos]"),
    Case("unknown-gap", PACK, '{en: "{body}: the budget"', '{en: ‸"{subject}: the budget"', says="'subject'"),
    Case("wrong-gap", PACK, '{en: "{body}: the budget"', '{en: ‸"{body: the budget"'),
    Case(
        "unknown-parameter",
        PACK,
        "    parameters: {friends-shield-friends.weight: 1.4}",
        "    parameters: {‸friends-shield-friends.wait: 1.4}",
    ),
    Case(
        "unknown-rule",
        PACK,
        "off: [friends-shield-friends, text-weighted]",
        "off: [friends-shield-friends, ‸text-wait]",
    ),
    Case("unknown-name", PACK, "amount: 20 - 0.2 * p.strength", "amount: 20 - 0.2 * ‸q.strength"),
    Case(
        "unknown-resolution",
        PACK,
        "resolution: text-majority,",
        "resolution: ‸text-mayority,",
        says="did you mean 'text-majority'?",
    ),
    Case("unknown-resolution", PACK, '{resolution: "#league",', '{resolution: ‸"#leage",'),
)

NOUNS = (
    Case("missing-noun", PACK, "  - {id: chair_frozen,", "  - {id: chair_stuck,", says="'chair_frozen'", also=LOST),
)

CASES = (*ORGANS, *CHARTERS, *PROPOSALS, *NOUNS)
