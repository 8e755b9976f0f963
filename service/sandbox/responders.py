"""The development PKI over HTTP: OCSP, time stamps, revocation lists and the CA's certificate.

`application` is plain WSGI and may be mounted anywhere; `serve` runs it in a thread of its own.
"""

from __future__ import annotations

import base64
import binascii
import urllib.parse
import wsgiref.types
from collections.abc import Callable, Iterable
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from cryptography.x509 import ocsp

from service.sandbox.listening import Answering, EachInAThread
from service.sandbox.pki import DevPki

_LONGEST_REQUEST = 64 * 1024


class Responders:
    """The addresses of the PKI as one WSGI application."""

    def __init__(self, pki: DevPki) -> None:
        self._pki = pki
        self._files: dict[str, tuple[str, Callable[[], bytes]]] = {
            "/nca.crl": ("application/pkix-crl", pki.crl),
            "/root.crl": ("application/pkix-crl", pki.root_crl),
            "/nca.cer": ("application/pkix-cert", lambda: pki.intermediates[0]),
        }

    def __call__(
        self, environ: wsgiref.types.WSGIEnvironment, start_response: wsgiref.types.StartResponse
    ) -> Iterable[bytes]:
        """Answer one request."""
        status, kind, body = self._answer(environ["PATH_INFO"], environ)
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, path: str, environ: wsgiref.types.WSGIEnvironment) -> tuple[str, str, bytes]:
        if path == "/tsa" and environ["REQUEST_METHOD"] == "POST":
            return "200 OK", "application/timestamp-reply", self._pki.stamping.answer(_body(environ))
        if path == "/ocsp" or path.startswith("/ocsp/"):
            return "200 OK", "application/ocsp-response", self._ocsp(path, environ)
        if path in self._files:
            kind, content = self._files[path]
            return "200 OK", kind, content()
        return "404 Not Found", "text/plain", b"not found"

    def _ocsp(self, path: str, environ: wsgiref.types.WSGIEnvironment) -> bytes:
        if environ["REQUEST_METHOD"] == "POST":
            return self._pki.ocsp_answer(_body(environ))
        encoded = urllib.parse.unquote(path.removeprefix("/ocsp").removeprefix("/"))
        try:
            return self._pki.ocsp_answer(base64.b64decode(encoded, validate=True))
        except binascii.Error:
            return self._pki.ocsp_refusal(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)


def application(pki: DevPki) -> wsgiref.types.WSGIApplication:
    """The PKI's addresses, relative to where it is mounted: /ocsp, /tsa, /nca.crl, /root.crl, /nca.cer."""
    return Responders(pki)


def _body(environ: wsgiref.types.WSGIEnvironment) -> bytes:
    length = min(int(environ.get("CONTENT_LENGTH") or 0), _LONGEST_REQUEST)
    body: bytes = environ["wsgi.input"].read(length)
    return body


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: OCSP addresses hold numbers of certificates."""


class _Server(EachInAThread, WSGIServer):
    pass


class Server:
    """A bound but silent server; `start` gives it the PKI, whose certificates need to know the port first."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self._server = _Server((host, port), _Handler)
        self._answering: Answering | None = None
        self.port = self._server.server_port
        self.url = f"http://{host}:{self.port}"

    def start(self, application: wsgiref.types.WSGIApplication) -> Server:
        """Answer requests in a thread until `stop`."""
        self._server.set_app(application)
        self._answering = Answering(self._server)
        return self

    def stop(self) -> None:
        """Stop answering and free the port."""
        if self._answering is None:
            self._server.server_close()
        else:
            self._answering.stop()


def serve(pki: DevPki, host: str = "127.0.0.1", port: int = 0) -> Server:
    """Serve the PKI in a thread; the running server has `port`, `url` and `stop()`."""
    return Server(host, port).start(application(pki))
