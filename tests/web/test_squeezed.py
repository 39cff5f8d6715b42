"""Style sheets and scripts come compressed, whole, and not twice; a page with a token never does."""

from __future__ import annotations

import gzip

import pytest


@pytest.mark.parametrize(
    "url", ["/packaged/bootstrap.min.css", "/static/theme.css", "/static/phone.js", "/static/icon.svg"]
)
def test_a_file_is_the_same_compressed_and_not_sent_again(app, url):
    client, gzipped = app.test_client(), {"Accept-Encoding": "gzip"}
    with client.get(url) as plain, client.get(url, headers=gzipped) as small:
        assert "Content-Encoding" not in plain.headers
        assert small.headers["Content-Encoding"] == "gzip"
        assert small.headers["Content-Length"] == str(len(small.data))
        assert "Accept-Encoding" in small.headers["Vary"]
        assert "Accept-Encoding" in plain.headers["Vary"], "a cache between keeps the two apart"
        assert gzip.decompress(small.data) == plain.data
        for tag in (small.headers["ETag"], plain.headers["ETag"]):
            with client.get(url, headers={**gzipped, "If-None-Match": tag}) as again:
                assert again.status_code == 304


@pytest.mark.parametrize(
    "url", ["/static/../routes.py", "/static/nothing.css", "/packaged/nothing.css", "/static/%2e%2e/routes.py"]
)
def test_nothing_else_is_reached(app, url):
    assert app.test_client().get(url, headers={"Accept-Encoding": "gzip"}).status_code == 404


def test_a_page_with_a_token_is_never_compressed(sign_in):
    page = sign_in("coordinator").get("/account/", headers={"Accept-Encoding": "gzip"})
    assert "csrf_token" in page.text
    assert "Content-Encoding" not in page.headers
