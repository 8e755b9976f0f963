"""Answers that nobody should trust end as NotDelivered, soon and with little memory (R4.1)."""

from __future__ import annotations

import contextlib
import gzip
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from service.adapters import gbd
from service.adapters.shep import ShepChannel, ShepTransport
from service.adapters.shep_envelope import parse, read_async_receipt, read_sync_answer
from service.domain.channels import COMPANY, PERSON, NotDelivered, Trouble
from service.sandbox.http import LoopbackServer, Reply
from service.sandbox.personas import COMPANY_BIN, PERSONAS
from service.sandbox.shep_registers import answer
from service.sandbox.shep_xml import receipt, sync_answer
from tests.adapters.gateway import NOON, message, settings

IIN = PERSONAS["person"].iin
OTHER_IIN = PERSONAS["company_head"].iin


def wrapped(data: str, code: str = "SCSS001") -> bytes:
    return (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
        '<r:SendMessageResponse xmlns:r="http://bip.bee.kz/SyncChannel/v10/Types"><response><responseInfo>'
        f"<responseDate>2026-04-20T12:00:00+05:00</responseDate><status><code>{code}</code><message>-</message></status>"
        f"</responseInfo><responseData>{data}</responseData></response></r:SendMessageResponse></S:Body></S:Envelope>"
    ).encode()


def ask(reply: Reply, **changes: Any) -> NotDelivered:
    with LoopbackServer(lambda path, body: reply) as server:
        shep = ShepChannel(ShepTransport(settings(server.url, **changes)))
        with pytest.raises(NotDelivered) as refused:
            shep.send(message(PERSON, {"iin": IIN}))
    assert refused.value.temporary
    return refused.value


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><l>&d;&d;&d;</l>'
)
OUTSIDE_FILE = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><l>&x;</l>'


IMPROPER = {
    "nothing": b"",
    "no_text": b"\x00\xff\xfe",
    "words": b"502 Bad Gateway",
    "web_page": b"<html><body>hello</body></html>",
    "unclosed": b"<a>" * 100_000,
    "deep": b"<a>" * 5_000 + b"</a>" * 5_000,
    "entities": LAUGHS.encode(),
    "outside_file": OUTSIDE_FILE.encode(),
    "outside_type": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "wrong_encoding": b'<?xml version="1.0" encoding="utf-16"?><a/>',
    "words_inside": wrapped("<data>not xml inside</data>"),
    "entities_inside": wrapped(f"<data><![CDATA[{LAUGHS}]]></data>"),
    "no_data": wrapped(""),
}


@pytest.mark.law("R4.1")
@pytest.mark.parametrize("body", IMPROPER.values(), ids=IMPROPER.keys())
def test_what_is_no_proper_answer_is_damaged_or_a_fault(body: bytes) -> None:
    assert ask(Reply(body)).reason in (Trouble.DAMAGED_ANSWER, Trouble.FAULT)


@pytest.mark.law("R4.1")
def test_an_answer_of_fifty_megabytes_is_cut_off() -> None:
    assert ask(Reply(wrapped("<data>" + " " * 50_000_000 + "</data>"))).reason == Trouble.ANSWER_TOO_LARGE


@pytest.mark.law("R4.1")
def test_a_compressed_answer_is_not_unfolded() -> None:
    class Compressing(LoopbackServer):
        def reply(self, path: str, body: bytes) -> Reply | None:
            return Reply(gzip.compress(b" " * 50_000_000), content_type="text/xml\r\nContent-Encoding: gzip")

    with Compressing(lambda path, body: Reply(b"")) as server:
        shep = ShepChannel(ShepTransport(settings(server.url)))
        with pytest.raises(NotDelivered) as refused:
            shep.send(message(PERSON, {"iin": IIN}))
    assert refused.value.reason == Trouble.DAMAGED_ANSWER


@pytest.mark.law("R4.1")
@pytest.mark.parametrize("status", [301, 302, 400, 401, 403, 404, 503])
def test_a_page_of_the_web_server_is_a_fault_with_its_status(status: int) -> None:
    refused = ask(Reply(b"<html/>", status))
    assert refused.reason == Trouble.FAULT
    assert refused.detail == f"HTTP {status}"


@pytest.mark.law("R4.1")
def test_another_status_than_success_is_a_fault() -> None:
    refused = ask(Reply(wrapped("<data/>", code="SCSE999")))
    assert refused.reason == Trouble.FAULT
    assert refused.detail.startswith("SCSE999")


@pytest.mark.law("R4.1")
def test_another_code_of_the_register_is_a_fault() -> None:
    refused = ask(Reply(wrapped("<data><messageResult><code>00777</code></messageResult></data>")))
    assert refused.reason == Trouble.FAULT
    assert "00777" in refused.detail


@pytest.mark.law("R4.1")
def test_data_of_somebody_else_never_reach_a_case() -> None:
    person = f"<persons><person><iin>{OTHER_IIN}</iin><surname>Б</surname></person></persons>"
    refused = ask(Reply(wrapped(f"<data><messageResult><code>00000</code></messageResult>{person}</data>")))
    assert refused.reason == Trouble.DAMAGED_ANSWER
    assert OTHER_IIN not in str(refused)


@pytest.mark.law("R4.1")
def test_an_answer_that_trickles_in_for_ever_is_given_up() -> None:
    refused = ask(Reply(wrapped("<data>" + " " * 1_000_000 + "</data>")), total_timeout=0)
    assert refused.reason == Trouble.NO_ANSWER


@pytest.mark.law("R4.1")
def test_broken_dates_of_a_register_are_left_out() -> None:
    organisation = (
        f"<Organization><BIN>{COMPANY_BIN}</BIN><RegistrationDate>31.12.2015</RegistrationDate></Organization>"
    )
    reply = Reply(wrapped(f"<data><Status><Code>002</Code></Status>{organisation}</data>"))
    with LoopbackServer(lambda path, body: reply) as server:
        shep = ShepChannel(ShepTransport(settings(server.url)))
        answer = shep.send(message(COMPANY, {"bin": COMPANY_BIN}))
    assert answer["registered_on"] == ""
    assert answer["answered_at"] == "2026-04-20T12:00:00+05:00"
    assert answer["address"]["street"] == ""


def proper(service: str, tag: str, number: str) -> bytes:
    question = etree.Element("data")
    etree.SubElement(question, tag).text = number
    data, escaped = answer(service, question, ())
    return sync_answer("m-1", data, NOON, escaped=escaped)


def read_anything(content: bytes) -> None:
    envelope = parse(content)
    for read in (
        lambda: gbd.read_person(read_sync_answer(envelope).data, IIN, ""),
        lambda: gbd.read_company(read_sync_answer(envelope).data, COMPANY_BIN, ""),
        lambda: gbd.read_entrepreneur(read_sync_answer(envelope).data, IIN, ""),
        lambda: read_async_receipt(envelope),
    ):
        try:
            read()
        except NotDelivered as refused:
            assert refused.temporary


PROPER = (
    proper("GBDFL_UniversalServiceSync", "iin", IIN),
    proper("GbdulInfoByBin_v2", "BIN", COMPANY_BIN),
    proper("KGD_SOLE_PROPRIETOR", "IIN", PERSONAS["entrepreneur"].iin),
    receipt("portal-000001", "P-1", NOON),
)


@pytest.mark.law("R4.1")
@given(
    st.sampled_from(PROPER),
    st.integers(0, 4000),
    st.integers(0, 200),
    st.sampled_from([b"", b"<a/>", b"\xff", b"</data>"]),
)
def test_a_proper_answer_damaged_anywhere_never_fails_in_another_way(
    content: bytes, at: int, cut: int, put: bytes
) -> None:
    with contextlib.suppress(NotDelivered):
        read_anything(content[:at] + put + content[at + cut :])


@pytest.mark.law("R4.1")
@given(st.sampled_from(PROPER), st.data())
def test_a_proper_answer_with_any_element_lost_never_fails_in_another_way(content: bytes, data: st.DataObject) -> None:
    root = etree.fromstring(content)
    elements = [element for element in root.iter("*") if element.getparent() is not None]
    lost = data.draw(st.sampled_from(elements))
    parent = lost.getparent()
    assert parent is not None
    parent.remove(lost)
    with contextlib.suppress(NotDelivered):
        read_anything(etree.tostring(root))
