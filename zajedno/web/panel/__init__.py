"""The desk of an intersectoral commission: coordinator, president, members."""
