"""The resources, one module each: what can be asked of it, and how it is told."""
