"""Questions to the state registers and their answers, as the gateway's services word them (R4.1).

GBD FL (natural persons) and GBD UL (legal entities) follow the shapes that public integrations show. The service that
tells of sole proprietors is not described publicly: its question and answer here follow GBD UL and are to be agreed
with the register's owner when the connection is made; its name is a setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from service.adapters.shep_envelope import XSI, Header, add, children, find, text
from service.domain.channels import (
    Address,
    CompanyAnswer,
    EntrepreneurAnswer,
    IdentityDocument,
    NotDelivered,
    PersonAnswer,
    Trouble,
)

GBD_FL = "GBD FL"
GBD_UL = "GBD UL"
KGD = "KGD"
FL_TYPES = "http://message.persistence.interactive.nat"
UL_TYPES = "http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"
SOLE_PROPRIETOR_TYPES = "urn:ruqsat:sole-proprietor:1"

_FL_OK = "00000"
_UL_FOUND = "002"
_NOT_FOUND = "001"
_DOCUMENT_TYPES = {"001": "passport", "002": "identity_card", "003": "residence_permit"}
_DOCUMENT_STATES = {"00": "valid"}
_STATES = {
    "ЗАРЕГИСТРИРОВАН": "registered",
    "ДЕЙСТВУЮЩИЙ": "registered",
    "ЛИКВИДИРОВАН": "liquidated",
    "СНЯТ С УЧЕТА": "liquidated",
    "ДЕЯТЕЛЬНОСТЬ ПРЕКРАЩЕНА": "terminated",
}


@dataclass(frozen=True)
class Names:
    """How one language is marked in the register's element names."""

    suffix: str
    register_suffix: str


_KK = Names("Kz", "nameKz")
_RU = Names("Ru", "nameRu")


def person_question(header: Header, sender_code: str, iin: str) -> etree._Element:
    """The data of GBDFL_UniversalServiceSync: who asks, and about whom."""
    data = etree.Element("data", nsmap={"xsi": XSI, "cs": FL_TYPES})
    data.set(f"{{{XSI}}}type", "cs:Request")
    add(data, "messageId", header.message_id)
    add(data, "messageDate", header.date.isoformat(timespec="milliseconds"))
    add(data, "senderCode", sender_code)
    add(data, "iin", iin)
    return data


def company_question(requestor_bin: str, bin: str) -> etree._Element:
    """The request of GbdulInfoByBin_v2, to be signed and carried as text."""
    request = etree.Element(f"{{{UL_TYPES}}}Request", nsmap={"ul": UL_TYPES})
    add(request, "RequestorBIN", requestor_bin)
    add(request, "BIN", bin)
    return request


def entrepreneur_question(requestor_bin: str, iin: str) -> etree._Element:
    """The request about a sole proprietor, to be signed and carried as text."""
    request = etree.Element(f"{{{SOLE_PROPRIETOR_TYPES}}}Request", nsmap={"sp": SOLE_PROPRIETOR_TYPES})
    add(request, "RequestorBIN", requestor_bin)
    add(request, "IIN", iin)
    return request


def read_person(data: etree._Element, iin: str, answered_at: str) -> PersonAnswer:
    """Read the answer of GBD FL. Raises NotDelivered for another code than 00000, or for another person's data."""
    code = text(data, "messageResult", "code")
    if code != _FL_OK:
        raise NotDelivered(Trouble.FAULT, f"GBD FL {code or 'without a code'}")
    person = find(data, "persons", "person")
    if person is None:
        return PersonAnswer(source=GBD_FL, found=False, iin=iin, answered_at=answered_at)
    _same(text(person, "iin"), iin)
    address = find(person, "regAddress")
    return PersonAnswer(
        source=GBD_FL,
        found=True,
        iin=iin,
        answered_at=answered_at,
        surname=text(person, "surname"),
        name=text(person, "name"),
        patronymic=text(person, "patronymic"),
        birth_date=_day(text(person, "birthDate")),
        documents=[_document(each) for each in children(find(person, "documents"), "document")],
        address=_person_address(address, _KK),
        address_ru=_person_address(address, _RU),
    )


def read_company(data: etree._Element, bin: str, answered_at: str) -> CompanyAnswer:
    """Read the answer of GBD UL. Raises NotDelivered for an unknown code, or for another organisation's data."""
    if not _found(data, GBD_UL):
        return CompanyAnswer(source=GBD_UL, found=False, bin=bin, answered_at=answered_at)
    organisation = find(data, "Organization")
    _same(text(organisation, "BIN"), bin)
    leader, address = find(organisation, "OrganizationLeader"), find(organisation, "Address")
    return CompanyAnswer(
        source=GBD_UL,
        found=True,
        bin=bin,
        answered_at=answered_at,
        name_kk=text(organisation, "FullNameKz"),
        name_ru=text(organisation, "FullNameRu"),
        registered_on=_day(text(organisation, "RegistrationDate")),
        status=_state(find(organisation, "RegStatus")),
        leader_iin=text(leader, "IIN"),
        leader_name=" ".join(filter(None, (text(leader, part) for part in ("SurName", "Name", "MiddleName")))),
        address=_company_address(address, _KK),
        address_ru=_company_address(address, _RU),
    )


def read_entrepreneur(data: etree._Element, iin: str, answered_at: str) -> EntrepreneurAnswer:
    """Read the answer about a sole proprietor. Raises NotDelivered for an unknown code, or another person's data."""
    if not _found(data, KGD):
        return EntrepreneurAnswer(source=KGD, found=False, iin=iin, answered_at=answered_at)
    entrepreneur = find(data, "Entrepreneur")
    _same(text(entrepreneur, "IIN"), iin)
    address = find(entrepreneur, "Address")
    return EntrepreneurAnswer(
        source=KGD,
        found=True,
        iin=iin,
        answered_at=answered_at,
        name=text(entrepreneur, "Name"),
        registered_on=_day(text(entrepreneur, "RegistrationDate")),
        started_on=_day(text(entrepreneur, "ActivityStartDate")),
        status=_state(find(entrepreneur, "Status")),
        address=_company_address(address, _KK),
        address_ru=_company_address(address, _RU),
    )


def _found(data: etree._Element, source: str) -> bool:
    code = text(data, "Status", "Code")
    if code not in (_UL_FOUND, _NOT_FOUND):
        raise NotDelivered(Trouble.FAULT, f"{source} {code or 'without a code'}")
    return code == _UL_FOUND


def _same(answered: str, asked: str) -> None:
    # An answer about somebody else must never reach a case.
    if answered != asked:
        raise NotDelivered(Trouble.DAMAGED_ANSWER, "the answer is about somebody else")


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return ""


def _state(status: etree._Element | None) -> str:
    named = text(status, "NameRu")
    return _STATES.get(named.upper(), text(status, "Code") or named)


def _document(document: etree._Element) -> IdentityDocument:
    kind, state = text(document, "type", "code"), text(document, "status", "code")
    return IdentityDocument(
        type=_DOCUMENT_TYPES.get(kind, kind),
        number=text(document, "number"),
        issued=_day(text(document, "beginDate")),
        valid_until=_day(text(document, "endDate")),
        status=_DOCUMENT_STATES.get(state, state),
    )


# Both registers call the region "district" and the district "region".


def _person_address(address: etree._Element | None, names: Names) -> Address:
    def part(name: str) -> str:
        return text(address, name, names.register_suffix) or text(address, name)

    return _address(part("district"), part("region"), part("city"), part("street"), part("building"), part("flat"), "")


def _company_address(address: etree._Element | None, names: Names) -> Address:
    def part(name: str) -> str:
        return text(address, name + names.suffix) or text(address, name)

    return _address(
        part("District"),
        part("Region"),
        part("City"),
        part("Street"),
        part("BuildingNumber"),
        part("OfficeNumber"),
        part("PostalCode"),
    )


def _address(region: str, district: str, city: str, street: str, house: str, premises: str, postcode: str) -> Address:
    # The registers write "-" where there is nothing.
    region, district, city, street, house, premises, postcode = (
        "" if part == "-" else part for part in (region, district, city, street, house, premises, postcode)
    )
    return Address(
        postcode=postcode,
        region=region,
        city=city,
        district=district,
        settlement="",
        street=street,
        house=house,
        premises=premises,
    )
