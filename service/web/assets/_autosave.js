// Saves a form while it is filled in: <form data-autosave-url="..."> with a line [data-autosave-state] that says so.

const PAUSE = 1200;
const AGAIN = 15000;
const PATIENCE = 10000;
const MOST_AT_LEAVING = 60000; // bytes: a browser sends no more for a page that is left

export function autosave(form) {
  const { autosaveUrl, autosaveSaved, autosaveFailed, autosaveWaiting } = form.dataset;
  const state = form.querySelector("[data-autosave-state]") ?? document.querySelector("[data-autosave-state]");
  let waiting;
  let running = null;
  let changed = false;
  let known = words(form); // what was sent last, or stood here at first
  let pressed = false;
  let number = 0; // rises with all that is sent, so that older words that are held up on their way are known
  let warned = false; // the button of another form was held back once: the words would have been lost

  const say = (text) => { if (state) state.textContent = text; };
  const later = (pause) => { clearTimeout(waiting); waiting = setTimeout(save, pause); };

  function save({ leaving = false } = {}) {
    clearTimeout(waiting);
    if (running && !leaving) return later(PAUSE);
    running?.stop.abort(); // the newer one says all that it says
    const turn = { stop: new AbortController() };
    running = turn;
    turn.done = saved(turn, leaving).finally(() => { if (running === turn) running = null; });
  }

  async function saved(turn, leaving) {
    changed = false;
    known = words(form);
    const fields = typed(form);
    const patience = setTimeout(() => turn.stop.abort(), PATIENCE);
    try {
      const headers = { "X-Requested-With": "autosave" };
      const keepalive = leaving && sizeOf(fields) < MOST_AT_LEAVING;
      const sent = { method: "POST", body: fields, headers, signal: turn.stop.signal, keepalive };
      const answer = await fetch(autosaveUrl, sent);
      if (answer.redirected) throw new Error(String(answer.status));
      const { at, stood, told } = await answer.json();
      if (answer.ok) {
        say(`${autosaveSaved} ${at}`); // by the program's clock
        if (stood) form.elements.stood.value = stood; // what the draft says now, for the next time
        if (changed) later(PAUSE);
      } else if (told) {
        say(told); // trying again by itself would say the same
        changed = true;
        known = "";
      } else {
        throw new Error(String(answer.status));
      }
      return answer.ok;
    } catch {
      if (running !== turn) return false;
      say(autosaveFailed);
      changed = true;
      known = "";
      later(AGAIN);
      return false;
    } finally {
      clearTimeout(patience);
    }
  }

  const ended = (turn) => turn.done.then((done) => (running && running !== turn ? ended(running) : done));

  form.addEventListener("formdata", ({ formData }) => {
    const stood = JSON.parse(formData.get("stood"));
    number = Math.max(Date.now(), number + 1, stood.turn + 1); // also where a page is shown again, or a clock is set back
    formData.set("stood", JSON.stringify({ ...stood, turn: number }));
  });
  const note = (event) => {
    if (words(form) === known) return; // a field that is left says that it was changed once more
    changed = true;
    warned = false;
    later(PAUSE);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const own = event.target === form;
    if (own && !running) {
      clearTimeout(waiting);
      changed = false; // it takes everything along
    }
    if (!own && warned) return;
    if (!own && changed && !running) save();
    if (!running) return;
    event.preventDefault(); // older words that arrive after the button would stand in the end
    if (pressed) return;
    pressed = true;
    say(autosaveWaiting);
    ended(running).then((done) => {
      const still = pressed;
      pressed = false;
      if (!still) return;
      if (own || done) return event.target.requestSubmit(event.submitter);
      warned = true;
      state?.scrollIntoView({ block: "nearest" });
    });
  });
  const leave = () => { if (changed) save({ leaving: true }); };
  window.addEventListener("beforeunload", leave);
  window.addEventListener("pagehide", () => {
    leave(); // a telephone tells no earlier
    pressed = false; // who has left and comes back has pressed nothing
  });
}

function typed(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  return fields;
}

function words(form) {
  return JSON.stringify([...typed(form)].filter(([name]) => name !== "stood")); // that changes with each save
}

function sizeOf(fields) {
  return [...fields].reduce((sum, [name, value]) => sum + 200 + new Blob([name, value]).size, 0);
}
