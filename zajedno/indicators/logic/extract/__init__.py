"""Rows for research: under invented keys, so coarse that nobody in them stands alone, with a dictionary of columns."""
