"""The doors of an event: tickets that are signed, scans that phones bring whenever they have a line, and who is inside.

Words: a **ticket** is the code of a confirmed registration; a **scan** is what a phone at a door saw, with a nonce, its own clock and
its device; **attendance** is what all scans of a registration come to; a **steward** opens doors by a link, without an account.
"""
