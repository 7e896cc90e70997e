"""Translating what a city has written: how far each language is, who does it, in which agreed words, and by which files.

Words: a **row** is one text of a piece beside its version in one language, with its **state** (missing, outdated, machine, author,
reviewed); a **term** is a pair of agreed words, of a city or of two tied cities; an **assignment** gives a piece in one language to
somebody of the team; an **errand** sends a machine through a piece; a **unit** is a row in a file for professional translators.
"""
