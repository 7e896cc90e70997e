from cityplus.search.views.search import search
from cityplus.search.views.suggestions import suggestions

__all__ = ["search", "suggestions"]
