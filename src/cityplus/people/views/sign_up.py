"""Making an account, where the operator lets strangers do so."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmEmailView, EmailVerificationSentView, SignupView
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse

from cityplus import limits
from cityplus.people import patience
from cityplus.people.forms.passwords import SignUp


class SignUpView(SignupView):
    """A new account. What it answers does not tell whether the address has one already."""

    template_name = "people/sign_up.html"
    template_name_signup_closed = "people/sign_up_closed.html"
    form_class = SignUp

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits.take(patience.SIGN_UP.by(limits.network(request)))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: SignUp) -> HttpResponse:
        patience.letter_to(form.cleaned_data["email"])
        form.hash()
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
        except IntegrityError:  # somebody took the name between the look and the write
            form.add_error("username", get_adapter().validation_error("username_taken"))
            answer = self.form_invalid(form)
        return answer


class LetterSentView(EmailVerificationSentView):
    """The same page for who is new and who is not."""

    template_name = "people/letter_sent.html"


class ConfirmAddressView(ConfirmEmailView):
    """Where the link of a letter leads. Looking at it changes nothing, for mail filters follow links; a button confirms."""

    template_name = "people/confirm_address.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.object = self.get_object()
        except Http404:
            self.object = None
        return self.render_to_response(self.get_context_data(), status=200 if self.object else 404)
