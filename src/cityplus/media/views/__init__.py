from cityplus.media.views.caption import caption
from cityplus.media.views.file import file
from cityplus.media.views.medium import media, medium

__all__ = ["caption", "file", "media", "medium"]
