"""A port that is closed until it is opened: then it is the database's."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Forwarder:
    """Passes bytes between its own port and another, once `open` is called; `close` cuts every line."""

    def __init__(self, port: int) -> None:
        self._target = port
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._lines: list[socket.socket] = []
        self._door: socket.socket | None = None

    def open(self) -> None:
        """Listen."""
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._welcome, args=(self._door,), daemon=True).start()

    def close(self) -> None:
        """Listen no more and cut what is there."""
        for line in [*self._lines, *([self._door] if self._door else [])]:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._lines, self._door = [], None

    def _welcome(self, door: socket.socket) -> None:
        while True:
            try:
                near, _ = door.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            self._lines += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=_pump, args=(source, target), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
