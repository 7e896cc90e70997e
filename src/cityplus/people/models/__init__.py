from cityplus.people.models.letter import Letter
from cityplus.people.models.person import Person

__all__ = ["Letter", "Person"]
