"""Plain Python about places: reading a pack, resolving a written name. Knows no database."""
