"""A second, plain and slow interpreter of the rules, against which the engine is compared."""
