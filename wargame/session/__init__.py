"""Floor 3a: sessions. Seats, phases and rulings, and the log that keeps everything that happened."""
