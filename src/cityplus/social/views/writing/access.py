"""Who writes: somebody who is signed in and has a voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cityplus.actors.models import Actor
from cityplus.media import multipart, store
from cityplus.media.bounds import Bounds
from cityplus.media.errors import MediumError
from cityplus.moderation.gate import detour
from cityplus.people.models import Person
from cityplus.social.models import Post
from cityplus.social.speakers import voices
from cityplus.social.speakers.acting import acting
from cityplus.social.speakers.reader import Reader

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Writer:
    """A person who acts as ``actor``, one of their ``voices``. ``file`` is what the form brought, with what it was ``called``."""

    person: Person
    reader: Reader
    actor: Actor
    voices: Sequence[Actor]
    file: Path | None = None
    called: str = ""

    @property
    def by(self) -> str:
        """The name under which deeds are recorded."""
        return self.person.get_username()

    def voice(self, handle: str) -> Actor:
        """The voice of this handle.

        Raises:
            Http404: they may not speak for it.
        """
        found = next((actor for actor in self.voices if actor.handle == handle), None)
        if found is None:
            raise Http404
        return found

    def post(self, handle: str, number: int) -> Post:
        """A post that they may know of.

        Raises:
            Http404: there is none.
        """
        seen = Post.objects.visible_to(self.reader).select_related("author", "reply_to", "space")
        found = seen.filter(pk=number, author__handle=handle).first()
        if found is None:
            raise Http404
        return found

    def own_post(self, handle: str, number: int) -> Post:
        """A post by one of their voices.

        Raises:
            Http404: there is none.
        """
        post = self.post(handle, number)
        if post.author_id not in self.reader.voices:
            raise Http404
        return post


def writer(view: View) -> View:
    """Let a view be asked as ``view(request, writer, …)`` by who has a voice; who is not signed in signs in first."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _let_in(request, view, args, kwargs)

    return wrapped


def writer_with_file(view: View) -> View:
    """The same for a form that may bring one file in the field ``file``. It is read to a place of our own first, and no further than the
    bounds; then it is looked at whether the form is ours."""

    @never_cache
    @csrf_exempt  # it is checked below, when the form has been read
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or request.content_type != "multipart/form-data" or not voices.of(request.user):
            return csrf_protect(_let_in)(request, view, args, kwargs)
        with store.workbench() as bench:
            path = bench / "file"
            try:
                form, called = multipart.receive_named(request, path, Bounds.now().largest, optional=True)
            except MediumError as error:
                return render(request, "social/write/problem.html", {"problem": error}, status=error.status)
            request.POST = form  # type: ignore[assignment]
            sent = (path, called) if path.exists() and path.stat().st_size else (None, "")
            return csrf_protect(_let_in)(request, view, args, kwargs, *sent)

    return wrapped


def back(request: HttpRequest, otherwise: str) -> str:
    """The page that the form wants to go on at, when it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else otherwise


def _let_in(
    request: HttpRequest, view: View, args: Any, kwargs: Any, file: Path | None = None, called: str = ""
) -> HttpResponseBase:
    if not isinstance(request.user, Person):
        return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else "/")
    if to_the_rules := detour(request):
        return to_the_rules
    reader, actor = acting(request)
    if actor is None:
        return render(request, "social/write/no_voice.html", status=403)
    found = voices.of(request.user)
    return view(request, Writer(request.user, reader, actor, found, file, called), *args, **kwargs)


def closed(request: HttpRequest, words: str) -> HttpResponse:
    """The page that says why something cannot be done here."""
    return render(request, "social/write/problem.html", {"problem": words}, status=403)
