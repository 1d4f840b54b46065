"""Figures as open data: for everybody, by pages and by files that programs read. Nothing of a child is within reach."""
