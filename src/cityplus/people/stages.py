"""What stands between a right password and the open door."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class AddressConfirmed(EmailVerificationStage):
    """Asks for a confirmed e-mail address; of whom the operator gave an account without any there is nothing to ask."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        if person and not person.email and not EmailAddress.objects.filter(user_id=person.pk).exists():
            return None, True
        response: tuple[HttpResponse | None, bool] = super().handle()
        return response
