"""Carries a child's case along a story of its procedure, by the verbs that people use: for the demo and for tests."""
