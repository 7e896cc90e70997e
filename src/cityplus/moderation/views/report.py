"""Reporting a thing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cityplus import limits
from cityplus.actors.models import Actor
from cityplus.limits import Limit
from cityplus.moderation import subjects
from cityplus.moderation.gate import acting
from cityplus.moderation.models import ModerationError, Report, Rule
from cityplus.moderation.models.report import LONGEST, lies_with_city
from cityplus.moderation.queue.deeds import rules_in_force
from cityplus.moderation.subjects import Thing
from cityplus.moderation.words import Reason
from cityplus.people.models import Person

OF_PERSON = Limit("reports of a person", 20, 3600)
OF_NETWORK = Limit("reports of a network", 60, 3600)


class ReportForm(forms.Form):
    """Why, which rules, in one's own words, and who may see it."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    rule = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    forward = forms.BooleanField(required=False)

    def __init__(self, *args: Any, rules: list[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        choices: Any = [(str(rule.pk), rule.pk) for rule in rules]
        self.fields["rule"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Rule]:
        return [rule for rule in self.rules if str(rule.pk) in self.cleaned_data["rule"]]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@acting
def report(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The form, for who may see the thing; sent, it makes a report."""
    person = request.user
    thing = subjects.seen(kind, number, person)
    if thing is None or not isinstance(person, Person):
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None, rules=rules_in_force())
    if request.method != "POST" or not form.is_valid():
        return _page(request, kind, thing, form)
    limits.take(OF_PERSON.by(person.pk), OF_NETWORK.by(limits.network(request)))
    told = form.cleaned_data
    try:
        Report.make(
            person, kind, number,
            reason=told["reason"], words=told["words"], rules=form.chosen, forward=told["forward"],
        )  # fmt: skip
    except ModerationError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, kind, thing, form)
    messages.success(request, _("Thank you. Somebody will look at it."))
    gone_already = not thing.address or thing.address == request.path
    return redirect("people:account" if gone_already else thing.address)


def _page(request: HttpRequest, kind: str, thing: Thing, form: ReportForm) -> HttpResponse:
    city = Actor.objects.filter(pk=thing.city).first() if thing.city and lies_with_city(thing, forward=True) else None
    context = {"thing": thing, "subject": subjects.of_kind(kind), "form": form, "city": city, "rules": form.rules}
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)
