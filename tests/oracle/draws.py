"""The draws of one session, written from their definition in whole numbers, sharing no code with the engine."""

from __future__ import annotations

from hashlib import blake2b

ALL = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
NOISE_UNIT = (3**0.5) / 65536


def fmix64(x: int) -> int:
    """Return the 64-bit finaliser of MurmurHash3."""
    x ^= x >> 33
    x = x * 0xFF51AFD7ED558CCD & ALL
    x ^= x >> 33
    x = x * 0xC4CEB9FE1A85EC53 & ALL
    return x ^ x >> 33


def key(seed: int, turn: int) -> int:
    """Return the key of one turn of a session."""
    return fmix64((seed + GOLDEN * (turn + 1)) & ALL)


def const(text: str) -> int:
    """Return the number that a use of chance is known by."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def bits(seed: int, turn: int, text: str) -> int:
    """Return the 64 bits of one use of chance."""
    return fmix64(key(seed, turn) ^ const(text))


def uniform(seed: int, turn: int, text: str) -> float:
    """Return a number from 0 up to but not including 1."""
    return float(bits(seed, turn, text) >> 11) * 2.0**-53


def noise(seed: int, turn: int, text: str) -> float:
    """Return a bell-shaped number with mean 0 and variance 1."""
    x = bits(seed, turn, text)
    total = (x & 0xFFFF) + (x >> 16 & 0xFFFF) + (x >> 32 & 0xFFFF) + (x >> 48)
    return float(total - 131070) * NOISE_UNIT


def scope(rule: str, bound: list[tuple[str, str]]) -> str:
    """Return the text of a rule and what it is about: ``rule|role=id,role=id``."""
    return rule + "|" + ",".join(f"{role}={name}" for role, name in bound)
