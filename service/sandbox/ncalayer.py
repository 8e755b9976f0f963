"""A stand-in for NCALayer, the signing program of the National CA: same messages, real signatures, development keys.

It listens on a websocket and answers one request at a time with the modules `kz.gov.pki.knca.basics` (method `sign`,
format `cms`) and `kz.gov.pki.knca.commonUtils`. The real program listens at wss://127.0.0.1:13579 and lets a person
pick a key in a window; here `signing_desk` tells which key is picked and understands the module `ruqsat.sandbox`.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable, Sequence
from typing import Any

from websockets.sync.client import connect
from websockets.sync.server import Server, ServerConnection, serve
from websockets.typing import Origin

from service.domain.errors import RuqsatError
from service.sandbox.pki import DevPki
from service.sandbox.signing_desk import Chooser, Declined, SigningDesk

LOOPBACK_PAGES: tuple[re.Pattern[str] | None, ...] = (
    re.compile(r"https?://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?"),
    None,
)
"""Pages of this machine; None are programs, which send no Origin at all."""

_LONGEST_MESSAGE = 64 * 1024 * 1024

Answer = dict[str, Any]


class NcaLayer:
    """A running stand-in: `port`, `url`, the `chooser` with the persona in hand, and `stop()`."""

    def __init__(self, server: Server, host: str, chooser: Chooser) -> None:
        self._server = server
        self.chooser = chooser
        self.port: int = server.socket.getsockname()[1]
        self.url = f"ws://{host}:{self.port}"
        self._thread = threading.Thread(target=server.serve_forever, name="sandbox-ncalayer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and free the port."""
        self._server.shutdown()
        self._thread.join()


def start(
    pki: DevPki,
    host: str = "127.0.0.1",
    port: int = 0,
    tsa: str | None = None,
    chooser: Chooser | None = None,
    origins: Sequence[str | re.Pattern[str] | None] = LOOPBACK_PAGES,
) -> NcaLayer:
    """Start the stand-in in a thread. `tsa` is the address of the time-stamping service; None asks the PKI directly.

    Pages whose Origin is not among `origins` are turned away with 403.
    """
    chooser = chooser or Chooser()
    desk = SigningDesk(pki, chooser, tsa)
    allowed = [origin if origin is None or isinstance(origin, re.Pattern) else Origin(origin) for origin in origins]
    server = serve(lambda socket: _converse(socket, desk), host, port, origins=allowed, max_size=_LONGEST_MESSAGE)
    return NcaLayer(server, host, chooser)


def _converse(socket: ServerConnection, desk: SigningDesk) -> None:
    socket.send(json.dumps({"result": {"version": "1.4-sandbox"}}))
    for message in socket:
        socket.send(json.dumps(_answer(message, desk), ensure_ascii=False))


def _answer(message: str | bytes, desk: SigningDesk) -> Answer:
    try:
        request = json.loads(message)
        module = _MODULES.get(request.get("module"))
    except (ValueError, AttributeError):
        return _common_error("request is not JSON")
    if module is None:
        return _common_error("module not found")
    return module(desk, str(request.get("method")), request.get("args") or {})


def _basics(desk: SigningDesk, method: str, args: dict[str, Any]) -> Answer:
    if method != "sign" or args.get("format") != "cms":
        return _basics_error("only signatures of the format cms are made here")
    parameters = args.get("signingParams") or {}
    data = args.get("data")
    documents: list[Any] = data if isinstance(data, list) else [data]
    try:
        results = [
            desk.sign(
                base64.b64decode(each, validate=True) if parameters.get("decode") else str(each).encode(),
                args.get("signerParams") or {},
                detached=not parameters.get("encapsulate"),
                stamped=parameters.get("tsaProfile") is not None,
            )
            for each in documents
        ]
    except Declined:
        return {"status": True, "body": {}}
    except (RuqsatError, ValueError, TypeError, OSError) as error:
        return _basics_error(str(error))
    return {"status": True, "body": {"result": [base64.b64encode(cms).decode() for cms in results]}}


def _common_utils(desk: SigningDesk, method: str, args: Any) -> Answer:
    if method == "getActiveTokens":
        return {"code": "200", "responseObject": []}
    if method != "createCAdESFromBase64" or not isinstance(args, list) or len(args) != 4:
        return _common_error(f"unknown method {method}")
    _, kind, data, attached = args
    purpose = "1.3.6.1.5.5.7.3.4" if kind == "SIGNATURE" else "1.3.6.1.5.5.7.3.2"
    try:
        cms = desk.sign(
            base64.b64decode(data, validate=True), {"extKeyUsageOids": [purpose]}, detached=not attached, stamped=True
        )
    except Declined:
        return _common_error("action.canceled")
    except (RuqsatError, ValueError, TypeError, OSError) as error:
        return _common_error(str(error))
    return {"code": "200", "responseObject": base64.b64encode(cms).decode()}


def _sandbox(desk: SigningDesk, method: str, args: dict[str, Any]) -> Answer:
    chooser = desk.chooser
    if method == "personas":
        return {"status": True, "body": {"personas": desk.personas(), "chosen": chooser.chosen}}
    if method == "choose":
        try:
            chooser.choose(args.get("persona"))
        except KeyError:
            return _basics_error(f"unknown persona {args.get('persona')}")
        return {"status": True, "body": {"chosen": chooser.chosen}}
    if method == "decline":
        chooser.decline()
        return {"status": True, "body": {}}
    return _basics_error(f"unknown method {method}")


_MODULES: dict[object, Callable[[SigningDesk, str, Any], Answer]] = {
    "kz.gov.pki.knca.basics": _basics,
    "kz.gov.pki.knca.commonUtils": _common_utils,
    "ruqsat.sandbox": _sandbox,
}


def _basics_error(message: str) -> Answer:
    return {"status": False, "code": "500", "message": message, "details": message}


def _common_error(message: str) -> Answer:
    return {"code": "500", "message": message}


def sign(url: str, data: bytes, persona: str, *, origin: str | None = None) -> bytes:
    """Sign as a page in the browser would: choose a persona, ask for a stamped detached CMS, return it (R3.3).

    Raises Declined when the key does not sign, ValueError when the program answers with an error.
    """
    with connect(url, origin=None if origin is None else Origin(origin), proxy=None, max_size=None) as socket:
        socket.recv()
        _ask(socket.send, socket.recv, {"module": "ruqsat.sandbox", "method": "choose", "args": {"persona": persona}})
        request = {
            "module": "kz.gov.pki.knca.basics",
            "method": "sign",
            "args": {
                "format": "cms",
                "data": base64.b64encode(data).decode(),
                "signingParams": {"decode": True, "encapsulate": False, "digested": False, "tsaProfile": {}},
                "signerParams": {},
                "locale": "kk",
            },
        }
        body = _ask(socket.send, socket.recv, request)
    if "result" not in body:
        raise Declined(persona=persona)
    return base64.b64decode(body["result"][0])


def _ask(send: Callable[[str], None], receive: Callable[[], str | bytes], request: Answer) -> Answer:
    send(json.dumps(request))
    answer = json.loads(receive())
    if not answer["status"]:
        raise ValueError(answer["message"])
    body: Answer = answer["body"]
    return body
