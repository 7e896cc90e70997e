from cityplus.media.models.caption import Caption
from cityplus.media.models.medium import Medium
from cityplus.media.models.rendition import Rendition

__all__ = ["Caption", "Medium", "Rendition"]
