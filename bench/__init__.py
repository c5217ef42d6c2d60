"""Measures the engine beside careful plain Python and C on one workload, in one go: ``python -m bench``."""
