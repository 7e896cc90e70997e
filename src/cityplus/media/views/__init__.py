from cityplus.media.views.caption import caption
from cityplus.media.views.file import file

__all__ = ["caption", "file"]
