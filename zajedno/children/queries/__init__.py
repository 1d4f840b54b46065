"""Reads of the room. A read starts from `queries.child.visible_to`: you can only find what you may see."""
