"""People: who can sign in, and what they prefer. What they may do stands with the cities' teams, not here."""
