"""For tests in a real browser: pages served on loopback, axe, and a list of what the browser complained of."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_COMPLAINTS: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the pages on a free port of loopback; gives the address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


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


OF_WORDS = [
    "aria-command-name", "aria-dialog-name", "aria-input-field-name", "aria-meter-name", "aria-progressbar-name",
    "aria-toggle-field-name", "aria-tooltip-name", "aria-treeitem-name", "button-name", "document-title",
    "empty-heading", "empty-table-header", "form-field-multiple-labels", "html-has-lang", "html-lang-valid",
    "html-xml-lang-mismatch", "image-alt", "image-redundant-alt", "input-button-name", "label", "label-title-only",
    "landmark-unique", "link-name", "role-img-alt", "select-name", "summary-name", "svg-img-alt",
    "table-duplicate-name", "valid-lang",
]  # fmt: skip
"""Rules whose outcome depends on the words of a page. In another language nothing else is new: the page is the same."""
OF_LOOKS = ("color-contrast", "target-size")
"""Rules whose outcome depends on colours and sizes alone."""

RUN = """([tags, words, without, away]) => {
  const rules = Object.fromEntries(without.map(rule => [rule, {enabled: false}]));
  const only = words ? {type: "rule", values: words} : {type: "tag", values: tags};
  const options = {runOnly: only, rules: words ? {} : rules, resultTypes: ["violations"]};
  return axe.run({exclude: away.map(part => [part])}, options).then(found =>
    found.violations.map(each => `${each.id}: ${each.help} at ${each.nodes[0].target}`));
}"""


def violations(page: Page, *, words: bool = False, without: Sequence[str] = (), away: Sequence[str] = ()) -> list[str]:
    """Run axe over the page as it is now; one line for each violation, with the first place.

    `words`: only what another language can change. `without`: rules that are settled already. `away`: parts of the page
    that are examined elsewhere.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found: list[str] = page.evaluate(RUN, [TAGS, OF_WORDS if words else None, list(without), list(away)])
    return found


@cache
def axe() -> str:
    """The script that finds barriers."""
    return AXE.read_text("utf-8")


def scrolls_sideways(page: Page) -> bool:
    """Say whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
