"""Floor 3b: bots. They see what their seats see, and choose for a whole batch of sessions at once."""
