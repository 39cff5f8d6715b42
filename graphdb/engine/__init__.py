"""The private Neo4j of one home: what it is made of, how it is fetched, started and watched."""


class EngineError(RuntimeError):
    """The engine could not be fetched or started. The text is for the person at the keyboard."""
