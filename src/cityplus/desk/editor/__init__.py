"""The editor of the pieces: what its pages and its autosave are made of."""
