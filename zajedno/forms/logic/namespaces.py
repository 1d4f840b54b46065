"""The XML namespaces of forms, and the names of elements without them."""

from typing import Any

XFORMS, XHTML = "http://www.w3.org/2002/xforms", "http://www.w3.org/1999/xhtml"
JAVAROSA, OPENROSA = "http://openrosa.org/javarosa", "http://openrosa.org/xforms"
OURS = "urn:zajedno:forms"
XF, H, JR = f"{{{XFORMS}}}", f"{{{XHTML}}}", f"{{{JAVAROSA}}}"
"""As lxml writes them before a name."""


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
