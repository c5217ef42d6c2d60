"""The Textual interface of ``wargame play``: it asks the session, and draws what it says."""
