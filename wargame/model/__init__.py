"""Floor 0: the nouns. Frozen values, the layout of rows, the batch world and the errors."""
