"""An organisation for search engines, as schema.org has it."""

from __future__ import annotations

from django.utils.safestring import SafeString

from cityplus.languages.tags import reader_tag
from cityplus.organisations.models import Organisation
from cityplus.web.addresses import absolute
from cityplus.web.structured import json_ld

_TYPES = {
    Organisation.Kind.COMPANY: "Corporation",
    Organisation.Kind.UNIVERSITY: "CollegeOrUniversity",
    Organisation.Kind.INSTITUTE: "ResearchOrganization",
    Organisation.Kind.ASSOCIATION: "NGO",
}
_PEOPLE = {"micro": (1, 9), "small": (10, 49), "medium": (50, 249), "large": (250, None)}


def thing_of(organisation: Organisation) -> SafeString:
    """The script element with its names, branch by ISIC Rev. 4, size, languages and city, in the language of the page."""
    tag, names = reader_tag(), organisation.actor.names
    name, city = names.in_language(tag), organisation.city
    logo = organisation.logo.best("image/jpeg", 600) if organisation.logo else None
    least, most = _PEOPLE.get(organisation.size, (None, None))
    url = absolute(organisation.get_absolute_url())
    people = {"@type": "QuantitativeValue", "minValue": least, "maxValue": most} if least else None
    return json_ld(
        {
            "@type": ["Organization", _TYPES[Organisation.Kind(organisation.kind)]],
            "@id": url,
            "url": url,
            "name": name,
            "alternateName": sorted({version.text for version in names.versions.values()} - {name}),
            "description": organisation.about.in_language(tag),
            "logo": absolute(logo.url) if logo else "",
            "sameAs": [organisation.website] if organisation.website else [],
            "isicV4": [activity.code for activity in organisation.activities.all()],
            "numberOfEmployees": people,
            "knowsLanguage": organisation.languages,
            "location": {
                "@type": "City",
                "name": city.actor.names.in_language(tag),
                "url": absolute(city.get_absolute_url()),
            },
        }
    )
