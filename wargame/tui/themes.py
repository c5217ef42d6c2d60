"""The four themes. Hues are chosen so that they differ for every kind of colour vision; do not retouch one by eye."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

from wargame.model.text import Text

ROLES = (
    "background", "surface", "raised", "line", "faint", "dim", "text", "accent", "on-accent", "good", "bad",
    "est", "flow",
)  # fmt: skip
"""What colours stand for: the only names by which they are called."""

PALETTES: Mapping[str, tuple[str, ...]] = {
    "dark": ("#0E1519", "#141D23", "#1D2A32", "#2F404B", "#586A76", "#91A1AB", "#D9E0E3", "#F0CF55", "#14191C",
             "#5AA2F0", "#EE7450", "#F0A8E6", "#4FD8A0"),
    "light": ("#F8F5EE", "#F0EBE0", "#E4DDCD", "#C3BAA7", "#928B7D", "#57636B", "#1C2429", "#876808", "#FFFDF7",
              "#0B5FD8", "#861C12", "#6A1888", "#006B54"),
    "contrast": ("#000000", "#000000", "#26323A", "#7C8A94", "#C8D0D4", "#C8D0D4", "#FFFFFF", "#FFE15A", "#000000",
                 "#7FBFFF", "#FF8A66", "#FFC0F4", "#6CF0B8"),
    "mono": ("#101010", "#1A1A1A", "#303030", "#4A4A4A", "#787878", "#A8A8A8", "#E4E4E4", "#FFFFFF", "#101010",
             "#E4E4E4", "#E4E4E4", "#C8C8C8", "#C8C8C8"),
}  # fmt: skip

NAMES: Mapping[str, Text] = {
    "dark": Text("dark", "oscuro"),
    "light": Text("light", "claro"),
    "contrast": Text("high contrast", "alto contraste"),
    "mono": Text("one colour", "un color"),
}


def themes() -> list[Theme]:
    """Return the themes as Textual wants them."""
    return [_theme(name, dict(zip(ROLES, palette, strict=True))) for name, palette in PALETTES.items()]


def _theme(name: str, role: Mapping[str, str]) -> Theme:
    return Theme(
        name=f"wargame-{name}",
        primary=role["accent"],
        secondary=role["good"],
        accent=role["accent"],
        warning=role["accent"],
        error=role["bad"],
        success=role["good"],
        foreground=role["text"],
        background=role["background"],
        surface=role["surface"],
        panel=role["raised"],
        dark=name != "light",
        variables={
            **{r: role[r] for r in ("raised", "line", "faint", "dim", "on-accent", "good", "bad", "est", "flow")},
            "block-cursor-background": role["raised"],
            "block-cursor-foreground": role["text"],
            "input-cursor-background": role["accent"],
            "input-cursor-foreground": role["on-accent"],
            "scrollbar": role["line"],
            "scrollbar-background": role["background"],
            "border": role["line"],
        },
    )
