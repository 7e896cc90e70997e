from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.languages.tags import reader_tag
from cityplus.pulse import Subject
from cityplus.social import beside
from cityplus.social.models import Post
from cityplus.social.rendering import fragments
from cityplus.social.rendering.structured import posting_of
from cityplus.social.threads import thread
from cityplus.social.views.deeds import seen
from cityplus.web.pagecache import keep


@require_safe
@keep(quiet=True)
def post(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """A post with what it answers and what answers it, for those who may know of it."""
    found, reader, voice = seen(request, handle, number)
    more = beside.of(request, found, reader)
    hidden = request.GET.get("hidden") == "1"
    first = [pk for one in more for pk in one.first]
    context: dict[str, Any] = {
        "post": found,
        "html": fragments.render([found], reader, whole=True),
        "thread": thread(found, reader, request.GET, hidden=hidden, first=first),
        "beside": more,
        "signs": {pk: html for one in more for pk, html in (one.signs or {}).items()},
        "hidden": hidden,
        "voice": voice,
        "host": _host(found),
        "said": Truncator(found.text.in_language(reader_tag()).replace("\n", " ")).chars(160),
    }
    public = found.is_everybodys
    if public:
        pulse.counts(request, "post", Subject.of("post", found.pk), Subject.of("actor", found.author_id))
    context["data"] = posting_of(found, more) if public else None
    response = render(request, "social/thread.html", context)
    if not public or found.hidden_at:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _host(post: Post) -> str:
    """The handle of whoever began the thread, by whose team replies are hidden."""
    root = Post.objects.filter(pk=post.thread).values_list("author__handle", flat=True).first()
    return root or post.author.handle
