"""The answers that the program reads by their names: a form that calls one otherwise would lose it in silence."""

from __future__ import annotations

from collections.abc import Mapping

READ: Mapping[str, tuple[str, ...]] = {
    "answer_complaint": ("answer_result", "answer", "measures"),
    "application": (
        "applicant_kind", "name", "iin", "bin", "signer_surname", "signer_name", "signer_patronymic",
        "postcode", "region", "city", "district", "settlement", "street", "house", "premises", "phone",
        "email", "platform", "purpose", "kind", "number", "dated", "valid_until", "file", "consent_truth",
        "consent_data",
    ),
    "assign_unit": ("executor", "note"),
    "check_completeness": ("complete", "despite_findings", "missing_items", "expired_items", "missing_facts"),
    "complaint": (
        "contests", "body", "official", "learned_on", "explained", "name", "residence", "postal_address",
        "phone", "email", "circumstances", "demands", "evidence", "kind", "number", "dated", "file",
    ),
    "consider_complaint": (
        "outcome", "reasons", "violations", "action", "new_permit", "carry_out_by", "unconsidered_reason",
    ),
    "examine": (
        "nodes_count", "server_lease", "write_algorithm", "conforms", "grounds", "ground_1_document",
        "ground_1_data", "ground_1_established", "ground_2_act", "ground_2_article", "ground_2_mismatch",
        "ground_3_court", "ground_3_number", "ground_3_date", "ground_3_in_force", "ground_4_court",
        "ground_4_number", "ground_4_date", "ground_4_in_force", "ground_5_state", "ground_5_at",
        "conclusion",
    ),
    "hold_hearing": (
        "hearing_result", "minutes_place", "minutes_date", "minutes_start", "minutes_end", "minutes_chair",
        "minutes_secretary", "minutes_participants", "minutes_question", "minutes_explanations",
        "minutes_answers", "outcome", "outcome_reasons",
    ),
    "hold_review_hearing": (
        "hearing_result", "minutes_place", "minutes_date", "minutes_start", "minutes_end", "minutes_chair",
        "minutes_secretary", "minutes_participants", "minutes_question", "minutes_explanations",
        "minutes_answers", "outcome_reasons",
    ),
    "invite_hearing": (
        "hearing", "hearing_on", "hearing_time", "hearing_way", "hearing_place", "late_basis", "exemption",
        "exemption_reason", "exemption_document",
    ),
    "invite_review_hearing": (
        "preliminary_reasons", "hearing_on", "hearing_time", "hearing_way", "hearing_place",
    ),
    "register_complaint": ("track", "executor", "note"),
    "register_review": ("review_number", "review_registered_on"),
    "review_complaint": ("proposal", "remedy", "action_done", "action_on", "opinion"),
    "sign_decision": ("decision", "return_reason"),
    "sign_review": ("decision", "return_reason"),
}  # fmt: skip
"""By the form that asks for them: results, days, persons, and the facts of a refusal (A1.10, L74.1)."""
