from cityplus.drafts.models.change import Change, Presence
from cityplus.drafts.models.draft import Draft
from cityplus.drafts.models.review import Review
from cityplus.drafts.models.version import Version

__all__ = ["Change", "Draft", "Presence", "Review", "Version"]
