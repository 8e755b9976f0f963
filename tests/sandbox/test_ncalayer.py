"""The stand-in for the signing program, spoken to over its websocket as the pages do."""

import base64
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms as asn1
from asn1crypto import tsp
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from service.domain.signatures import KeyUse, Requirement, cms_from_text
from service.sandbox import ncalayer
from service.sandbox.ncalayer import NcaLayer
from service.sandbox.personas import COMPANY_BIN, PERSONAS
from service.sandbox.signing_desk import Declined
from service.setup import places
from tests.sandbox.world import CONTENT, World, fail

SIGN, AUTHENTICATE = "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.2"
HEAD = "1.2.398.3.3.4.1.2.1"
CLIENT = places.NODE_MODULES / "ncalayer-js-client" / "ncalayer-client.js"


@pytest.fixture
def layer(world: World) -> Iterator[NcaLayer]:
    running = ncalayer.start(world.pki, tsa=f"{world.url}/tsa")
    yield running
    running.stop()


def ask(layer: NcaLayer, module: str, method: str, args: object = None) -> dict[str, Any]:
    with connect(layer.url, proxy=None) as socket:
        assert "version" in json.loads(socket.recv())["result"]
        socket.send(json.dumps({"module": module, "method": method, "args": args}))
        answer: dict[str, Any] = json.loads(socket.recv())
        return answer


def sign(layer: NcaLayer, data: object, signer: dict[str, Any] | None = None, **parameters: object) -> dict[str, Any]:
    args = {"format": "cms", "data": data, "signingParams": {"decode": True, **parameters}, "signerParams": signer}
    return ask(layer, "kz.gov.pki.knca.basics", "sign", args)


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.mark.law("R3.3")
def test_the_chosen_persona_signs_with_a_stamp_of_the_authority(world: World, layer: NcaLayer) -> None:
    cms = ncalayer.sign(layer.url, CONTENT, "company_head")
    assert world.judge(cms, Requirement.legal_entity(COMPANY_BIN)).valid
    assert "/tsa" in world.asked


def test_a_request_that_names_a_number_picks_the_key_itself(world: World, layer: NcaLayer) -> None:
    wanted = {"iin": world.iin("entrepreneur"), "extKeyUsageOids": [SIGN]}
    (cms,) = sign(layer, [encoded(CONTENT)], wanted, tsaProfile={})["body"]["result"]
    assert world.judge(base64.b64decode(cms), Requirement.sole_proprietor(world.iin("entrepreneur"))).valid


def test_a_company_narrowed_by_number_and_role_gets_its_head(world: World, layer: NcaLayer) -> None:
    wanted = {"bin": COMPANY_BIN, "extKeyUsageOids": [SIGN, HEAD]}
    (cms,) = sign(layer, [encoded(CONTENT)], wanted, tsaProfile={})["body"]["result"]
    assert world.judge(base64.b64decode(cms), Requirement.legal_entity(COMPANY_BIN, world.iin("company_head"))).valid


def test_several_documents_come_back_signed_in_their_order(world: World, layer: NcaLayer) -> None:
    layer.chooser.choose("entrepreneur")
    documents = [b"one", b"two", b"three"]
    signatures = sign(layer, [encoded(each) for each in documents], tsaProfile={})["body"]["result"]
    proprietor = Requirement.sole_proprietor(world.iin("entrepreneur"))
    for document, cms in zip(documents, signatures, strict=True):
        assert world.judge(base64.b64decode(cms), proprietor, document).valid


def test_text_is_signed_as_it_is_when_it_is_not_to_be_decoded(world: World, layer: NcaLayer) -> None:
    layer.chooser.choose("entrepreneur")
    (cms,) = sign(layer, "мәтін", decode=False)["body"]["result"]
    assert world.judge(base64.b64decode(cms), Requirement.sign_in(), "мәтін".encode()).valid


def test_a_signature_may_carry_its_content_and_go_without_a_stamp(world: World, layer: NcaLayer) -> None:
    layer.chooser.choose("entrepreneur")
    (cms,) = sign(layer, encoded(CONTENT), encapsulate=True)["body"]["result"]
    assert CONTENT in base64.b64decode(cms)
    judgement = world.judge(base64.b64decode(cms), Requirement.sign_in())
    assert judgement.valid
    assert judgement.signed_at is None


def test_an_authentication_key_is_used_when_asked_for(world: World, layer: NcaLayer) -> None:
    layer.chooser.choose("entrepreneur")
    (cms,) = sign(layer, encoded(CONTENT), {"extKeyUsageOids": [AUTHENTICATE]})["body"]["result"]
    signer = world.judge(base64.b64decode(cms), Requirement.sign_in()).signer
    assert signer is not None
    assert signer.use is KeyUse.AUTH


def test_without_a_key_in_hand_the_request_is_cancelled(layer: NcaLayer) -> None:
    assert sign(layer, encoded(CONTENT)) == {"status": True, "body": {}}
    layer.chooser.choose("entrepreneur")
    assert sign(layer, encoded(CONTENT), {"extKeyUsageOids": [SIGN, HEAD]}) == {"status": True, "body": {}}


def test_a_declined_request_is_cancelled_once(layer: NcaLayer) -> None:
    ask(layer, "ruqsat.sandbox", "decline")
    with pytest.raises(Declined):
        ncalayer.sign(layer.url, CONTENT, "entrepreneur")
    assert ncalayer.sign(layer.url, CONTENT, "entrepreneur")


def test_a_silent_stamping_service_is_an_error_and_not_a_signature_without_a_stamp(
    world: World, layer: NcaLayer
) -> None:
    world.spoil = fail
    layer.chooser.choose("entrepreneur")
    answer = sign(layer, encoded(CONTENT), tsaProfile={})
    assert answer["status"] is False
    assert "tsa" in answer["message"]


@pytest.mark.parametrize("kind", ["of another signature", "that nobody can read", "that is none"])
def test_a_stamp_that_answers_something_else_is_none(world: World, layer: NcaLayer, kind: str) -> None:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": 5, "cert_req": True})
    others = world.pki.stamping.answer(asked.dump())
    junk = asn1.ContentInfo.load(world.pki.sign_cms("entrepreneur", b"junk", with_tsa=False, detached=False))
    unread = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": junk}).dump()
    world.spoil = lambda path, answer: {"of another signature": others, "that nobody can read": unread}.get(kind, b"")
    layer.chooser.choose("entrepreneur")
    answer = sign(layer, encoded(CONTENT), tsaProfile={})
    assert answer["status"] is False
    assert "tsa" in answer["message"]


@pytest.mark.parametrize(
    "args",
    [
        {"format": "xml", "data": "<a/>"},
        {"format": "cms", "data": "***", "signingParams": {"decode": True}},
        {"format": "cms", "data": None, "signingParams": {"decode": True}},
    ],
)
def test_what_cannot_be_signed_gets_an_error(layer: NcaLayer, args: dict[str, object]) -> None:
    layer.chooser.choose("entrepreneur")
    answer = ask(layer, "kz.gov.pki.knca.basics", "sign", args)
    assert answer["status"] is False
    assert answer["code"] == "500"


def test_the_old_module_signs_too(world: World, layer: NcaLayer) -> None:
    layer.chooser.choose("entrepreneur")
    args = ["PKCS12", "SIGNATURE", encoded(CONTENT), False]
    answer = ask(layer, "kz.gov.pki.knca.commonUtils", "createCAdESFromBase64", args)
    assert answer["code"] == "200"
    cms = base64.b64decode(answer["responseObject"])
    assert world.judge(cms, Requirement.sole_proprietor(world.iin("entrepreneur"))).valid
    layer.chooser.choose(None)
    cancelled = ask(layer, "kz.gov.pki.knca.commonUtils", "createCAdESFromBase64", args)
    assert cancelled == {"code": "500", "message": "action.canceled"}


def test_unknown_modules_and_rubbish_get_an_error_and_the_conversation_goes_on(layer: NcaLayer) -> None:
    with connect(layer.url, proxy=None) as socket:
        socket.recv()
        for message in ("rubbish", "[]", '{"module": "kz.digiflow.mobile.extensions", "method": "getVersion"}'):
            socket.send(message)
            assert json.loads(socket.recv())["code"] == "500"
        socket.send('{"module": "ruqsat.sandbox", "method": "personas"}')
        assert json.loads(socket.recv())["status"] is True


def test_the_page_gets_the_list_of_personas_and_the_one_in_hand(layer: NcaLayer) -> None:
    ask(layer, "ruqsat.sandbox", "choose", {"persona": "ministry_head"})
    body = ask(layer, "ruqsat.sandbox", "personas")["body"]
    assert body["chosen"] == "ministry_head"
    assert [persona["key"] for persona in body["personas"]] == list(PERSONAS)
    assert body["personas"][0]["description"]["kk"]
    refused = ask(layer, "ruqsat.sandbox", "choose", {"persona": "nobody"})
    assert refused["status"] is False


def test_pages_from_elsewhere_are_turned_away(world: World, layer: NcaLayer) -> None:
    assert ncalayer.sign(layer.url, CONTENT, "entrepreneur", origin="http://127.0.0.1:8080")
    for origin in ("https://evil.example", "http://127.0.0.1.evil.example", "null"):
        with pytest.raises(InvalidStatus) as refused:
            ncalayer.sign(layer.url, CONTENT, "entrepreneur", origin=origin)
        assert refused.value.response.status_code == 403
    narrow = ncalayer.start(world.pki, origins=[re.compile(r"http://127\.0\.0\.1:5000")])
    try:
        with pytest.raises(InvalidStatus):
            ncalayer.sign(narrow.url, CONTENT, "entrepreneur", origin="http://127.0.0.1:8080")
        assert ncalayer.sign(narrow.url, CONTENT, "entrepreneur", origin="http://127.0.0.1:5000")
    finally:
        narrow.stop()


SCRIPT = """
const { NCALayerClient } = require(process.argv[1]);
(async () => {
  const client = new NCALayerClient(process.argv[2], false);
  const version = await client.connect();
  const N = NCALayerClient;
  const detached = await client.basicsSignCMS(N.basicsStorageAll, process.argv[3], N.basicsCMSParamsDetached,
    N.basicsSignerSignPerson, 'kk');
  let cancelled = false;
  try {
    await client.basicsSignCMS(N.basicsStorageAll, process.argv[3], N.basicsCMSParamsDetached, N.basicsSignerSignHead);
  } catch (error) { cancelled = error.canceledByUser; }
  console.log(JSON.stringify({ version, detached, cancelled }));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
"""


@pytest.mark.law("R3.3")
def test_the_pages_own_client_library_signs_with_it_unchanged(world: World, layer: NcaLayer, tmp_path: Path) -> None:
    layer.chooser.choose("entrepreneur")
    done = subprocess.run(
        [places.NODE / "node", "-e", SCRIPT, str(CLIENT.resolve()), layer.url, encoded(CONTENT)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["version"] == "1.4-sandbox"
    assert answer["cancelled"] is True
    cms = cms_from_text(answer["detached"])
    assert world.judge(cms, Requirement.sole_proprietor(world.iin("entrepreneur"))).valid
