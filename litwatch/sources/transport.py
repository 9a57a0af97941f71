"""One request to E-utilities, tried until it is answered: paced, patient within limits, and silent about secrets."""

from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, LocationValueError, ReadTimeoutError

from litwatch.errors import SourceError, SourceRefused, SourceUnavailable
from litwatch.ports import Clock
from litwatch.sources.eutils import EutilsSettings
from litwatch.sources.pacing import Pacer

T = TypeVar("T")

LONGEST_PAUSE = 120.0
"""Seconds; a server that asks to be left alone for longer is not waited for."""

LARGEST_BODY = 256 * 2**20
"""Bytes; 500 records take about 5 MB, so whatever is larger is no batch of records."""

_CHUNK = 2**18
_REDACTABLE = 2**16
_UNUSABLE_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    LocationValueError,
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Operation:
    """One search or fetch: when it must have ended, and how many requests it has cost so far."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self.ends = clock.monotonic() + seconds
        self.requests = 0

    @property
    def seconds_left(self) -> float:
        """Seconds until the operation must have ended."""
        return self.ends - self._clock.monotonic()

    def cancel(self) -> None:
        """End it now: nothing more is sent for it."""
        self.ends = float("-inf")


class Transport:
    """Posts to the programs of E-utilities at ``host``; threads may share it."""

    def __init__(
        self,
        settings: EutilsSettings,
        clock: Clock,
        session: requests.Session | None,
        jitter: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._jitter = jitter
        self.host = _host_of(settings.base_url)
        self._session = session or _new_session(settings, self.host)
        self._pacer = Pacer(settings.requests_per_second, clock)
        self._identity = {"db": "pubmed", "tool": settings.tool, "email": settings.email}
        if settings.api_key:
            self._identity["api_key"] = settings.api_key

    def begin(self) -> Operation:
        """Start the time budget of a search or a fetch."""
        return Operation(self._clock, self._settings.budget)

    def call(
        self, program: str, parameters: Mapping[str, str], parse: Callable[[bytes, int], T], operation: Operation
    ) -> T:
        """What ``parse`` makes of the reply; while it raises SourceUnavailable, the request is sent again.

        Raises the last SourceUnavailable when tries or time are used up, and SourceRefused at once.
        """
        tries, failure = 0, f"{self.host} was not asked"
        while self._pacer.admit(operation.ends):
            tries += 1
            operation.requests += 1
            try:
                return self._try(program, parameters, parse, operation)
            except SourceUnavailable as error:
                failure, retry_after = str(error), error.retry_after
            if tries == self._settings.max_tries:
                raise SourceUnavailable(f"{failure} (tried {tries} times)")
            pause = max(retry_after or 0.0, 2.0 ** (tries - 1) * (1 + self._jitter()) / 2)
            if pause > min(LONGEST_PAUSE, operation.seconds_left):
                raise SourceUnavailable(f"{failure} (the next try would be in {pause:.0f} s)", retry_after)
            if retry_after is None:
                self._clock.sleep(pause)
            else:  # the server asks everyone here to pause
                self._pacer.hold_off(pause)
        raise SourceUnavailable(f"{failure} (the time budget of {self._settings.budget:g} s is used up)")

    def _try(
        self, program: str, parameters: Mapping[str, str], parse: Callable[[bytes, int], T], operation: Operation
    ) -> T:
        status, headers, body = self._post(program, parameters, operation)
        key = (self._settings.api_key or "").encode()
        if key and key in body[:_REDACTABLE]:  # an error may quote it
            body = body.replace(key, b"[API key]")
        try:
            return parse(body, status)
        except SourceUnavailable as error:
            error.retry_after = self._seconds_to_wait(headers.get("Retry-After", ""))
            raise

    def _post(
        self, program: str, parameters: Mapping[str, str], operation: Operation
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Send once and read the whole reply: status, headers, body.

        The errors of requests and urllib3 end here. They are not chained to ours: they hold the request, and the
        request holds the API key.
        """
        left = max(operation.seconds_left, 0.001)
        connecting, silent = self._settings.timeout
        try:
            with self._session.post(
                self._settings.base_url + program,
                data={**self._identity, **parameters},
                timeout=(min(connecting, left), min(silent, left)),
                stream=True,
                allow_redirects=False,
            ) as response:
                return response.status_code, response.headers, self._read(response, operation)
        except (requests.RequestException, HTTPError) as error:
            failure = _translated(error, self.host)
        raise failure

    def _read(self, response: requests.Response, operation: Operation) -> bytes:
        """The body, decompressed. Each read takes what has come, so that a reply that trickles in is noticed."""
        ends = min(self._clock.monotonic() + self._settings.reply_timeout, operation.ends)
        chunks, size = [], 0
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            chunks.append(chunk)
            size += len(chunk)
            if size > LARGEST_BODY:
                raise SourceRefused(f"{self.host} sent more than {LARGEST_BODY:,} bytes in one reply")
            if self._clock.monotonic() > ends:
                raise SourceUnavailable(f"{self.host} was still sending when its time was up, after {size:,} bytes")
        return b"".join(chunks)

    def _seconds_to_wait(self, retry_after: str) -> float | None:
        """Retry-After in seconds, given so or as a date (RFC 9110, 10.2.3); None when it says nothing."""
        if retry_after.strip().isdecimal():
            return float(retry_after)
        try:
            when = parsedate_to_datetime(retry_after)
            return max(0.0, (when - self._clock.now()).total_seconds())
        except (TypeError, ValueError):
            return None


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:  # an address so wrong that the first request will be the one to say it
        return url


def _new_session(settings: EutilsSettings, host: str) -> requests.Session:
    session = requests.Session()
    adapter = HTTPAdapter(pool_maxsize=settings.in_flight)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.trust_env = host not in _LOOPBACK  # a proxy from the environment cannot reach this machine's own ports
    return session


def _translated(error: requests.RequestException | HTTPError, host: str) -> SourceError:
    """Our error for one of requests or urllib3."""
    reason = _reason(error)
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return SourceRefused(
            f"the certificate of {host} is not trusted here; behind a proxy that opens TLS connections, "
            "name its certificate in REQUESTS_CA_BUNDLE"
        )
    if isinstance(error, _UNUSABLE_ADDRESS):
        return SourceRefused(f"{host} cannot be asked: {reason}; check the base URL")
    if isinstance(error, requests.Timeout | ReadTimeoutError):
        return SourceUnavailable(f"{host} did not answer in time: {reason}")
    if isinstance(error, requests.exceptions.ProxyError):
        return SourceUnavailable(f"the proxy on the way to {host} failed: {reason}")
    if isinstance(error, requests.ConnectionError):
        return SourceUnavailable(f"no connection to {host}: {reason}")
    return SourceUnavailable(f"the reply of {host} broke off: {reason}")


def _reason(error: BaseException) -> str:
    """What the operating system says is behind ``error``, else the type of what is deepest.

    Never the message of the error itself, which may hold a proxy's address with the password in it.
    """
    while True:
        if isinstance(error, OSError) and not isinstance(error, requests.RequestException) and error.strerror:
            return error.strerror
        deeper = error.__cause__ or error.__context__
        if deeper is None:
            return type(error).__name__
        error = deeper
