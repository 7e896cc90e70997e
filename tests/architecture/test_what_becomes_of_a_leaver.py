"""What becomes of each row that points to a person or an actor once an account is closed and purged.

The columns come from the models, so none can be forgotten; what becomes of each is written here, apart from the code, and a whole life
is made, closed and purged to see that it is so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Invitation, Member
from cityplus.drafts.models import Presence
from cityplus.events.models import CalendarKey, Presenter, Registration
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text
from cityplus.media.models import Medium, Upload
from cityplus.moderation.models import Acceptance, Appeal, Decision, Edition, Held, OldEnough, Report, Standing
from cityplus.notifications.models import Device, Digest, Notice, Wishes
from cityplus.opportunities.models import Care, Search
from cityplus.opportunities.tests.cast import begun, firm, public
from cityplus.organisations import models as organisations
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person
from cityplus.social.accounts import leaving
from cityplus.social.models import (
    Answering,
    Bar,
    Bookmark,
    Boost,
    Entry,
    Favourite,
    Follow,
    FollowRequest,
    Matter,
    Mention,
    Post,
    Profile,
    Sheet,
    Silence,
    Spending,
    Takeout,
    Tally,
)
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.test_polls import asks, counted
from cityplus.translation.models import Assignment

FATES = {
    "account.emailaddress.user": "goes",
    "mfa.authenticator.user": "goes",
    "usersessions.usersession.user": "goes",
    "admin.logentry.user": "stays",  # what an operator did; who is one cannot leave before that ends
    "people.person_groups.person": "goes",
    "people.person_user_permissions.person": "goes",
    "media.medium.owner": "goes",
    "media.upload.owner": "goes",
    "media.upload.person": "goes",
    "drafts.version.owner": "city",
    "drafts.draft.owner": "city",
    "drafts.presence.person": "goes",
    "notifications.device.person": "goes",
    "notifications.digest.person": "goes",
    "notifications.notice.person": "goes",
    "notifications.wishes.person": "goes",
    "moderation.standing.actor": "stays",  # that an actor was suspended, which has no name any more
    "moderation.decision.author": "stays",  # for the yearly count, and named by its handle alone
    "moderation.decision.team": "city",
    "moderation.decision.by": "nameless",
    "moderation.decision.second": "nameless",
    "moderation.appeal.person": "nameless",
    "moderation.appeal.by": "nameless",
    "moderation.held.author": "goes",
    "moderation.held.city": "city",
    "moderation.acceptance.person": "goes",
    "moderation.oldenough.person": "goes",
    "moderation.report.reporter": "nameless",
    "moderation.report.author": "stays",  # as the decision about it
    "moderation.report.city": "city",
    "moderation.report.officer": "nameless",
    "cities.city.actor": "city",
    "cities.member.person": "goes",
    "cities.invitation.accepted_by": "nameless",
    "organisations.organisation.actor": "others",  # an organisation is nobody's own: other delegates go on, or it was closed
    "organisations.delegate.person": "goes",
    "organisations.invitation.accepted_by": "nameless",
    "social.tally.actor": "goes",
    "social.follow.actor": "goes",
    "social.follow.target": "goes",
    "social.followrequest.actor": "goes",
    "social.followrequest.target": "goes",
    "social.bar.actor": "goes",
    "social.bar.target": "goes",
    "social.post.author": "goes",
    "social.post.asks": "city",
    "social.post.space": "city",
    "social.mention.actor": "goes",
    "social.closing.person": "stays",  # that the account was closed, and when
    "social.closing.actor": "stays",
    "social.entry.actor": "goes",
    "social.entry.to": "stays",  # the answers of others are theirs, and answer an actor without a name
    "social.favourite.actor": "goes",
    "social.boost.actor": "goes",
    "social.bookmark.actor": "goes",
    "social.matter.assigned": "nameless",
    "social.answering.person": "goes",
    "social.ballot.actor": "goes",
    "social.profile.actor": "stays",  # the handle is taken for good
    "social.profile.person": "nameless",
    "social.sheet.author": "goes",
    "social.silence.actor": "goes",
    "social.spending.actor": "goes",
    "social.takeout.person": "goes",
    "translation.assignment.person": "goes",
    "events.organiser.actor": "city",
    "events.presenter.person": "nameless",  # what was presented stays, under the name that the city gave
    "events.presenter.introduced_for": "city",  # an organisation; never a person
    "events.registration.person": "nameless",  # that somebody was registered stays, for the numbers
    "events.calendarkey.person": "goes",
    "opportunities.opportunity.host": "city",  # or an organisation; never a person
    "opportunities.message.author": "city",
    "opportunities.care.assigned": "nameless",
    "opportunities.search.person": "goes",
}


def columns() -> Iterator[tuple[str, type[models.Model], models.Field[Any, Any]]]:
    """Every column of the database that points to a person or an actor."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.fields:
            if field.is_relation and field.related_model in (Person, Actor):
                yield f"{model._meta.label_lower}.{field.name}", model, field


def test_what_becomes_of_each_is_said() -> None:
    found = {name for name, _, _ in columns()}
    assert found - FATES.keys() == set(), "say in FATES what becomes of it, and do it in a Part of social.leaving"
    assert FATES.keys() - found == set(), "there is no such column any more"


def _rows(person: Person, actor: Actor) -> dict[str, int]:
    mine = {Person: person.pk, Actor: actor.pk}
    return {
        name: model._base_manager.filter(**{field.name: mine[field.related_model]}).count()  # type: ignore[index]
        for name, model, field in columns()
    }


def _as_anybody(ana: Actor, bo: Actor, city: City) -> None:
    own, theirs = say(ana, "Mine"), say(city.actor, "Ours, @ana")
    say(bo, "To you", reply_to=own)
    for model in (Favourite, Boost, Bookmark):
        model.objects.create(actor=ana, post=theirs, **({"number": 7} if model is Boost else {}))
    Follow.begin(ana, bo, by="ana")
    Follow.begin(bo, ana, by="bo")
    FollowRequest.objects.create(actor=ana, target=city.actor)
    FollowRequest.objects.create(actor=city.actor, target=ana)
    cy = resident("cy")
    Bar.objects.create(actor=ana, target=cy, kind="mute")
    Bar.objects.create(actor=cy, target=ana, kind="mute")
    Silence.keep(ana, "word", "rain", by="ana")
    Spending.objects.create(actor=ana, day=timezone.now().date(), characters=3)
    Tally.objects.get_or_create(actor=ana)
    for number, more in enumerate(({"due_at": timezone.now()}, {"held_at": timezone.now()}, {})):
        Sheet.objects.create(author=ana, by="ana", nonce=f"{number}" * 32, **more)
    Medium.objects.create(owner=ana, kind="image", content_type="image/png", original="a.png", sha256="0" * 64, bytes=1)
    mentioned = Mention.objects.filter(actor=ana)
    assert mentioned.exists() and Entry.objects.filter(to=ana).exists() and Post.objects.filter(author=ana).exists()


def _as_an_account(person: Person, ana: Actor, city: City) -> None:
    now = timezone.now()
    person.email = "ana@example.org"
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    Authenticator.objects.create(user=person, type="totp", data={})
    UserSession.objects.create(user=person, ip="127.0.0.1", session_key="k" * 32)
    person.groups.add(Group.objects.create(name="some"))
    person.user_permissions.add(Permission.objects.all()[0])
    Device.add(person, "https://push.example/1", "p", "a", session="s")
    Digest.objects.create(person=person, due=now)
    Wishes(person=person).save()
    guild = Organisation.found("guild", Text.of("nl", nl="Gilde"), city, "association", resident("gil").profile.person)
    letter = organisations.Invitation.send(guild, "ana@example.org", "editor", by="gil")
    letter.accept(person)
    about: dict[str, Any] = {"kind": "follow", "subject": "actors.actor", "at": now}
    Notice.objects.create(person=person, subject_id=ana.pk, actor=city.actor_id, **about)
    Takeout.ask(person)
    Member.objects.create(city=city, person=person, role=Member.Role.EDITOR)
    Presence.objects.create(kind="city", subject_id=city.pk, person=person, seen_at=now)
    Upload.objects.create(owner=ana, person=person, name="a", size=1, expires_at=now)
    sent: dict[str, Any] = {"made_by": "x", "sent_by": "x", "sent_at": now, "expires_at": now, "digest": "d" * 64}
    Invitation.objects.create(city=city, email="ana@example.org", role="editor", accepted_by=person, **sent)
    work: dict[str, Any] = {"kind": "city", "subject_id": city.pk, "language": "nl", "by": "x", "at": now}
    Assignment.objects.create(city=city, person=person, **work)
    Search.keep(person, "Pilots", {"kind": "pilot"}, "kind=pilot")
    interest = begun(public(city.actor), firm(city, "delta"))
    Care.objects.create(interest=interest, city=city, assigned=person, asked_by="ana")
    asked = say(resident("di"), "Where?", asks=city.actor)
    matter = Matter.objects.get(post=asked)
    Matter.objects.filter(pk=matter.pk).update(assigned=person, assigned_by="ana", done_by="ana")
    Answering.meet(matter, person)


def _at_events(person: Person, city: City) -> None:
    venue = meeting(city.actor).venues.get()
    Registration.make(venue, name="Ana", email="ana@example.org", language="en", person=person)
    Presenter.introduce("ana", by="x", person=person, names=Text.of("en", en="Ana"))
    CalendarKey.of(person)


def _in_moderation(person: Person, ana: Actor, bo: Actor) -> None:
    now = timezone.now()
    theirs: dict[str, Any] = {"kind": "post", "label": "Post by Ana", "at": now, "reason": "spam"}
    Report.objects.create(subject_id=1, reporter=person, author=bo, words="Look.", **theirs)
    Report.objects.create(subject_id=2, author=ana, officer=person, state="in_hand", excerpt="Mine", **theirs)
    about: dict[str, Any] = {"kind": "warn", "subject_kind": "post", "subject_id": 2, "label": "Post by Ana", "at": now}
    one = Decision.objects.create(author=ana, by=person, by_name="ana", reason="So.", **about)
    Decision.objects.create(second=person, second_name="ana", by_name="x", reason="So.", **about)
    Appeal.objects.create(decision=one, person=person, by=person, words="No.", at=now)
    Standing.objects.create(actor=ana, level="limited", by="x", at=now, ended_at=now)
    for state in ("waiting", "refused"):
        Held.objects.create(kind="sheet", subject_id=1, author=ana, why="w", excerpt="Mine", state=state, at=now)
    edition = Edition.publish([Text.of("en", en="Be kind.")], by="x", after=0)
    Acceptance.give(person, edition)
    OldEnough.say(person, 16)


@pytest.mark.django_db
def test_a_whole_life_is_gone_as_it_is_said(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    person = Profile.objects.select_related("person").get(actor=ana).person
    other = Profile.objects.select_related("person").get(actor=bo).person
    assert person and other
    poll = asks(thehague.actor, many=True)
    poll.cast(ana, [0, 1], by="ana")
    poll.cast(bo, [1], by="bo")
    _as_anybody(ana, bo, thehague)
    _as_an_account(person, ana, thehague)
    _at_events(person, thehague)
    _in_moderation(person, ana, bo)
    told: dict[str, Any] = {"person": other, "kind": "favourite", "subject": "social.post", "subject_id": 5}
    kept = Notice.objects.create(actor=thehague.actor_id, head=False, at=timezone.now(), **told)
    Notice.objects.create(actor=ana.pk, at=timezone.now(), **told)
    lived = _rows(person, ana)
    has = {name for name, fate in FATES.items() if fate in {"goes", "nameless"}}
    assert {name for name in has if not lived[name]} == set(), "the life of this test has none of these"

    leaving.close(person, by="ana")
    assert not Care.objects.filter(assigned=person).exists()
    assert not Sheet.objects.exclude(due_at=None, held_at=None).exists()
    assert not Held.objects.filter(state="waiting").exists()
    assert not Matter.objects.filter(assigned=person).exists()
    assert Report.objects.get(subject_id=2).state == "received"
    assert leaving.purge_due(timezone.now() + timedelta(days=31)) == 1

    left = _rows(person, ana)
    assert {name: left[name] for name in has if left[name]} == {}
    assert {name for name, fate in FATES.items() if fate == "stays" and left[name] < lived[name]} == set()
    counted(poll)
    assert [option.votes for option in poll.options.all()] == [0, 1, 0]
    kept.refresh_from_db()
    assert kept.head and not Notice.objects.filter(actor=ana.pk).exists(), "the group of others has another head"
    assert set(Report.objects.values_list("words", "label", "excerpt")) == {
        ("Look.", "Post by Ana", ""),
        ("", "@ana", ""),
    }
    assert set(Decision.objects.filter(author=ana).values_list("label", flat=True)) == {"@ana"}
    assert Care.objects.get().asked_by == person.nameless
    assert Matter.objects.filter(done_by=person.nameless).exists() and not Matter.objects.filter(done_by="ana").exists()
