"""The visitor's own page, and its doors."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cityplus.people import sections

sign_in = LoginView.as_view(template_name="people/sign_in.html", redirect_authenticated_user=True)
sign_out = LogoutView.as_view()


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and what other rooms have to say to this person."""
    return render(request, "people/account.html", {"sections": sections.for_person(request)})
