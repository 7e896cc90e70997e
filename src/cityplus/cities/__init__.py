"""Cities: the members of the network, their profiles and their teams.

Words: a **city** has a member **number** and goes `invited → preparing → ready → launched → dormant`; each **step** of it is a row
that says who and when; **strengths** are sections of ISIC Rev. 4 with a sentence; the **team** are the people who act for it, each
with a **role**: owner, editor, translator, presenter, analyst.
"""
