// Saves a form while it is filled in: <form data-autosave-url="..."> with a line [data-autosave-state] that says so.

const PAUSE = 1200;
const AGAIN = 15000;
const PATIENCE = 10000;

export function autosave(form) {
  const { autosaveUrl, autosaveSaved, autosaveFailed, autosaveWaiting } = form.dataset;
  const state = form.querySelector("[data-autosave-state]") ?? document.querySelector("[data-autosave-state]");
  let waiting;
  let running = null;
  let changed = false;
  let pressed = false;

  const say = (text) => { if (state) state.textContent = text; };
  const later = (pause) => { clearTimeout(waiting); waiting = setTimeout(save, pause); };

  function save() {
    if (running) return later(PAUSE);
    running = saved().finally(() => { running = null; });
  }

  async function saved(leaving = false) {
    changed = false;
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    try {
      const headers = { "X-Requested-With": "autosave" };
      const signal = AbortSignal.timeout(PATIENCE);
      const sent = { method: "POST", body: fields, headers, signal, keepalive: leaving };
      const answer = await fetch(autosaveUrl, sent);
      if (answer.redirected) throw new Error(String(answer.status));
      const { at, stood, told } = await answer.json();
      if (answer.ok) {
        say(`${autosaveSaved} ${at}`); // by the program's clock
        if (stood) form.elements.stood.value = stood; // what the draft says now, for the next time
        if (changed) later(PAUSE);
      } else if (told) {
        say(told); // trying again would say the same
      } else {
        throw new Error(String(answer.status));
      }
      return answer.ok;
    } catch {
      say(autosaveFailed);
      changed = true;
      later(AGAIN);
      return false;
    }
  }

  const note = (event) => {
    if (event.target.type === "file") return;
    changed = true;
    later(PAUSE);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const own = event.target === form;
    clearTimeout(waiting);
    if (own && !running) changed = false; // it takes everything along
    if (!own && changed && !running) save();
    if (!running) return;
    event.preventDefault(); // older words that arrive after the button would stand in the end
    if (pressed) return;
    pressed = true;
    say(autosaveWaiting);
    running.then((done) => {
      if (pressed && (own || done)) event.target.requestSubmit(event.submitter);
      else if (pressed) state?.scrollIntoView({ block: "nearest" }); // what was not saved would be lost
      pressed = false;
    });
  });
  const leave = () => {
    if (changed && !running) running = saved(true).finally(() => { running = null; });
    pressed = false; // who has left and comes back has pressed nothing
  };
  window.addEventListener("beforeunload", leave);
  window.addEventListener("pagehide", leave); // where a telephone tells no earlier
}
