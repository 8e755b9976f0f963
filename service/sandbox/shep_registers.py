"""GBD FL, GBD UL and the register of sole proprietors, answering from the made-up people (R4.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lxml import etree

from service.sandbox.people import COMPANIES, ENTREPRENEURS, RESIDENTS, Place
from service.sandbox.shep_xml import GatewayFault, branch, check_enveloped, read, text

_UL = "http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"
_SP = "urn:ruqsat:sole-proprietor:1"


def answer(service: str, data: etree._Element | None, known: tuple[bytes, ...]) -> tuple[etree._Element, bool]:
    """Answer a service's question; the second value says whether the service sends its answer as escaped text.

    A signed question must bear a signature of a certificate in `known`. Raises GatewayFault for that, for an unknown
    service and for a question without data.
    """
    if data is None:
        raise GatewayFault("SCSE004", "No data")
    if service not in _SERVICES:
        raise GatewayFault("SCSE005", f"Unknown service {service}")
    respond, escaped = _SERVICES[service]
    if len(data):
        return respond(data), escaped
    document = (data.text or "").strip().encode()
    check_enveloped(document, known)
    return respond(read(document)), escaped


def _person(question: etree._Element) -> etree._Element:
    result = etree.Element("data")
    told = branch(result, "messageResult")
    branch(told, "code", "00000")
    resident = RESIDENTS.get(text(question, "iin"))
    persons = branch(result, "persons")
    if resident is None:
        return result
    persona = resident.persona
    person = branch(persons, "person")
    branch(person, "iin", persona.iin)
    branch(person, "surname", persona.surname)
    branch(person, "name", persona.given)
    branch(person, "patronymic", persona.patronymic)
    branch(person, "birthDate", resident.birth_date.isoformat())
    _value(person, "lifeStatus", "0", "ТІРІ", "ЖИВОЙ")
    address = branch(person, "regAddress")
    # The registers call the region "district" and the district "region".
    place = resident.place
    parts = {"district": place.region, "region": place.district, "city": place.city, "street": place.street}
    for name, (kk, ru) in parts.items():
        _value(address, name, "", kk, ru)
    branch(address, "building", resident.place.house)
    branch(address, "flat", resident.place.premises)
    document = branch(branch(person, "documents"), "document")
    _value(document, "type", "002", "ҚР ЖЕКЕ КУӘЛІГІ", "УДОСТОВЕРЕНИЕ РК")
    branch(document, "number", resident.document_number)
    branch(document, "beginDate", resident.document_issued.isoformat())
    branch(document, "endDate", resident.document_until.isoformat())
    _value(document, "issueOrganization", "002", "ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ", "МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РК")
    _value(document, "status", "00", "ҚҰЖАТ ЖАРАМДЫ", "ДОКУМЕНТ ДЕЙСТВИТЕЛЕН")
    return result


def _company(question: etree._Element) -> etree._Element:
    result = etree.Element(f"{{{_UL}}}responseDataType", nsmap={"ul": _UL})
    company = COMPANIES.get(text(question, "BIN"))
    _status(result, found=company is not None)
    if company is None:
        return result
    organisation = branch(result, "Organization")
    branch(organisation, "BIN", company.bin)
    branch(branch(organisation, "RegStatus"), "NameRu", "Зарегистрирован")
    branch(organisation, "RegistrationDate", f"{company.registered_on}+05:00")
    branch(organisation, "FullNameRu", company.name_ru)
    branch(organisation, "FullNameKz", company.name_kk)
    leader = branch(organisation, "OrganizationLeader")
    branch(leader, "IIN", company.leader.iin)
    branch(leader, "SurName", company.leader.surname)
    branch(leader, "Name", company.leader.given)
    branch(leader, "MiddleName", company.leader.patronymic)
    _place(organisation, company.place)
    return result


def _entrepreneur(question: etree._Element) -> etree._Element:
    result = etree.Element(f"{{{_SP}}}Response", nsmap={"sp": _SP})
    entrepreneur = ENTREPRENEURS.get(text(question, "IIN"))
    _status(result, found=entrepreneur is not None)
    if entrepreneur is None:
        return result
    told = branch(result, "Entrepreneur")
    branch(told, "IIN", entrepreneur.persona.iin)
    branch(told, "Name", entrepreneur.name)
    branch(told, "RegistrationDate", _day(entrepreneur.registered_on))
    branch(told, "ActivityStartDate", _day(entrepreneur.started_on))
    branch(branch(told, "Status"), "NameRu", "Действующий" if entrepreneur.active else "Деятельность прекращена")
    _place(told, entrepreneur.place)
    return result


def _status(result: etree._Element, *, found: bool) -> None:
    status = branch(result, "Status")
    branch(status, "Code", "002" if found else "001")
    branch(status, "NameRu", "Запрос обработан успешно" if found else "Данные не найдены")


def _place(parent: etree._Element, place: Place) -> None:
    address = branch(parent, "Address")
    parts = {"District": place.region, "Region": place.district, "City": place.city, "Street": place.street}
    for name, (kk, ru) in parts.items():
        branch(address, f"{name}Kz", kk or "-")
        branch(address, f"{name}Ru", ru or "-")
    branch(address, "BuildingNumber", place.house)
    branch(address, "OfficeNumber", place.premises)


def _value(parent: etree._Element, tag: str, code: str, kk: str, ru: str) -> None:
    element = branch(parent, tag)
    branch(element, "code", code)
    branch(element, "nameRu", ru)
    branch(element, "nameKz", kk)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


_SERVICES: dict[str, tuple[Callable[[etree._Element], etree._Element], bool]] = {
    "GBDFL_UniversalServiceSync": (_person, False),
    "GbdulInfoByBin_v2": (_company, True),
    "KGD_SOLE_PROPRIETOR": (_entrepreneur, True),
}
