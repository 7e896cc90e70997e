from cityplus.translation.models.assignment import Assignment
from cityplus.translation.models.errand import Errand
from cityplus.translation.models.term import Term, TermError

__all__ = ["Assignment", "Errand", "Term", "TermError"]
