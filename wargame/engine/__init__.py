"""Floor 2: one turn from start to end, for a batch of sessions at once. A live session is a batch of one."""
