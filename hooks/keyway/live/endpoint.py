"""Asks an endpoint for its models list: one GET, read carefully; the only module that opens a socket.

It sends a key to no host but those in `hosts.KEY_HOSTS`, follows no redirect, and ends by its deadline
whatever the other side does. It judges nothing: what is not a usable answer is `Unusable`.
"""

import asyncio
import ipaddress
import random
import ssl
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from ..evidence.recording import MAX_BYTES, Recording, from_answer
from ..evidence.row_values import Unusable
from ..schema.hosts import KEY_HOSTS
from ..schema.provider import Provider
from .lookup import LookupLoop
from .secret import Secret

RETRIED = frozenset({429, 502, 503, 504})
"""Statuses that mean `later`. Any other, 401 and 403 above all, is an answer."""

REPEATED = "the answer repeats the key"
ORIGIN = "recorded by `keyway record`"


@dataclass(frozen=True)
class Patience:
    """How long, and how often, an endpoint is asked; times in seconds."""

    deadline: float = 60.0
    """For everything together: a list of 50 kB takes a second, and a maintainer is waiting."""
    silence: float = 15.0
    """For one step (connecting, the next piece) before the attempt is given up."""
    attempts: int = 3
    pause: float = 1.0
    """Before the second attempt, doubled before each further one; half is chance, so that not all knock at once."""
    longest: float = 30.0
    """A `Retry-After` above this is not waited for: asking again earlier would be asking too early."""
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


PATIENCE = (
    f"Each list is asked for {Patience.attempts} times at most, and all of that ends within"
    f" {Patience.deadline:g} seconds, whatever the other side does."
)
"""What a command says of its waiting."""


@dataclass(frozen=True)
class Target:
    """One models list, and the variable whose key opens it."""

    provider: str
    endpoint: str
    address: str
    variable: str


def target(provider: Provider, endpoint: str | None = None) -> Target:
    """The models list of the provider's endpoint (its first, unless named); raises Unusable.

    Host and variable are looked up in the code-owned table: an address in YAML cannot send a key elsewhere.
    """
    name = endpoint or provider.default_endpoint.id
    if name not in provider.endpoints:
        known = ", ".join(provider.endpoints)
        raise Unusable(f"{provider.id} has no endpoint of that name; there are {known}", ours=True)
    chosen = provider.endpoints[name]
    if "models" not in chosen.routes:
        raise Unusable(f"data/providers/{provider.id}.yml gives no `models` route for {name}", ours=True)
    parts = urlsplit(chosen.base_url)
    variable = KEY_HOSTS.get(provider.id, {}).get(chosen.host)
    if variable is None or parts.scheme != "https" or parts.netloc != chosen.host:
        raise Unusable(f"hosts.py lets no key of {provider.id} go to the host of {name}", ours=True)
    return Target(provider.id, name, f"https://{chosen.host}{parts.path}{chosen.routes['models']}", variable)


def ask(
    where: Target, key: Secret, day: date, *, patience: Patience | None = None, loopback: str | None = None
) -> Recording:
    """Ask for the list and return what came as a recording of `day`; raises Unusable, by the deadline.

    `loopback` (http://127.0.0.1:PORT) takes the place of scheme and host in tests; no setting reaches it.
    """
    if key.variable != where.variable:
        raise Unusable(f"{where.endpoint} of {where.provider} takes the key in {where.variable}", ours=True)
    with asyncio.Runner(loop_factory=LookupLoop) as runner:
        body = runner.run(_within(where, key, patience or Patience(), _address(where, loopback)))
    if key.is_in(body.decode("utf-8", "replace")):
        raise Unusable(REPEATED)
    try:
        recording = from_answer(body, where.provider, where.address, day, ORIGIN)
    except Unusable as problem:
        raise (Unusable(REPEATED) if key.is_in(problem.reason) else problem) from None
    if key.is_in(" ".join(str(value) for row in recording.rows for value in row.said.values())):
        raise Unusable(REPEATED)  # letters can be written as escapes in JSON, and are themselves here
    return recording


def _address(where: Target, loopback: str | None) -> str:
    if loopback is None:
        return where.address
    if not ipaddress.ip_address(urlsplit(loopback).hostname or "").is_loopback:
        raise ValueError("tests may use the loopback address only")
    return loopback + urlsplit(where.address).path


async def _within(where: Target, key: Secret, patience: Patience, address: str) -> bytes:
    """Every attempt and pause, cut off at the deadline."""
    try:
        async with asyncio.timeout(patience.deadline):
            return await _attempts(key, patience, address)
    except TimeoutError:
        raise Unusable(f"no whole answer within {patience.deadline:g} seconds") from None


async def _attempts(key: Secret, patience: Patience, address: str) -> bytes:
    headers = {
        "Authorization": f"Bearer {key.reveal()}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "keyway",
    }
    started = asyncio.get_running_loop().time()
    async with httpx.AsyncClient(
        follow_redirects=False, trust_env=False, headers=headers, timeout=patience.silence
    ) as client:
        attempt = 0
        while True:
            attempt += 1
            asked: float | None = None
            try:
                return await _once(client, address, key.variable)
            except _Later as later:
                reason, asked = str(later), _seconds(later.retry_after, patience.now())
            except httpx.TimeoutException:
                reason = f"silence for {patience.silence:g} seconds"
            wait = patience.pause * 2 ** (attempt - 1) * random.uniform(0.5, 1) if asked is None else asked  # noqa: S311
            left = patience.deadline - (asyncio.get_running_loop().time() - started)
            if attempt >= patience.attempts or wait > min(left, patience.longest):
                advice = f", and asks to come back in {asked:.0f} seconds" if asked else ""
                raise Unusable(f"{reason}{advice} ({attempt} of {patience.attempts} attempts)")
            await patience.sleep(wait)


class _Later(Exception):
    """The endpoint answered, and another attempt may find it better."""

    def __init__(self, reason: str, retry_after: str) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


async def _once(client: httpx.AsyncClient, address: str, variable: str) -> bytes:
    """One request; the body of a 200, or an exception that says what came instead and never what was sent."""
    try:
        async with client.stream("GET", address) as response:
            _check(response, variable)
            return await _body(response)
    except httpx.TimeoutException:
        raise
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
        reason = "the connection ended before the answer was whole, or what came is not HTTP"
    except httpx.HTTPError as error:
        insecure = isinstance(_root(error), ssl.SSLError)
        reason = "no secure connection: the certificate or the TLS greeting is wrong" if insecure else "no connection"
    raise Unusable(reason)


def _check(response: httpx.Response, variable: str) -> None:
    status = response.status_code
    if status == 200:
        return
    if status in RETRIED:
        raise _Later(f"the endpoint answered {status}", response.headers.get("retry-after", ""))
    if status == 401:
        raise Unusable(f"the endpoint answered {status}: it does not take the key in {variable}", ours=True)
    if status == 403:
        # An account's plan, the country or network of the sender, or a firewall's rule: the status alone tells nothing.
        raise Unusable(f"the endpoint answered {status}: it, or a firewall before it, refuses this key or this place")
    if 300 <= status < 400:
        raise Unusable(f"the endpoint answered {status}, a redirect; a key does not follow redirects")
    raise Unusable(f"the endpoint answered {status}")


async def _body(response: httpx.Response) -> bytes:
    """The whole body, unpacked, counted while it comes: a small answer can unpack to a large one."""
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("identity", "gzip"):
        raise Unusable("the answer is packed in a way that was not asked for")
    unpacker = zlib.decompressobj(wbits=31) if packed == "gzip" else None
    body, arrived = bytearray(), 0
    async for piece in response.aiter_raw():
        arrived += len(piece)
        try:
            body += unpacker.decompress(piece, MAX_BYTES + 1 - len(body)) if unpacker else piece
        except zlib.error:
            raise Unusable("the answer is packed wrongly") from None
        if max(len(body), arrived) > MAX_BYTES:
            raise Unusable(f"the answer is longer than {MAX_BYTES} bytes")
    if unpacker and not unpacker.eof:
        raise Unusable("the answer ended before it was whole")
    declared = response.headers.get("content-length")
    if declared is not None and declared != str(arrived):
        raise Unusable("the answer is not as long as it says")
    return bytes(body)


def _seconds(retry_after: str, now: datetime) -> float | None:
    """How long a `Retry-After` header asks to wait: seconds or a date; None for none, or nonsense."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now.timestamp())


def _root(error: BaseException) -> BaseException:
    while inner := error.__cause__ or error.__context__:
        error = inner
    return error
