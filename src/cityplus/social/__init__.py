"""The conversation: actors follow each other, post, ask and answer.

Words: a **voice** is an actor for whom a person may speak: their own, or a city of whose team they are. A **post** has an
**audience**; an **entry** is its place in timelines, and there is another for each **boost**, for the city whose public a
**question** asks, and for the **pair** in whose space something is said. A **line** is an entry as one reader gets it. Who was
deleted, hidden or suspended has no entries. A **reader** is who asks: a person with their voices, or nobody.
"""
