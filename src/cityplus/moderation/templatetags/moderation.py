"""Tags of the pages of moderation."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.moderation.models import Appeal, Decision, Report
from cityplus.moderation.queue.officer import Officer
from cityplus.moderation.words import Kind, Reason

register = template.Library()


@register.simple_tag
def at(officer: Officer, name: str, *args: object) -> str:
    """The address of a page of officers, at the desk or at the office."""
    return officer.address(f"moderation-{name}" if name else "moderation", *args)


@register.filter
def actor_name(actor: Actor | None) -> str:
    """The name for the reader, with the handle."""
    if actor is None:
        return _("somebody who is no longer here")
    name = actor.names.in_language(reader_tag())
    return f"{name} (@{actor.handle})" if name else f"@{actor.handle}"


@register.filter
def report_state(report: Report) -> str:
    if report.state == "received":
        return _("waits")
    if report.state == "decided":
        return _("decided")
    if report.officer:
        return _("in hand of %(name)s") % {"name": report.officer.get_username()}
    return _("in hand")


@register.filter
def decision_state(decision: Decision) -> str:
    return {
        "proposed": _("waits for a second officer"),
        "in_force": _("in force"),
        "lifted": _("taken back"),
        "reversed": _("undone on appeal"),
        "refused": _("not approved"),
    }[decision.state]


@register.filter
def appeal_state(appeal: Appeal) -> str:
    states = {"received": _("waits"), "upheld": _("the decision stays"), "reversed": _("the decision is undone")}
    return states[appeal.state]


@register.filter
def decided(kind: str) -> str:
    """What was decided, as a title."""
    return str(Kind(kind).label)


@register.filter
def why(reason: str) -> str:
    """A reason of a report."""
    return str(Reason(reason).label) if reason in Reason.values else reason


@register.filter
def helps(kind: str) -> str:
    """What a decision does, for who is to choose."""
    return {
        "dismiss": _("Nothing happens. The report is closed."),
        "warn": _("The author is told which rule, and why."),
        "hide": _("Nobody but its author and officers sees it any more."),
        "limit": _("What the account publishes is seen by its followers only, and stands in no public timeline."),
        "suspend": _(
            "The account is no longer shown and publishes nothing. Its owner can still read, appeal and export."
        ),
    }.get(kind, "")
