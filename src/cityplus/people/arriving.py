"""Coming in without the door: right after the account was made."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from cityplus.people.models import Person


def sign_in_new(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    """Sign in who has just chosen their password, in a new session, and lead them to ``to``, a path of ours."""
    record_authentication(request, person, method="password", username=person.username)
    person.backend = "cityplus.people.backends.ByNameOrMail"  # as django.contrib.auth notes it
    answer: HttpResponse = perform_login(request, person, redirect_url=to)
    return answer


def name_is_taken() -> ValidationError:
    """What a form says when somebody was quicker with a name."""
    refusal: ValidationError = get_adapter().validation_error("username_taken")
    return refusal
