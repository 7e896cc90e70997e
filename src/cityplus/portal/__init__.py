"""Pages made of many rooms: home, a city's page, about, and what machines read (sitemap, robots, manifest)."""
