"""Registers that come in by stages, whatever they hold: the desks say which, and mount them."""
