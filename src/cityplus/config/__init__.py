"""The composition root: settings, addresses, the ASGI app with its two doors, and the program `cityplus`.

The only place that knows every room.
"""
