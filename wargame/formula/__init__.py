"""Floor 1: formulas. Text becomes a checked tree; the tree becomes array code, explanations and rulebook text."""
