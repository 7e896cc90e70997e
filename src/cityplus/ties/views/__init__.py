from cityplus.ties.views.index import index
from cityplus.ties.views.pair import pair

__all__ = ["index", "pair"]
