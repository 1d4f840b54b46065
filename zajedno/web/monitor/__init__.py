"""Numbers for who answers for many municipalities: institutions side by side, never a person."""
