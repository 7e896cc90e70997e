"""A password hasher for tests that measure: as in earnest, with fewer rounds, and enough of them for a missing one to be seen."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Hasher(PBKDF2PasswordHasher):
    iterations = 60_000
