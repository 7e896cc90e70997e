"""The team of a city: who is in it, what each may do, and how one's place changes hands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cityplus.cities import rights
from cityplus.cities.models import Member, TeamError
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk, not_yours
from cityplus.desk.policies import may_end, may_hand_over
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.people.presence import last_seen

DEEDS = ["GET", "HEAD", "POST"]
"""What is done by POST may be asked for as a page too: who switches the language on a refusal comes to the page it was about."""


@require_safe
@desk(Right.SEE)
def members(request: HttpRequest, at: Desk) -> HttpResponse:
    """Who is in the team, what each role may do, and who is invited."""
    return team_page(request, at)


@require_safe
@desk(Right.SEE)
def one(request: HttpRequest, at: Desk, member: int) -> HttpResponse:
    """One of the team: what they may do, and what may be done with their place."""
    return _page_of(request, at, _member(at, member))


@require_http_methods(DEEDS)
@desk(Right.TEAM)
def role(request: HttpRequest, at: Desk, member: int) -> HttpResponse:
    """Give somebody another role."""
    found, wanted = _member(at, member), request.POST.get("role", "")
    if request.method != "POST":
        return redirect("desk:member", at.city.handle, found.pk)
    if wanted not in Member.Role.values:
        return _page_of(request, at, found, refusal=_("Choose a role."), status=422)
    try:
        found.change(wanted, by=at.by)
    except TeamError as refusal:
        return _page_of(request, at, found, refusal=str(refusal), status=409)
    known = {"name": found.person.get_username(), "role": found.get_role_display()}
    messages.success(request, _("“%(name)s” now has the role: %(role)s.") % known)
    return redirect("desk:team", at.city.handle)


@require_http_methods(DEEDS)
@desk(Right.SEE)
def removal(request: HttpRequest, at: Desk, member: int) -> HttpResponse:
    """Take somebody out of the team, or leave it oneself."""
    found = _member(at, member)
    if request.method != "POST":
        return redirect("desk:member", at.city.handle, found.pk)
    own = found.person_id == at.person.pk
    if not may_end(at.role, own=own):
        return not_yours(request, at, Right.TEAM)
    try:
        found.remove(by=at.by)
    except TeamError as refusal:
        return _page_of(request, at, found, refusal=str(refusal), status=409)
    if own:
        messages.success(request, _("You have left the team of %(city)s.") % {"city": at.city.actor.native_name})
        return redirect("people:account")
    messages.success(request, _("“%(name)s” is no longer in the team.") % {"name": found.person.get_username()})
    return redirect("desk:team", at.city.handle)


@require_http_methods(DEEDS)
@desk(Right.SEE)
def handover(request: HttpRequest, at: Desk, member: int) -> HttpResponse:
    """Pass a place on: the successor gets role and open work, and the leaver is out of the team."""
    found = _member(at, member)
    if request.method != "POST":
        return redirect("desk:member", at.city.handle, found.pk)
    own = found.person_id == at.person.pk
    chosen = request.POST.get("to", "")
    heir = at.city.team.select_related("person").filter(pk=int(chosen)).first() if _is_number(chosen) else None
    raises = heir is not None and rights.least_with(found.role, heir.role) != heir.role
    if not may_hand_over(at.role, own=own, raises=raises):
        return not_yours(request, at, Right.TEAM)
    if heir is None:
        return _page_of(request, at, found, refusal=_("Choose who takes over."), status=422)
    try:
        found.hand_over(to=heir, by=at.by)
    except TeamError as refusal:
        return _page_of(request, at, found, refusal=str(refusal), status=409)
    known = {"one": found.person.get_username(), "other": heir.person.get_username()}
    messages.success(request, _("“%(one)s” has handed over to “%(other)s”.") % known)
    return redirect("people:account") if own else redirect("desk:team", at.city.handle)


def team_page(request: HttpRequest, at: Desk, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of the team; ``refusal`` and ``typed`` say what was wrong with an invitation."""
    team = list(at.city.team.select_related("person"))
    order = {role: place for place, role in enumerate(Member.Role.values)}
    team.sort(key=lambda member: (order[member.role], member.person.get_username().casefold()))
    seen = last_seen([member.person_id for member in team])
    keeps = at.may(Right.TEAM)
    context = {
        "desk": at,
        "team": [(member, seen.get(member.person_id)) for member in team],
        "roles": [(label, says(value)) for value, label in Member.Role.choices],
        "choices": Member.Role.choices,
        "languages": UI_LANGUAGES,
        "invitations": list(at.city.invitations.filter(state="sent")) if keeps else [],
        **more,
    }
    return render(request, "desk/team.html", context, status=status)


def says(role: str) -> list[Any]:
    """What a role may do, in words."""
    return [words for right, words in rights.SAYS.items() if rights.may(role, right)]


def _page_of(request: HttpRequest, at: Desk, member: Member, *, status: int = 200, refusal: str = "") -> HttpResponse:
    own, keeps = member.person_id == at.person.pk, at.may(Right.TEAM)
    others = list(at.city.team.select_related("person").exclude(pk=member.pk).order_by("person__username"))
    if not keeps:
        others = [heir for heir in others if own and rights.least_with(member.role, heir.role) == heir.role]
    context = {
        "desk": at,
        "member": member,
        "own": own,
        "keeps": keeps,
        "seen": last_seen([member.person_id]).get(member.person_id),
        "says": says(member.role),
        "choices": Member.Role.choices,
        "heirs": others,
        "refusal": refusal,
    }
    return render(request, "desk/member.html", context, status=status)


def _member(at: Desk, number: int) -> Member:
    member = at.city.team.select_related("person", "city__actor").filter(pk=min(number, 2**63 - 1)).first()
    if member is None:
        raise Http404
    return member


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19
