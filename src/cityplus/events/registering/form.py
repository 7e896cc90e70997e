"""What one says when one registers: where, which sessions, who one is, and answers to the organisers' own questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cityplus.events import clocks
from cityplus.events.models import Event, Question, Registration, Session
from cityplus.events.planning.clocks import zone_of
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.lib import signs
from cityplus.organisations.models import Organisation
from cityplus.organisations.roles import RIGHTS, Right

_said_late: Callable[[Callable[[], str]], Any] = lazy(lambda say: say(), str)
"""Words that are made when they are shown; what is sent is looked at without them."""

DEALERS = [role for role, rights in RIGHTS.items() if Right.DEAL in rights]


def organisations_of(person: Any) -> list[Organisation]:
    """Those for which this person deals."""
    if not getattr(person, "is_authenticated", False):
        return []
    mine = Organisation.objects.public().filter(delegates__person=person.pk, delegates__role__in=DEALERS)
    return list(mine.select_related("actor").order_by("actor__handle"))


def agenda_of(event: Event) -> list[Session]:
    """Its sessions with their halls; as they were fetched, where they were."""
    fetched = "agenda" in getattr(event, "_prefetched_objects_cache", {})
    return list(event.agenda.all() if fetched else event.agenda.select_related("venue"))


class RegistrationForm(forms.Form):
    """For somebody new, or (``registration``) to change what was said; then the address stays as it is."""

    venue = forms.ChoiceField(label=gettext_lazy("Where do you come?"), widget=forms.RadioSelect)
    sessions = forms.MultipleChoiceField(
        label=gettext_lazy("Which sessions?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    organisation = forms.ChoiceField(label=gettext_lazy("For whom do you come?"), required=False)
    time_zone = forms.CharField(
        label=gettext_lazy("Your time zone, for our letters"),
        help_text=gettext_lazy("Such as Europe/Amsterdam. Nothing said: that of the hall."),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false"}),
    )
    consent = forms.BooleanField()

    def __init__(
        self, *args: Any, event: Event, person: Any, registration: Registration | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.event, self.registration = event, registration
        self.questions = list(event.questions.all())
        self.agenda = agenda_of(event)
        self.dealt = {str(one.pk): one for one in organisations_of(person)}
        tag = reader_tag()
        self.halls = {str(venue.pk): venue for venue in event.venues.all()}
        self._choices(
            "venue", [(key, _said_late(partial(self._hall, venue, tag))) for key, venue in self.halls.items()]
        )
        if len(self.halls) == 1:
            self.fields["venue"].initial = next(iter(self.halls))
        self._choices("sessions", [(str(one.pk), _said_late(partial(self._session, one, tag))) for one in self.agenda])
        if not self.agenda:
            del self.fields["sessions"]
        if self.dealt:
            named = [(key, one.actor.names.in_language(tag)) for key, one in self.dealt.items()]
            self._choices("organisation", [("", _("For myself")), *named])
        else:
            del self.fields["organisation"]
        for question in self.questions:
            self.fields[f"q{question.pk}"] = _field(question, tag)
        self._agreement()
        self.order_fields([*(name for name in self.fields if name != "consent"), "consent"])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    def _agreement(self) -> None:
        if self.registration:
            del self.fields["consent"], self.fields["email"]
            return
        self.fields["consent"].label = _said_late(self._consent)

    def _consent(self) -> str:
        words = _("The organisers may keep what I say here until %(day)s, for this event alone. Then it is forgotten.")
        return words % {"day": formats.day(self.until, reader_tag())}

    @property
    def until(self) -> date:
        """Until when the organisers may keep it."""
        return (self.event.ends_at.astimezone(self.event.zone) + timedelta(days=self.event.keep_days)).date()

    def own(self) -> list[forms.BoundField]:
        """The fields of the organisers' questions."""
        return [self[f"q{question.pk}"] for question in self.questions]

    def _hall(self, venue: Any, tag: str) -> str:
        name = str(venue.name.in_language(tag))
        if venue.city:
            name = f"{name} ({venue.city.actor.names.in_language(tag)})"
        if not venue.capacity:
            return name
        count = {"shown": formats.number(venue.left, tag)}
        left = ngettext("%(shown)s place left", "%(shown)s places left", venue.left) % count
        full = _("full, you would wait")
        return f"{name}: {left if venue.has_place else full}"

    def _session(self, session: Session, tag: str) -> str:
        said = f"{self._hours(session, tag)} {session.title.in_language(tag)}"
        full = _("full, you would wait")
        return said if session.has_place else f"{said}: {full}"

    def _hours(self, session: Session, tag: str) -> str:
        """When it begins by the clock of its hall; of one in all halls by the clock of each."""
        found = [] if session.venue else clocks.of(self.event, session.starts_at, session.ends_at)
        if len(found) < 2:
            zone = session.venue.time_zone if session.venue else self.event.time_zone
            return clocks.begins(self.event, session.starts_at, zone)
        said = (
            f"{clocks.begins(self.event, session.starts_at, one.zone)} {one.names.in_language(tag)}" for one in found
        )
        return f"{' · '.join(said)}:"

    def clean_name(self) -> str:
        if name := signs.line(self.cleaned_data["name"]):
            return name
        raise forms.ValidationError(_("This is needed."))

    def clean_time_zone(self) -> str:
        said = str(self.cleaned_data["time_zone"]).strip()
        try:
            return zone_of(said) if said else ""
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        """A session is in the hall to which one comes, or in all."""
        cleaned = super().clean() or {}
        chosen, venue = set(cleaned.get("sessions", ())), cleaned.get("venue")
        for session in self.agenda:
            if str(session.pk) in chosen and session.venue_id and venue and str(session.venue_id) != venue:
                self.add_error(
                    "sessions",
                    _("“%(session)s” is in another hall.") % {"session": session.title.in_language(reader_tag())},
                )
        return cleaned

    def wanted(self) -> list[Session]:
        chosen = set(self.cleaned_data.get("sessions", ()))
        return [session for session in self.agenda if str(session.pk) in chosen]

    def facts(self) -> dict[str, Any]:
        """What is kept of it, beside hall, sessions and address."""
        said = self.cleaned_data
        found: dict[str, Any] = {
            "name": said["name"],
            "time_zone": said["time_zone"],
            "answers": {
                str(one.pk): said[f"q{one.pk}"] for one in self.questions if said.get(f"q{one.pk}") not in ("", None)
            },
        }
        if "organisation" in self.fields:
            found["organisation"] = self.dealt.get(said["organisation"])
        return found


def _field(question: Question, tag: str) -> forms.Field:
    label, required = question.words.in_language(tag), question.required
    if question.kind == Question.Kind.CHOICE:
        options = [("", "–"), *((str(n), words) for n, words in enumerate(question.choices(tag)))]
        return forms.ChoiceField(label=label, choices=options, required=required)
    if question.kind == Question.Kind.YES:
        return forms.BooleanField(label=label, required=required)
    return forms.CharField(
        label=label, max_length=500, required=required, widget=forms.TextInput(attrs={"dir": "auto"})
    )


def initial_of(registration: Registration) -> dict[str, Any]:
    """What the form shows of what was said."""
    found = {
        "venue": str(registration.venue_id),
        "sessions": [str(pk) for pk in registration.seats.values_list("session", flat=True)],
        "name": registration.name,
        "organisation": str(registration.organisation_id or ""),
        "time_zone": registration.time_zone,
    }
    return {**found, **{f"q{key}": answer for key, answer in registration.answers.items()}}
