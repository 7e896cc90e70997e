from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cityplus.social import policies
from cityplus.social.errors import SocialError
from cityplus.social.models import Poll
from cityplus.social.rendering.polls import FIELD
from cityplus.social.standings import standing
from cityplus.social.views.writing.access import Writer, back, writer


@require_POST
@writer
def votes(request: HttpRequest, by: Writer, handle: str, number: int) -> HttpResponse:
    """Vote in the poll of a post; who has voted already changes nothing."""
    post = by.post(handle, number)
    poll = Poll.objects.filter(post=post).first()
    if poll is None:
        raise Http404
    chosen = {int(one) for one in request.POST.getlist(FIELD.format(number=number)) if one.isdecimal() and len(one) < 3}
    if not policies.may_vote(standing(post, post, by.reader, by.actor)):
        messages.error(request, _("You cannot vote in this poll."))
    else:
        try:
            poll.cast(by.actor, chosen, by=by.by)
        except SocialError as refusal:
            messages.error(request, str(refusal))
    return redirect(back(request, f"{post.get_absolute_url()}#poll-{number}"))
