from cityplus.opportunities.models.care import Care, CareNote
from cityplus.opportunities.models.interest import Interest
from cityplus.opportunities.models.message import Message
from cityplus.opportunities.models.opportunity import Opportunity
from cityplus.opportunities.models.outcome import Outcome
from cityplus.opportunities.models.parts import Paper, Sector, Tongue
from cityplus.opportunities.models.proof import Proof
from cityplus.opportunities.models.search import Match, Search

__all__ = [
    "Care",
    "CareNote",
    "Interest",
    "Match",
    "Message",
    "Opportunity",
    "Outcome",
    "Paper",
    "Proof",
    "Search",
    "Sector",
    "Tongue",
]
