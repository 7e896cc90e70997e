"""Cards of links: what the page says of itself that the first link of a post leads to. Fetched once, by a job, through the guard."""
