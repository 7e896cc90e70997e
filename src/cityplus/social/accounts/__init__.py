"""An account as its person has it: what its page says, and what becomes of everything when they leave."""
