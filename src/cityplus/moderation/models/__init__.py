from cityplus.moderation.models.appeal import Appeal
from cityplus.moderation.models.decision import Decision
from cityplus.moderation.models.errors import ModerationError
from cityplus.moderation.models.filters import BlockedDomain, BlockedWord, NewcomerRules
from cityplus.moderation.models.held import Held
from cityplus.moderation.models.promises import Acceptance, OldEnough
from cityplus.moderation.models.report import Report
from cityplus.moderation.models.rules import Edition, Rule
from cityplus.moderation.models.standing import Standing

__all__ = [
    "Acceptance",
    "Appeal",
    "BlockedDomain",
    "BlockedWord",
    "Decision",
    "Edition",
    "Held",
    "ModerationError",
    "NewcomerRules",
    "OldEnough",
    "Report",
    "Rule",
    "Standing",
]
