"""For whom somebody may speak, and as whom they read."""
