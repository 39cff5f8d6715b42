"""The private server, started for real."""

from neo4j import GraphDatabase

from graphdb.server import Address


def test_the_server_takes_statements(server: Address) -> None:
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        assert driver.execute_query("RETURN 1 AS one", database_=server.database).records[0]["one"] == 1
