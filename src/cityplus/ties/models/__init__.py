from cityplus.ties.models.common import Common, CommonError
from cityplus.ties.models.tie import Tie

__all__ = ["Common", "CommonError", "Tie"]
