"""Backup: the whole network in one file, taken while it runs, and put back on either engine.

Words: an **archive** is a zip of **parts**: the rows of each table, the files of the store, the secret; its **manifest** says what it
is, its **sums** the SHA-256 of each part. A table is **derived** when a job can make it anew: it is left out.
"""
