"""Pure helpers that know nothing of cities: geography, life cycles, opening hours, SQLite.

Nothing here imports Django models or another room; every function can be tested with values alone.
"""
