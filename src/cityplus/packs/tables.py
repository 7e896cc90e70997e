"""What of a city travels in a pack of the second format, column by column. **A new column is declared here**, and travels.

Each table names, for one model, the keys of the YAML and the columns they stand for (a dot groups keys: ``place.lat``), the
columns that the pack says in another way, and the columns and whole models that stay behind, with the reason. A test asks
the models and fails for whatever is named nowhere.
"""

from __future__ import annotations

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Contact, Step, Strength
from cityplus.media.models import Caption, Medium
from cityplus.packs import checks
from cityplus.packs.ceremony_tables import CEREMONY, GUEST, ITEM, PALM, PICTURE, RUN, TAKEN, TAKING
from cityplus.packs.declaring import FILE, ID, MADE, POSITION, SHOWN, WRITTEN, Table, degrees, own
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.ties.models import Tie

_PLACE = {"place.lat": "lat", "place.lon": "lon"}
_IN_PLACE = {"place.lat": degrees(90), "place.lon": degrees(180)}

ACTOR = Table(
    Actor,
    own("handle", "names"),
    needed=frozenset({"handle", "names"}),
    placed={"kind": "always city"},
    left={
        "id": ID,
        "made_at": WRITTEN,
        "revision": SHOWN,
        "limited_at": "what one network decided, by its own rules",
        "gone_at": "what one network decided, by its own rules",
    },
    checks={"handle": checks.handle},
)
CITY = Table(
    City,
    {
        **own("number", "stage", "country"),
        **_PLACE,
        "time_zone": "time_zone",
        "population.people": "population",
        "population.year": "population_year",
        "population.scope": "population_scope",
        "population.source": "population_source",
        **own("languages", "hue", "tagline", "profile", "cover", "sources"),
    },
    needed=frozenset({"stage", "country", "place.lat", "place.lon", "time_zone", "languages"}),
    placed={"actor": "the head of city.yaml"},
    left={"id": ID},
    checks={
        **_IN_PLACE,
        "country": checks.country,
        "time_zone": checks.zone,
        "languages": checks.tags,
        "sources": checks.words,
        "hue": lambda node: node.whole(0, 359),
    },
)
STEP = Table(
    Step,
    own("stage", "on", "by", "note", "at"),
    needed=frozenset({"stage", "by"}),
    placed={"city": "its pack"},
    left={"id": ID},
    checks={"stage": lambda node: node.one_of(list(City.LIFE.steps)), "on": checks.day},
)
STRENGTH = Table(
    Strength,
    own("section", "sentence"),
    needed=frozenset({"section", "sentence"}),
    placed={"city": "its pack", "order": POSITION},
    left={"id": ID},
)
CONTACT = Table(
    Contact,
    own("kind", "value"),
    needed=frozenset({"kind", "value"}),
    placed={"city": "its pack", "order": POSITION},
    left={"id": ID},
)
TIE = Table(
    Tie,
    own("state", "since", "source", "proposed_at", "accepted_at"),
    placed={"first": "with, and its pack", "second": "with, and its pack", "proposed_by": "proposed_by"},
    left={"id": ID},
    checks={"since": checks.since},
)
ROUTE = Table(
    Route,
    own(
        "state", "published_at", "title", "summary", "theme", "mode", "difficulty", "minutes", "step_free", "season",
        "best_time", "cover", "film", "sources", "credit", "licence", "origin",
    ),
    needed=frozenset({"state", "title", "theme", "mode", "difficulty", "minutes"}),
    placed={"city": "its pack", "slug": "the name of its folder"},
    left={"id": ID, "changed_at": WRITTEN},
    checks={"sources": checks.words},
)  # fmt: skip
STOP = Table(
    Stop,
    {
        "title": "title",
        **_PLACE,
        "address.language": "address_language",
        "address.text": "address",
        **own("story", "look_for", "access", "step_free", "minutes", "opening_hours", "website"),
        "leg.mode": "leg_mode",
        "leg.note": "leg_note",
        "leg.track": "leg_track",
        "sources": "sources",
    },
    needed=frozenset({"place.lat", "place.lon"}),
    placed={"route": "its folder", "number": "the head of its file's name", "slug": "the rest of its file's name"},
    left={"id": ID},
    checks={
        **_IN_PLACE,
        "address.language": lambda node: node.tag() if node.value else "",
        "opening_hours": checks.opening_hours,
        "website": checks.web_address,
        "leg.track": checks.track,
        "sources": checks.words,
    },
)
LINK = Table(
    StopMedium,
    own("role"),
    placed={"stop": "its file", "medium": "file", "order": POSITION},
    left={"id": ID},
)
MEDIUM = Table(
    Medium,
    {
        **own("kind", "sha256", "name", "credit", "licence", "alt", "title", "transcript", "poster"),
        "focal.x": "focal_x",
        "focal.y": "focal_y",
    },
    needed=frozenset({"kind", "credit", "licence"}),
    placed={"owner": "its pack"}
    | dict.fromkeys(("original", "bytes", "content_type", "width", "height", "seconds"), FILE),
    left={
        "id": ID,
        "made_at": WRITTEN,
        "colour": MADE,
        "first_paint": MADE,
        "found_by": "its name and words once more",
    },
    checks={
        "focal.x": lambda node: float(node.number(0, 1)),
        "focal.y": lambda node: float(node.number(0, 1)),
        "sha256": lambda node: node.word(r"[0-9a-f]{64}", "a SHA-256 in hexadecimal"),
        "licence": checks.licence,
    },
)
CAPTION = Table(
    Caption,
    own("language", "state"),
    needed=frozenset({"language"}),
    placed={"medium": "its medium", "vtt": "file"},
    left={"id": ID},
    checks={"language": lambda node: node.tag()},
)

_OF_CEREMONIES = (CEREMONY, TAKING, GUEST, ITEM, PICTURE, RUN, PALM, TAKEN)
TABLES = (ACTOR, CITY, STEP, STRENGTH, CONTACT, TIE, ROUTE, STOP, LINK, MEDIUM, CAPTION, *_OF_CEREMONIES)

LEFT = {
    "media.Rendition": MADE,
    "media.Upload": "a file on its way to becoming a medium, which has arrived or has not",
    "cities.Member": "a team is made of people, and people belong to their server: they sign in there, with their own password",
    "cities.Candidacy": "what one network office was asked and said",
    "cities.Proof": "that a site vouches for an address of this server; another server has another address",
    "cities.Invitation": "a letter to somebody, which opens on the server that sent it",
    "cities.Spoken": "the languages of the city once more, as rows; saving the city writes them",
    "cities.Rules": "what a team asks of itself before it publishes, which the next team decides anew",
    "drafts.Draft": "work in progress, which belongs to the people who are at it",
    "drafts.Version": "what a thing once was; what it is now travels",
    "moderation.Report": "what one network was told of, and belongs to it",
    "moderation.Decision": "what one network decided, by its own rules",
    "moderation.Standing": "what decisions of one network have left",
    "moderation.Held": "a writing that waits for an officer of one network",
    "social.Profile": "people belong to their server, and a city is the home of some of them there",
    **dict.fromkeys(
        ("social.Follow", "social.FollowRequest", "social.Bar", "social.Silence", "social.Closing", "social.Tally"),
        "whom the people and cities of this server follow or avoid, and how many do",
    ),
    **dict.fromkeys(
        (
            "social.Post",
            "social.PostMedium",
            "social.Card",
            "social.Mention",
            "social.Entry",
            "social.Sheet",
            "social.Spending",
        ),
        "what is said on this server: it is one conversation of many, which a backup holds whole",
    ),
    **dict.fromkeys(
        ("social.Favourite", "social.Boost", "social.Bookmark", "social.Ballot"),
        "what the people of this server did with what is said here",
    ),
    "opportunities.Opportunity": "what was looked over on this server, and is answered and ends there",
    "opportunities.Message": "what two sides said to each other on this server",
    "opportunities.Care": "what a team does about it, and a team stays behind",
    "social.Question": "what people of this server asked; people and what they say belong to it",
    "organisations.Organisation": "who is of a city on this server, by the word of its team, and acts for itself",
    "social.Matter": "what waits for a team, and a team stays behind",
    "social.ReadyAnswer": "what a team says often; the next team has its own words",
    "ties.Common": "what two cities agreed on of what people of this server asked and answered",
    **dict.fromkeys(
        ("events.Event", "events.Organiser", "events.Venue", "events.Picture", "events.Presenter"),
        "what several actors hold together on this server, and people registered for; a backup holds it whole",
    ),
    "packs.Export": "a pack that was asked for, whose link opens for a day",
    "translation.Term": "what teams have agreed on, often with another city; it travels as a sheet",
    "translation.Assignment": "who of a team does what, and a team stays behind",
    "translation.Errand": "a machine on its way, or one that has been",
    "ceremonies.Wiping": "that a rehearsal was forgotten, which the screens of this server hear of",
    "routes.Delivery": "a file on its way to becoming a draft, which has arrived or has not",
}
"""Models that hang on those above and do not travel, with the reason. A whole server, people and all, travels in a backup."""
