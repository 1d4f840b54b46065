"""How many must be there so that a body may decide."""


def needed(rule: str, seats: int) -> int:
    """Of so many members; nobody decides alone where nobody sits, so one at least."""
    counts = {"more_than_half": seats // 2 + 1, "two_thirds": -(-2 * seats // 3), "all": seats}
    return max(1, counts[rule])
