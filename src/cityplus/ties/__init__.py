"""Friend-city ties: proposed by one city, accepted by the other; never published by one side alone."""
