"""What the parts of the desk have that waits for somebody, a file for each; ``DeskConfig.ready()`` plugs them in."""
