from cityplus.cities.models.city import City
from cityplus.cities.models.facts import Contact, Strength
from cityplus.cities.models.rules import Rules
from cityplus.cities.models.spoken import Spoken
from cityplus.cities.models.step import Step
from cityplus.cities.models.team import Member, TeamError

__all__ = ["City", "Contact", "Member", "Rules", "Spoken", "Step", "Strength", "TeamError"]
