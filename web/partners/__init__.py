"""Partners: who they are, what they offer, whom they work with, what hangs on them, what is old."""
