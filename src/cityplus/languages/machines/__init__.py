"""Machines that translate: off until the operator names one (``CITYPLUS_TRANSLATOR``).

Words: a **machine** is a service that speaks one of two protocols, LibreTranslate's or DeepL's; what in a text must not change is
**guarded** while the machine has it. What a machine says is a proposal: nobody has read it.
"""

from cityplus.languages.machines.errors import Busy, MachineError
from cityplus.languages.machines.translating import configured, translate

__all__ = ["Busy", "MachineError", "configured", "translate"]
