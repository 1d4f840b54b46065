"""Hours as people write them."""


def hour_of(text: str) -> tuple[int, int]:
    """Hour and minute of "9", "9:30", "09.30" or "930"; ValueError when it is none of them."""
    digits = text.strip().replace(".", ":").replace(",", ":").removesuffix("h").strip()
    hour, _sep, minute = digits.partition(":")
    if not minute and len(hour) > 2:
        hour, minute = hour[:-2], hour[-2:]
    found = int(hour), int(minute or 0)
    if not (0 <= found[0] < 24 and 0 <= found[1] < 60):
        raise ValueError(text)
    return found
