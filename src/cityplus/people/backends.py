"""Who is this? By name or e-mail address, and a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from cityplus.people.models import Person


class ByNameOrMail(ModelBackend):
    """Hashes exactly one password, whether the person exists or not: the time of an answer tells nothing."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:  # type: ignore[override]
        typed = credentials.get("username") or credentials.get("email")
        password = credentials.get("password")
        if not typed or not password:
            return None
        person = Person.objects.known_as(typed)
        if person is None:
            Person().set_password(password)
            return None
        right = person.check_password(password)
        return person if right and self.user_can_authenticate(person) else None
