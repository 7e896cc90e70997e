"""Blocked words and domains, and what new accounts may do; at the office."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.languages.tags import UI_LANGUAGES
from cityplus.moderation.models import BlockedDomain, BlockedWord, NewcomerRules
from cityplus.moderation.models.filters import Action
from cityplus.moderation.queue.deeds import do
from cityplus.moderation.queue.officer import Officer
from cityplus.web.paging import page_of

SIZE = 100


class Newcomers(forms.Form):
    """What new accounts may do."""

    days = forms.IntegerField(label=gettext_lazy("An account is new for so many days"), min_value=0, max_value=365)
    posts = forms.IntegerField(
        label=gettext_lazy("and until so many of its posts are published"), min_value=0, max_value=100
    )
    links = forms.IntegerField(label=gettext_lazy("Links in one post, at most"), min_value=0, max_value=100)
    per_hour = forms.IntegerField(label=gettext_lazy("Posts in an hour, at most"), min_value=1, max_value=1000)
    hold_first = forms.BooleanField(label=gettext_lazy("Its first posts wait for an officer"), required=False)


def filters(request: HttpRequest, officer: Officer, form: Newcomers | None = None) -> HttpResponse:
    """All of them."""
    rules = NewcomerRules.in_force()
    values = {name: getattr(rules, name) for name in Newcomers.base_fields}
    context = {
        "words": page_of(BlockedWord.objects.all(), request.GET, ("folded", "language"), size=SIZE),
        "domains": list(BlockedDomain.objects.all()[:1000]),
        "newcomers": rules,
        "form": form or Newcomers(initial=values),
        "languages": UI_LANGUAGES,
        "actions": Action.choices,
        "part": "filters",
    }
    return officer.shown(request, "filters", context, status=422 if form else 200)


def word(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Block a word."""
    told = {name: request.POST.get(name, "") for name in ("text", "action", "language")}
    to = officer.address("moderation-filters")
    return do(request, lambda: BlockedWord.add(**told, by=officer.by), to, _("The word is blocked."))


def word_removal(request: HttpRequest, officer: Officer, word: int) -> HttpResponse:
    found = get_object_or_404(BlockedWord, pk=word)
    to = officer.address("moderation-filters")
    return do(request, lambda: found.remove(by=officer.by), to, _("The word is no longer blocked."))


def domain(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Block a domain."""
    name, action = request.POST.get("name", ""), request.POST.get("action", "")
    to = officer.address("moderation-filters")
    return do(request, lambda: BlockedDomain.add(name, action, by=officer.by), to, _("The domain is blocked."))


def domain_removal(request: HttpRequest, officer: Officer, domain: int) -> HttpResponse:
    found = get_object_or_404(BlockedDomain, pk=domain)
    to = officer.address("moderation-filters")
    return do(request, lambda: found.remove(by=officer.by), to, _("The domain is no longer blocked."))


def newcomers(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Put other rules for new accounts in force."""
    form = Newcomers(request.POST)
    if not form.is_valid():
        return filters(request, officer, form)
    NewcomerRules.put(by=officer.by, **form.cleaned_data)
    messages.success(request, _("The rules for new accounts are changed."))
    return redirect(officer.address("moderation-filters"))
