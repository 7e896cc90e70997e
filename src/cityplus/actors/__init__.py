"""Actors: whoever can be followed and named by a handle: a city, a person, an organisation.

Words: **handle** is the name in addresses (`/@thehague/`), **names** what it is called in each language, **native** its own name.
"""
