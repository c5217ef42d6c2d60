"""A scenario wargame and tabletop-exercise engine for security policy in Latin America."""

__version__ = "0.1.0"
