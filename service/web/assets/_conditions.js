// Hides fields whose condition holds: <div data-hide='["=", "complete", "yes"]'>. The server decides again at sending.

function answer(form, key, row) {
  const fields = [row + key, key].map((name) => form.querySelectorAll(`[name="${CSS.escape(name)}"]`)).find((found) => found.length);
  if (!fields) return null;
  const visible = [...fields].filter((field) => !field.closest("[data-hide][hidden]"));
  if (fields[0].type === "checkbox") {
    const chosen = visible.filter((field) => field.checked).map((field) => field.value);
    const isOne = fields.length === 1 && fields[0].id === fields[0].name && !fields[0].closest("fieldset.govuk-fieldset");
    return isOne ? chosen.length > 0 : chosen;
  }
  const field = fields[0].type === "radio" ? visible.find((each) => each.checked) : visible[0];
  return field && field.value.trim() !== "" ? field.value.trim() : null;
}

function equal(value, literal) {
  if (typeof literal === "number" && typeof value === "string") return Number(value.replace(/\s/g, "").replace(",", ".")) === literal;
  return value === literal;
}

function holds([operator, ...rest], form, row) {
  switch (operator) {
    case "and": return rest.every((part) => holds(part, form, row));
    case "or": return rest.some((part) => holds(part, form, row));
    case "not": return !holds(rest[0], form, row);
    case "contains": return [answer(form, rest[0], row)].flat().includes(rest[1]);
    case "!=": return !equal(answer(form, rest[0], row), rest[1]);
    default: return equal(answer(form, rest[0], row), rest[1]);
  }
}

export function hideFields(form) {
  const parts = [...form.querySelectorAll("[data-hide]")].map((part) => [part, JSON.parse(part.dataset.hide), part.dataset.row]);
  if (!parts.length) return;
  // In the order of the page: what is asked later may depend on what has just been hidden.
  const update = () => parts.forEach(([part, condition, row]) => { part.hidden = holds(condition, form, row); });
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  update();
}
