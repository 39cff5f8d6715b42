"""Trust in forwarded addresses: none, unless the settings say how many proxies stand in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from flask import Flask

    from graphdb.settings import Settings


def install(app: Flask, settings: Settings) -> None:
    """Read the caller's address and scheme from as many proxies as MREZHA_PROXY names."""
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
