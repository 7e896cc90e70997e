from cityplus.media.models.caption import Caption
from cityplus.media.models.medium import Medium
from cityplus.media.models.rendition import Rendition
from cityplus.media.models.stray import Stray
from cityplus.media.models.upload import Piece, Upload

__all__ = ["Caption", "Medium", "Piece", "Rendition", "Stray", "Upload"]
