"""Our own small launcher of PostgreSQL, so that nobody has to set up a server for a look or a test. Knows no Django."""

from zajedno.site.database.cluster import ADMIN, LOGIN, Cluster

__all__ = ["ADMIN", "LOGIN", "Cluster"]
