"""Writing: the form, drafts, earlier versions, votes."""

from cityplus.social.views.writing.compose import item, new, quotes, replies, sheet
from cityplus.social.views.writing.drafts import drafts, moment, removal
from cityplus.social.views.writing.uploads import upload, uploads
from cityplus.social.views.writing.versions import edit, versions
from cityplus.social.views.writing.votes import votes

__all__ = [
    "drafts", "edit", "item", "moment", "new", "quotes", "removal", "replies", "sheet", "upload", "uploads", "versions",
    "votes",
]  # fmt: skip
