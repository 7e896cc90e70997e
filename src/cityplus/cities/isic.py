"""The sections of ISIC Rev. 4, the United Nations' classification of economic activities (UN Statistics Division, 2008)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, str | Promise] = {
    "A": _("Agriculture, forestry and fishing"),
    "B": _("Mining and quarrying"),
    "C": _("Manufacturing"),
    "D": _("Electricity, gas and new energy"),
    "E": _("Water supply and waste management"),
    "F": _("Construction"),
    "G": _("Wholesale, retail and e-commerce"),
    "H": _("Transport, ports and logistics"),
    "I": _("Accommodation and food service"),
    "J": _("Information and communication"),
    "K": _("Finance and insurance"),
    "L": _("Real estate"),
    "M": _("Science, technology and professional services"),
    "N": _("Administrative and support services"),
    "O": _("Public administration"),
    "P": _("Education"),
    "Q": _("Health and medicine"),
    "R": _("Arts, entertainment and recreation"),
    "S": _("Other services"),
    "T": _("Households as employers"),
    "U": _("International organisations"),
}
