"""One's own profile: made once, changed whenever one likes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.media import multipart, store
from cityplus.media.bounds import Bounds
from cityplus.media.errors import MediumError
from cityplus.social.forms.profile import ProfileForm
from cityplus.social.going_back import back
from cityplus.social.models import Profile
from cityplus.social.rendering import portraits


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Make one's profile, or change it. Who has closed it or was suspended is told so."""
    found = _of(request)
    if found and (found.actor.gone_at or found.closed_at):
        return render(request, "social/people/profile_gone.html", {"profile": found}, status=404)
    if found and "no_picture" in request.POST:
        portraits.take_away(found, by=request.user.get_username())
        return redirect("social:profile")
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(data, request.user, found)  # type: ignore[arg-type] # signed in
    if data is not None and "more" not in data and form.is_valid() and _keep(request, form, found):
        messages.success(request, _("Your profile is as you said."))
        return back(request, "/account/profile/")
    status = 422 if data is not None and "more" not in data else 200
    context: dict[str, Any] = {"form": form, "profile": found, "next": request.GET.get("next", "")}
    if data is not None:
        context["next"] = data.get("next", "")
        if "more" in data:
            form.forgive()
    return render(request, "social/people/profile.html", context, status=status)


def _keep(request: HttpRequest, form: ProfileForm, found: Profile | None) -> bool:
    said, by = form.cleaned_data, request.user.get_username()
    values = {name: said[name] for name in ("about", "locked", "findable")}
    try:
        with transaction.atomic():
            if found is None:
                found = Profile.open(
                    request.user,  # type: ignore[arg-type] # signed in
                    said["handle"],
                    said["names"],
                    said["languages"],
                    said["home_city"],
                )
            else:
                values |= {"names": said["names"], "languages": said["languages"], "home": said["home_city"]}
            found.change(by=by, **values)
    except IntegrityError:  # somebody was quicker with the handle, or this very person in another window
        form.add_error("handle" if "handle" in form.fields else None, _("Somebody has this handle already."))
        return False
    return True


@csrf_exempt  # the form is read first, into a place of our own; then it is checked, below
@require_POST
def picture(request: HttpRequest) -> HttpResponse:
    """Show another picture, or none. The file is looked into as every other that strangers send."""
    found = _of(request)
    if found is None or found.actor.gone_at:
        raise Http404
    try:
        with store.workbench() as bench:
            path = bench / "file"
            request.POST = multipart.receive(request, path, Bounds.now().largest)  # type: ignore[assignment]

            @csrf_protect
            def take(request: HttpRequest) -> HttpResponse:
                portraits.show(found, path, request.POST.get("alt", ""), by=request.user.get_username())
                messages.success(request, _("Your picture is being prepared. It is seen in a moment."))
                return redirect("social:profile")

            return take(request)
    except MediumError as refusal:
        messages.error(request, str(refusal))
        return redirect("social:profile")


def _of(request: HttpRequest) -> Profile | None:
    if not request.user.is_authenticated:
        return None
    found = Profile.objects.select_related("actor", "home__actor", "picture").filter(person=request.user)
    return found.prefetch_related("picture__renditions").first()
