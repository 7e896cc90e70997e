"""The pages on which officers decide, for the desk of a city and for the network office alike."""
