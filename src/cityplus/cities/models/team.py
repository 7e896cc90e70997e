from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models.city import City
from cityplus.people.models import Person


class Member(models.Model):
    """A person who acts for a city, with a role."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        EDITOR = "editor", _("editor")
        TRANSLATOR = "translator", _("translator")
        PRESENTER = "presenter", _("presenter")
        ANALYST = "analyst", _("analyst")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="teams")
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "person"], name="cities_one_role_each")]

    def __str__(self) -> str:
        return f"{self.person} {self.role} of {self.city}"
