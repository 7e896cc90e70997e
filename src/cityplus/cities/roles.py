from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is in the team of a city; what each may do stands in :mod:`cityplus.cities.rights`."""

    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    PRESENTER = "presenter", _("presenter")
    ANALYST = "analyst", _("analyst")
