"""The shapes of answers. Every field says what it is and has an example, from which the manual makes its answers."""
