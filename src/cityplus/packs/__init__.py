"""Packs: a city whole, in a folder that one can read, carry away and bring in again. The format stands in docs/packs.md."""
