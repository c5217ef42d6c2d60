"""What people are told, in words: one place for line mode and screens, so that both say the same."""
