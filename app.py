"""Makes the app: one import, one call."""

from web import create_app

app = create_app()
