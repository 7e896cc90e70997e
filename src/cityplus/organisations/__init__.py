"""Organisations: companies, universities, institutes and associations of the cities.

Words: an **organisation** has **activities** (sections or divisions of ISIC) and says what it **offers** and **seeks**; a **delegate**
is a person who acts for it, with a role. It goes `draft → asked → verified → closed`: the city in which it is verifies that it is what it
says, and only then everybody sees it and its delegates speak for it.
"""
