"""Ceremonies: guests press their palms on a screen, the quorum is met, and a city (a tie, a route) goes live in front of everyone.

Words: a **ceremony** goes `planned → rehearsed → open → launched → kept`, or is called off; a **run** is one time that it is carried
through, for a **rehearsal** or in earnest; **guests** stand in order of precedence; a **palm** is one press, and counts once however
often it is sent; the **quorum** says which palms are needed; a **step** of a run says who did it and when.
"""
