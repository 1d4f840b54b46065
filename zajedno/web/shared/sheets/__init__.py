"""Filling in any form in the pages of the design system: pages, questions as inputs, checking, sending, paper."""
