"""What all deeds on a post have in common: who does it to which post, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.moderation.gate import detour
from cityplus.social.models import Post
from cityplus.social.policies import Standing
from cityplus.social.rendering import fragments
from cityplus.social.speakers.acting import acting
from cityplus.social.speakers.reader import Reader
from cityplus.social.standings import root_of, standing

PART = "X-Part"
"""A header by which a page asks for the changed part alone, not for itself again."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody is about to do something to a post that they may see. ``by`` is the name of the person."""

    request: HttpRequest
    reader: Reader
    actor: Actor
    post: Post
    by: str

    @property
    def root(self) -> Post:
        return root_of(self.post)

    @property
    def standing(self) -> Standing:
        return standing(self.post, self.root, self.reader, self.actor)

    @property
    def on(self) -> bool:
        """Whether it is to be so (``on=1``) or no longer (``on=0``).

        Raises:
            Http404: neither is said.
        """
        said = self.request.POST.get("on", "")
        if said not in {"0", "1"}:
            raise Http404("say on=1 or on=0")
        return said == "1"


View = Callable[..., HttpResponse]


def seen(request: HttpRequest, handle: str, number: int) -> tuple[Post, Reader, Actor | None]:
    """A post for who may see it, with its author; who reads, and as whom.

    Raises:
        Http404: there is none that they may know of.
    """
    reader, actor = acting(request)
    posts = Post.objects.visible_to(reader).select_related("author")
    return get_object_or_404(posts, pk=number, author__handle=handle), reader, actor


def deed(view: Callable[[Deed], None]) -> View:
    """Let a view be asked as ``view(deed)``; it does the deed, or raises ``PermissionDenied`` with a sentence. Who is not signed in
    is asked to. Then comes the page that one was on, or the post as it is now where only that is asked for."""

    @wraps(view)
    def wrapped(request: HttpRequest, handle: str, number: int) -> HttpResponse:
        post, reader, actor = seen(request, handle, number)
        if actor is None:
            return redirect_to_login(post.get_absolute_url())
        if to_the_rules := detour(request):
            words = _("The rules of the network have changed. Read and accept them first, on your account page.")
            return refused(request, words, post) if request.headers.get(PART) else to_the_rules
        try:
            view(Deed(request, reader, actor, post, request.user.get_username()))
        except PermissionDenied as refusal:
            return refused(request, str(refusal) or _("You may not do this here."), post)
        return _answer(request, post, reader)

    return wrapped


def refused(request: HttpRequest, words: str, post: Post) -> HttpResponse:
    """What somebody gets who may see a post, but not do this to it."""
    if request.headers.get(PART):
        return HttpResponse(words, status=403, content_type="text/plain; charset=utf-8")
    return render(request, "social/refused.html", {"words": words, "post": post}, status=403)


def _answer(request: HttpRequest, post: Post, reader: Reader) -> HttpResponse:
    now = Post.objects.visible_to(reader).select_related("author").filter(pk=post.pk).first()
    if request.headers.get(PART) == "post":
        return HttpResponse("".join(fragments.render([now], reader)) if now else "")
    if request.headers.get(PART) == "post-whole":
        return HttpResponse("".join(fragments.render([now], reader, whole=True)) if now else "")
    return redirect(back(request, f"#post-{post.pk}") or post.get_absolute_url())


def back(request: HttpRequest, anchor: str = "") -> str:
    """The page that one came from (``next``), where it is one of ours; empty where it is not."""
    asked = request.POST.get("next", "").split("#")[0]
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked + anchor if ours else ""
