"""The log-in role and the database inside a cluster."""

import psycopg
from psycopg import sql

from zajedno.site.database.cluster import ADMIN, LOGIN, Cluster
from zajedno.site.database.passwords import read


def prepare(cluster: Cluster, database: str = "zajedno") -> bool:
    """Make the role that logs in (no rights, inherits none) and the database. True when the database is new."""
    password = read(cluster.folder / "postgres.json")[LOGIN]
    with psycopg.connect(cluster.url(ADMIN, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [LOGIN]).fetchone():
            statement = "CREATE ROLE {} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}"
            connection.execute(sql.SQL(statement).format(sql.Identifier(LOGIN), sql.Literal(password)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            return False
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(LOGIN))
        )
        return True
