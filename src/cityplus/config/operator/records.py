"""What the operator's pages show: every table of ours, to be read. States are moved by verbs, and verbs are not here."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin
from django.db import models
from django.http import HttpRequest

from cityplus.limits.models import Tally
from cityplus.notifications.models import Device
from cityplus.people.models import Letter, Person
from cityplus.pulse.models import Salt

Object = models.Model
SECRETS = {
    Person: {"password", "groups", "user_permissions"},
    Letter: {"text", "html", "headers"},
    Device: {"digest", "endpoint", "p256dh", "auth", "session"},
    Authenticator: {"data"},
    UserSession: {"session_key", "data"},
    Salt: {"value"},
}
"""What is not shown to operators either: whoever looks over a shoulder must not learn how an account is opened. Hashes of what opens
something are not shown in any table."""
UNSHOWN = {Tally}
IN_A_LIST = 6


class Record(ModelAdmin):  # type: ignore[type-arg]
    """A table that can be read and searched, and not changed."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def __init__(self, model: type[Object], site: AdminSite) -> None:
        super().__init__(model, site)
        hidden = SECRETS.get(model, set())
        self.shown = [f.name for f in model._meta.get_fields() if _shown(f) and f.name not in hidden]
        long = (models.TextField, models.JSONField)
        self.short = [name for name in self.shown if not isinstance(model._meta.get_field(name), long)]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.shown

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return self.short[:IN_A_LIST]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [f"{name}__startswith" for name in self.short if _is_words(self.model, name)][:3]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PersonRecord(Record):
    """Whether an account is open, and whether it acts for the network office: the two things an operator decides here. Not
    for oneself."""

    decided = ("is_active", "is_staff")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in self.shown if name not in self.decided]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.pk != request.user.pk

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        person = Person.objects.get(pk=obj.pk)
        person.entitle(active=obj.is_active, office=obj.is_staff, by=request.user.get_username())


def show_all(site: AdminSite) -> None:
    """Every table of our rooms, and those of the libraries that belong to a person; but not counts under a key of several
    columns, which Django's pages do not take."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("cityplus.")]
    for model in [*ours, EmailAddress, Authenticator, UserSession]:
        if model not in UNSHOWN and not isinstance(model._meta.pk, models.CompositePrimaryKey):
            site.register(model, PersonRecord if model is Person else Record)


def _shown(field: Any) -> bool:
    return bool(getattr(field, "concrete", False)) and not field.many_to_many and "SHA-256" not in field.help_text


def _is_words(model: type[Object], name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.CharField)
