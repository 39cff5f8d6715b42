"""The bridge view: from a community over its leader and a mentor to an institution; who has no bridge; whom nobody reaches."""
