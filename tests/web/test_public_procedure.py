"""The procedure on the public pages: everything on the drawings in words, each step with its terms."""

import re
from html import unescape

import pytest

from service.usecases.draw_procedure import Told, tell
from tests.web.ground_visitor import Visitor
from tests.web.public_town import Town, text
from tests.web.test_public_pages import LANGUAGES, edition


@pytest.fixture
def visitor(town: Town) -> Visitor:
    return town.visitor()


class TestProcedure:
    @pytest.mark.law("A1.11.3")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everything_on_the_drawing_is_told_in_words(self, town: Town, visitor: Visitor, language: str) -> None:
        page = text(visitor.get(f"/procedure?lang={language}"))
        shown = edition(town)
        left_out = ("operation_tell_head", "end_escalated", "operation_record_position", "end_position")
        for element in shown.catalogue.elements:
            if element.names and not element.id.startswith(left_out):
                assert element.names[language] in page, element.id

    @pytest.mark.law("R13.2", "R13.3", "R14.1", "R14.2", "L100.1")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everything_on_the_complaint_s_drawing_is_told_in_words(
        self, town: Town, visitor: Visitor, language: str
    ) -> None:
        page = text(visitor.get(f"/procedure/appeal?lang={language}"))
        beside = ("operation_tell", "end_escalated", "operation_record_review_position", "end_review_position",
                  "operation_mark_silence", "end_silence")  # fmt: skip
        for element in edition(town, "appeal").catalogue.elements:
            if not element.id.startswith(beside):
                assert element.names[language] in page, element.id

    def test_each_procedure_leads_to_the_other_and_unknown_ones_are_nowhere(self, visitor: Visitor) -> None:
        for address, name in (("/procedure", "The permit"), ("/procedure/appeal", "The complaint")):
            page = visitor.get(f"{address}?lang=en").get_data(as_text=True)
            assert f"<title>{name}: How a case goes" in page
            assert f'<span class="govuk-caption-l">{name}</span>' in page
            assert {'href="/procedure"', 'href="/procedure/appeal"'} <= set(
                re.findall(r'href="/procedure[a-z/]*"', page)
            )
            assert page.count('aria-current="page"') >= 1
        drawing = visitor.client.get("/procedure/appeal.bpmn?lang=ru")
        assert "Направить жалобу с административным делом" in drawing.text
        assert drawing.headers["ETag"] != visitor.client.get("/procedure.bpmn?lang=ru").headers["ETag"]
        for address in ("/procedure/nothing", "/procedure/nothing.bpmn"):
            assert visitor.client.get(address).status_code == 404

    @pytest.mark.law("A1.4", "R6.1", "R7.1")
    def test_terms_stand_at_their_steps(self, town: Town) -> None:
        terms = {line.id: line.term for line in _told(town).lines}
        assert terms["task_check_completeness"] == "2 (екі) жұмыс күні"
        assert terms["task_examine"] == "3 (үш) жұмыс күні"

    def test_each_step_stands_after_all_that_can_come_before_it(self, town: Town) -> None:
        order = [line.id for line in _told(town).lines]
        for first, second in (
            ("task_assign", "task_check_completeness"),
            ("task_check_completeness", "task_examine"),
            ("task_examine", "task_invite_hearing"),
            ("task_invite_hearing", "task_hold_hearing"),
            ("task_hold_hearing", "task_sign_refusal"),
            ("task_hold_hearing", "task_sign_permit"),
        ):
            assert order.index(first) < order.index(second), (first, second)

    def test_answers_lead_to_the_steps_that_the_drawing_names(self, town: Town) -> None:
        ways = {line.id: line.ways for line in _told(town).lines}["task_check_completeness"]
        assert [(way.answers[0].answer, way.target) for way in ways] == [
            ("иә", "operation_record_completeness"),
            ("жоқ", "task_sign_not_considered"),
        ]

    def test_the_shortest_way_ends_with_the_permit(self, town: Town) -> None:
        told = _told(town)
        way = [line.id for line in told.shortest("end_granted", without=("operation_note_reopening",))]
        assert {"task_assign", "task_check_completeness", "task_examine"} < set(way)
        assert way[0] == "start_filed"
        assert way[-2:] == ["operation_send_permit", "end_granted"]
        assert "task_invite_hearing" not in way
        assert told.shortest("end_of_the_world") == ()

    @pytest.mark.parametrize(
        ("language", "name"),
        [("kk", "Құжаттар толықтығын тексеру"), ("ru", "Проверить полноту документов"), ("en", "Check")],
    )
    def test_the_drawing_speaks_the_language_of_the_page(self, visitor: Visitor, language: str, name: str) -> None:
        answer = visitor.client.get(f"/procedure.bpmn?lang={language}")
        assert answer.mimetype == "application/xml"
        label = re.search(r'id="task_check_completeness" name="([^"]+)"', answer.text)
        assert label is not None
        assert unescape(label[1]).startswith(name)
        again = visitor.client.get(
            f"/procedure.bpmn?lang={language}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304


def _told(town: Town) -> Told:
    return tell(edition(town), "kk")
