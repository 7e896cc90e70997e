"""What the author does with a post, and who began a thread with what stands in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.social import policies, posting
from cityplus.social.views.deeds import Deed, back, deed, refused, seen


@require_POST
@never_cache
@deed
def hiding(deed: Deed) -> None:
    """Hide a reply, or show it again: by who began the thread."""
    if not deed.post.is_reply or not policies.may_govern(deed.standing):
        raise PermissionDenied(_("Only who began this conversation may hide what is said in it."))
    (posting.hide if deed.on else posting.show)(deed.post, by=deed.by)


@require_POST
@never_cache
@deed
def freezing(deed: Deed) -> None:
    """Close the replies to a post, or open them again: by who began the thread."""
    if not policies.may_govern(deed.standing):
        raise PermissionDenied(_("Only who began this conversation may close it."))
    (posting.freeze if deed.on else posting.thaw)(deed.post, by=deed.by)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def deletion(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Take a post back, after one has been asked."""
    post, reader, actor = seen(request, handle, number)
    if post.author_id not in reader.voices:
        return refused(request, _("Only its author can delete it."), post)
    if request.method != "POST":
        return render(request, "social/deletion.html", {"post": post, "voice": actor})
    posting.delete(post, by=request.user.get_username())
    messages.success(request, _("It is deleted."))
    came = back(request)
    return redirect(came if came and str(post.pk) not in came else reverse("social:home"))
