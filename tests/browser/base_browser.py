"""For tests in a real browser: pages served on loopback, axe, and a list of what the browser complained of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from service.sandbox.listening import Answering

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
AXE_ADDRESS = "/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_COMPLAINTS: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def with_axe(app: WSGIApplication) -> WSGIApplication:
    """These pages, and beside them axe: what the browser makes of a script that comes from a server it keeps."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = environ["PATH_INFO"] == AXE_ADDRESS
        return (axe() if asked else app)(environ, start_response)

    return answer


@cache
def axe() -> Response:
    """The script that finds barriers."""
    headers = {"Cache-Control": "max-age=3600"}
    return Response(AXE.read_bytes(), mimetype="text/javascript", headers=headers)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the pages on a free port of loopback; gives the address."""
    server = make_server("127.0.0.1", 0, with_axe(app), threaded=True)
    answering = Answering(server)
    try:
        yield f"http://127.0.0.1:{answering.port}"
    finally:
        answering.stop()


@contextmanager
def opened(browser: Browser, width: int = 1280, **options: Any) -> Iterator[Page]:
    """Open an empty page of this width; `complaints` lists what the browser does not like in it."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    found = _COMPLAINTS.setdefault(page, [])
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    try:
        yield page
    finally:
        context.close()


def complaints(page: Page) -> list[str]:
    """Give what the browser has complained of on an opened page since this list was last cleared."""
    return _COMPLAINTS[page]


SCHEMES = {
    "light": ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 255)"],
    "dark": ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgb(255, 233, 77)"],
    "sepia": ["rgb(247, 243, 214)", "rgb(59, 39, 22)", "rgb(91, 26, 0)"],
    "blue": ["rgb(157, 209, 255)", "rgb(6, 52, 98)", "rgb(6, 37, 90)"],
}
"""Ground, text and links of each scheme."""
FOREIGN_COLOURS = """own => {
  const none = "rgba(0, 0, 0, 0)", found = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest(".diagram__frame")) continue;
    for (const side of ["::before", "::after"]) {
      const style = getComputedStyle(element, side);
      if (["none", "normal"].includes(style.content) || style.display === "none") continue;
      const sides = ["top", "right", "bottom", "left"].filter(each => parseFloat(style[`border-${each}-width`]) > 0);
      const colours = [style.backgroundColor, ...sides.map(each => style[`border-${each}-color`])];
      if (style.content !== '""') colours.push(style.color);
      const foreign = colours.filter(each => each !== none && !own.includes(each));
      if (foreign.length || style.boxShadow !== "none") 
        found.add(`${element.className}${side}: ${foreign} ${style.boxShadow}`);
    }
  }
  return [...found];
}"""
"""What stands before or after an element in another colour than these, for the version for the visually impaired."""

OF_WORDS = [
    "aria-command-name", "aria-dialog-name", "aria-input-field-name", "aria-meter-name", "aria-progressbar-name",
    "aria-toggle-field-name", "aria-tooltip-name", "aria-treeitem-name", "button-name", "document-title",
    "empty-heading", "empty-table-header", "form-field-multiple-labels", "html-has-lang", "html-lang-valid",
    "html-xml-lang-mismatch", "image-alt", "image-redundant-alt", "input-button-name", "label", "label-title-only",
    "landmark-unique", "link-name", "role-img-alt", "select-name", "summary-name", "svg-img-alt",
    "table-duplicate-name", "valid-lang",
]  # fmt: skip
"""Rules whose outcome depends on the words of a page. In another language nothing else is new: the page is the same."""
OF_LOOKS = ["color-contrast", "target-size"]
"""Rules whose outcome depends on colours and sizes alone."""
OF_VERSION = [*OF_LOOKS, "landmark-unique", "link-in-text-block", "scrollable-region-focusable"]
"""Rules whose outcome another version of the same page can change: what looks decide wholly or in part, and whether
the panel of the version, whose own parts are the same on every page, bears the name of a part of this one."""

EVERY_RULE = "RUQSAT_EVERY_RULE" in os.environ
"""Whether every rule is applied to every view, also where nothing new can come of it: `make barriers`."""

RUN = """async ([address, tags, only, without, away]) => {
  if (!window.axe) await new Promise((loaded, failed) => {
    const script = Object.assign(document.createElement("script"), {src: address, onload: loaded, onerror: failed});
    document.head.append(script);
    script.remove();
  });
  const rules = Object.fromEntries(without.map(rule => [rule, {enabled: false}]));
  const run = only.length ? {type: "rule", values: only} : {type: "tag", values: tags};
  const options = {runOnly: run, rules: only.length ? {} : rules, resultTypes: ["violations"]};
  return axe.run({exclude: away.map(part => [part])}, options).then(found =>
    found.violations.map(each => `${each.id}: ${each.help} at ${each.nodes[0].target}`));
}"""


def violations(
    page: Page, *, only: Sequence[str] = (), without: Sequence[str] = (), away: Sequence[str] = ()
) -> list[str]:
    """Run axe over the page as it is now; one line for each violation, with the first place.

    `only`: the rules that what is new can change, where the page was examined before. `without`: rules that are settled
    already. `away`: parts of the page that are examined elsewhere.
    """
    if EVERY_RULE:
        only = without = ()
    found: list[str] = page.evaluate(RUN, [AXE_ADDRESS, TAGS, list(only), list(without), list(away)])
    return found


A_WHILE = 1500
"""Milliseconds after which a form saves itself when nothing more is typed, and some."""


def fill_and_rest(page: Page, field: str, text: str) -> None:
    """Type into a field and nothing more for a while, as the page's own clock tells: nobody waits for it."""
    page.clock.install()
    page.fill(field, text)
    page.clock.run_for(A_WHILE)


def scrolls_sideways(page: Page) -> bool:
    """Say whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
