"""Packs: a city whole, in a folder or zip that one can read, carry away and bring in again.

Two formats: the first is written by hand, the second by an export (``tables.py`` declares what travels). Both are read into the
same ``shapes.py``, and brought in by the same code. The formats stand in docs/packs.md.
"""
