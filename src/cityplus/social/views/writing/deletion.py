from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cityplus.social import posting
from cityplus.social.views.writing.access import Writer, back, writer


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def deletion(request: HttpRequest, by: Writer, handle: str, number: int) -> HttpResponse:
    """Ask whether a post of one's own is to be deleted; POST deletes it."""
    post = by.own_post(handle, number)
    if request.method == "POST":
        posting.delete(post, by=by.by)
        messages.success(request, _("The post is deleted."))
        return redirect(back(request, post.author.get_absolute_url()))
    return render(request, "social/write/deletion.html", {"post": post, "answers": post.replies})
