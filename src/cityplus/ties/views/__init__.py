from cityplus.ties.views.index import index
from cityplus.ties.views.pair import pair
from cityplus.ties.views.posts import posts

__all__ = ["index", "pair", "posts"]
