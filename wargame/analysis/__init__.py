"""Floor 4: many sessions at once, and what they say. Reads sessions and worlds; changes nothing."""
