"""All that a person has here, as a zip for them: ``docs/profiles.md`` says what is in it."""
