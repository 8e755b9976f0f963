"""A door that shows every part of the pages once: the browser tests look at them, and so may people."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Blueprint, Flask, Response, render_template_string, request
from playwright.sync_api import Browser, Page

from service.domain.calendar import WorkCalendar
from service.domain.days import CalendarEntry
from service.domain.terms import explain
from service.domain.worktime import closing
from service.sandbox import ncalayer
from service.sandbox.pki import DevPki
from service.web import create_app, sessions
from service.web.boxes import File, JournalLine, OutlineStep, deadline_box
from service.web.lists import Column, Listing, Order
from service.web.navigation import Door, Section, describes
from service.web.signing import Signing, ToSign, signatures
from tests.browser.base_browser import complaints, opened, served
from tests.web.ground_stub import Services, Settings, cabinet

NAMES = {"kk": "Наурыз мейрамы", "ru": "Наурыз мейрамы", "en": "Nauryz"}
CALENDAR = WorkCalendar(
    [
        CalendarEntry(
            date(2026, 4, day),
            "holiday",
            NAMES,
            "«Қазақстан Республикасындағы мерекелер туралы» Заң",
            date(2025, 1, 1),
        )
        for day in (7, 8)
    ],
    years=[2026],
)

HERE = Path(__file__).parent
PARTS = (HERE / "base_parts.html").read_text("utf-8")
DIAGRAM = (HERE / "base_diagram.bpmn").read_text("utf-8")


def parts_door() -> Blueprint:
    door = Blueprint("parts", __name__)

    @describes(door)
    def _describe() -> Door:
        sections = (
            Section("/parts", "Менің тапсырмаларым"),
            Section("/all", "Барлық істер"),
            Section("/calendar", "Күнтізбе"),
        )
        return Door("Қызметкерлер кеңсесі", "/parts", sections, "Бастамова Г. С.", "/sign-out", applicant=True)

    @door.route("/parts", methods=["GET", "POST"])
    def parts() -> str:
        now = datetime(2026, 4, 6, 5, 0, tzinfo=UTC)
        registered = date(2026, 4, 3)
        columns = (
            Column("number", "Нөмірі", True),
            Column("name", "Өтініш беруші"),
            Column("due", "Мерзімі", True, True),
        )
        order = Order.asked(columns, "due")
        rows = [(f"P-2026-{number:06}", "«Үлгі Активтер» ЖШС", date(2026, 4, 9)) for number in range(1, 4)]
        return render_template_string(
            PARTS,
            received=signatures(2) if request.method == "POST" else None,
            boxes=[
                deadline_box(
                    CALENDAR,
                    now,
                    closing(CALENDAR, CALENDAR.after(registered, days)),
                    title=title,
                    law=law,
                    explanation=explain(CALENDAR, registered, days),
                )
                for days, title, law in ((2, "Толықтығын тексеру", "R6.1"), (5, "Қызмет көрсету мерзімі", "A1.4"))
            ]
            + [
                deadline_box(
                    CALENDAR,
                    now + timedelta(days=30),
                    closing(CALENDAR, date(2026, 4, 10)),
                    title="Тыңдау туралы хабарлама",
                    law="R8.1",
                )
            ],
            steps=[
                OutlineStep("Өтініш берілді", "done", "Өтініш беруші", "03.04.2026, 11:20", "R3.2"),
                OutlineStep("Толықтығын тексеру", "done", "Жауапты бөлімше", "06.04.2026, 10:00", "R6.1"),
                OutlineStep("Құжаттарды қарау", "current", "Жауапты бөлімше", "09.04.2026 дейін", "R7.1", late=True),
                OutlineStep("Тыңдау", "skipped"),
                OutlineStep("Рұқсатқа қол қою", "next", "Басшы", "", "R9.1"),
            ],
            journal=[
                JournalLine(now, "Өтініш тіркелді", "Жүйе", ("Нөмірі: P-2026-000123",)),
                JournalLine(now, "Мерзім өткізіп алынды: құжаттардың толықтығын тексеру", "Жүйе", bad=True),
            ],
            files=[
                File(
                    "Кепілдік хат — қол қойылған нұсқа.pdf",
                    "/file/1",
                    1_500_000,
                    "PDF",
                    "Кепілдік хат",
                    "№ 12, 01.03.2026",
                    (("Жарамды", "good"),),
                ),
                File(
                    "келісім.png", "/file/2", 12_000, "PNG", "Шарт", "", (("Мерзімі өткен", "bad"),), remove="/remove"
                ),
            ],
            listing=Listing(columns, rows, order, total=260),
            signing=Signing(
                [ToSign("Өтініш P-2026-000123", "мазмұны".encode(), "/file/3"), ToSign("Қосымша", b"annex")],
                iin="850615399019",
                offered_personas=[("entrepreneur", "Үлгібаев Н. С., жеке кәсіпкер")],
            ),
        )

    @door.get("/diagram.bpmn")
    def diagram() -> Response:
        return Response(DIAGRAM, mimetype="application/xml")

    @door.get("/enter/<iin>")
    def enter(iin: str) -> str:
        sessions.sign_in("cabinet", iin, name="Үлгібаев Н. С.")
        return request.path

    return door


def make_parts_app(ncalayer_url: str = "ws://127.0.0.1:9", *, demo: bool = True) -> Flask:
    return create_app(Services(Settings(demo=demo, ncalayer_url=ncalayer_url)), [cabinet(), parts_door()])


@pytest.fixture(scope="module")
def nca(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ncalayer.NcaLayer]:
    program = ncalayer.start(DevPki(tmp_path_factory.mktemp("pki"), "http://127.0.0.1:1"))
    yield program
    program.stop()


@pytest.fixture(scope="module")
def address(nca: ncalayer.NcaLayer) -> Iterator[str]:
    app = make_parts_app(nca.url)
    app.config["RATELIMIT_ENABLED"] = False
    with served(app) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser) as found:
        found.goto(f"{address}/enter/850615399019")
        yield found


def show(page: Page, address: str, path: str, ready: str = "main") -> None:
    complaints(page).clear()
    page.goto(address + path)
    page.wait_for_selector(ready)
