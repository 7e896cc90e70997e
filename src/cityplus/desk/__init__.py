"""The desk: where the team of a city works, at `/desk/@thehague/`.

Words: a **piece** is what one works at, the profile or a route; what may be done hangs on the **rights** of one's role
(`cities/rights.py`). Who is not of the team gets 404; who is, and may not do something, is told which role may.
"""
