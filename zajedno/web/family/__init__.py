"""The family desk: a parent sees the procedures of their own children, in plain words, and acts in them."""
