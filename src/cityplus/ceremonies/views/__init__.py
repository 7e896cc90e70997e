from cityplus.ceremonies.views.ceremony import ceremony
from cityplus.ceremonies.views.index import index
from cityplus.ceremonies.views.palm import palm
from cityplus.ceremonies.views.touch import touch
from cityplus.ceremonies.views.wall import wall

__all__ = ["ceremony", "index", "palm", "touch", "wall"]
