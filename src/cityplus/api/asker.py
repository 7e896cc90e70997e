"""Who asks about the conversation: the one resource where answers differ, for there people speak and some posts are for few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from ninja.utils import check_csrf

from cityplus.actors.models import Actor
from cityplus.api import problems
from cityplus.api.problems import Problem
from cityplus.social.speakers import voices
from cityplus.social.speakers.reader import NOBODY, Reader


@dataclass(frozen=True)
class Asker:
    """``actor`` is the one as whom they ask: the one they name, else their own; None for who is not signed in or has none."""

    reader: Reader
    actor: Actor | None = None
    voices: Sequence[Actor] = ()

    @property
    def speaking(self) -> Actor:
        """The actor as whom they ask.

        Raises:
            Problem: they are not signed in, or have no voice.
        """
        if self.actor is None:
            raise Problem(problems.NO_VOICE if self.reader.username else problems.NOT_SIGNED_IN)
        return self.actor


def asker(request: HttpRequest, name: str = "") -> Asker:
    """Who asks; ``name`` is the handle of the actor as whom.

    Raises:
        Problem: they may not speak for that one.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        if name:
            raise Problem(problems.NOT_SIGNED_IN)
        return Asker(NOBODY)
    found = voices.of(request.user)
    actor = next((actor for actor in found if actor.handle == name), None) if name else next(iter(found), None)
    if name and actor is None:
        raise Problem(problems.REFUSED)
    username = request.user.get_username()
    if actor is None:
        return Asker(Reader(username=username))
    return Asker(Reader(actor.pk, frozenset(one.pk for one in found), username), actor, tuple(found))


def speaker(request: HttpRequest, name: str = "") -> Asker:
    """Who writes: signed in, with a voice, and from our own pages or from a program that has our token.

    Raises:
        Problem: they are not.
    """
    found = asker(request, name)
    _ = found.speaking
    if check_csrf(request) is not None:
        raise Problem(problems.FORGED)
    return found
