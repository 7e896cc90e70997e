"""Events: meetings in one or more halls, to which people and organisations come.

Words: an **event** has **organisers**, each an actor that agreed, with equal rights; **venues**, each with its clock and its number
of places; an **agenda** of **sessions**, in which **presenters** appear. A **registration** is somebody's place at a venue, and a
**seat** the place in a session. Who finds none left waits, in order. Organisations that meet are **parties** with **wishes**; a **run**
proposes a **timetable** of **meetings**, the organisers publish it. It goes `draft → published → held`, or is cancelled.
"""
