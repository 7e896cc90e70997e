"""Opportunities: what cities and organisations offer and ask for, who is interested, and what came of it.

Words: an **opportunity** is an **offer** or a **request** of a **host** (a city, a verified organisation), looked over by the city before
it is public; it ends on a day, and its host is reminded. An organisation, the **guest**, answers with an **interest**: a conversation that
the house relays, with a state on each side. A side may ask its city to **help**; **care** is what a city's desk does about an interest.
An **outcome** is told by one side and confirmed by the other; a **proof** is a file that shows it.
A **search** is a filter that a person keeps.
"""
