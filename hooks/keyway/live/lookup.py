"""Looks hosts up so that a name server that is silent holds nobody beyond the deadline."""

import asyncio
import socket
from contextlib import suppress
from threading import Thread
from typing import Any


class LookupLoop(asyncio.SelectorEventLoop):
    """An event loop whose look-ups of hosts are given up with the task that asked.

    The system's look-up cannot be stopped, and asyncio's own threads for it are waited for when a loop ends.
    """

    async def getaddrinfo(self, host: Any, port: Any, **more: int) -> Any:
        """What `socket.getaddrinfo` answers, from a thread that ends with the process at the latest."""
        found = self.create_future()

        def settle(answer: Any, error: OSError | None) -> None:
            if found.done():
                return
            if error is None:
                found.set_result(answer)
            else:
                found.set_exception(error)

        def look() -> None:
            answer, fault = None, None
            try:
                answer = socket.getaddrinfo(host, port, **more)
            except OSError as error:
                fault = error
            with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
                self.call_soon_threadsafe(settle, answer, fault)

        Thread(target=look, daemon=True).start()
        return await found
