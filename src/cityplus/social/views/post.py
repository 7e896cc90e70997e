from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cityplus.social.models import Post
from cityplus.social.reader import Reader
from cityplus.web.kept import for_oneself
from cityplus.web.pagecache import keep


@require_safe
@for_oneself
@keep(quiet=True)
def post(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """A post, for those who may know of it."""
    posts = Post.objects.visible_to(Reader.of(request.user)).select_related("author")
    found = get_object_or_404(posts, pk=number, author__handle=handle)
    return render(request, "social/post.html", {"post": found})
