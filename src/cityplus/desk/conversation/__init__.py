"""The conversation of a city as its team sees it: what waits, answering it, what is said often, and the numbers."""
