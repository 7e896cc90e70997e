"""What the pages of officers share: a deed, its refusal, and the rules that a form names."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cityplus.lib.lifecycle import LifeCycleError
from cityplus.moderation.models import Edition, ModerationError, Rule
from cityplus.moderation.models.errors import Meanwhile


def do(request: HttpRequest, deed: Callable[[], object], to: str, done: str) -> HttpResponse:
    """Do it, say so, and go on to ``to``; a refusal is said there instead."""
    try:
        deed()
        messages.success(request, done)
    except ModerationError as refusal:
        messages.error(request, str(refusal))
    except LifeCycleError:
        messages.error(request, str(Meanwhile()))
    return redirect(to)


def rules_in_force() -> list[Rule]:
    edition = Edition.in_force()
    return list(edition.rules.all()) if edition else []


def chosen_rules(request: HttpRequest) -> list[Rule]:
    """The rules in force that the form names; what is none of them is left out."""
    chosen = set(request.POST.getlist("rule"))
    return [rule for rule in rules_in_force() if str(rule.pk) in chosen]
