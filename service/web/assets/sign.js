// Signs in the browser with NCALayer: <form data-sign="ADDRESS OF NCALAYER"> from macros/signing.html.
// Each [data-sign-content] holds what is signed (base64), each field named "signature" takes one signature, in order.
import { NCALayerClient } from "ncalayer-js-client";

const SIGNING = "1.3.6.1.5.5.7.3.4";

// What the person may choose from in NCALayer's dialog. A convenience: the server checks the signature again.
function signer(form) {
  const { signIin, signBin, signRole } = form.dataset;
  const wish = { extKeyUsageOids: [SIGNING, signRole].filter(Boolean) };
  if (signIin) wish.iin = signIin;
  if (signBin) wish.bin = signBin;
  if (form.hasAttribute("data-sign-test")) wish.chain = []; // keys of a test centre are offered too
  return wish;
}

// In the demo the stand-in of NCALayer is told whose key to use; the real one has a dialog of its own.
function choosePersona(client, persona) {
  return new Promise((resolve, reject) => {
    client.setHandlers(resolve, reject);
    client.wsConnection.onmessage = () => resolve();
    client.sendRequest({ module: "ruqsat.sandbox", method: "choose", args: { persona } });
  });
}

async function connect(form) {
  const client = new NCALayerClient(form.dataset.sign, false);
  client.kmdHttpApiUrl = "http://"; // no address at all: the client would probe a port that our policy forbids
  try {
    await client.connect();
  } catch {
    throw new Error("connect");
  }
  return client;
}

async function sign(form) {
  const contents = [...form.querySelectorAll("[data-sign-content]")].map((part) => part.dataset.signContent);
  const client = await connect(form);
  try {
    const persona = form.querySelector("[data-sign-persona]")?.value;
    if (persona) await choosePersona(client, persona);
    const answer = await client.basicsSignCMS(
      NCALayerClient.basicsStorageAll,
      contents.length === 1 ? contents[0] : contents,
      NCALayerClient.basicsCMSParamsDetached,
      signer(form),
      document.documentElement.lang,
    );
    const signatures = [answer].flat();
    if (signatures.length !== contents.length || signatures.some((each) => !each)) throw new Error("cancelled");
    return signatures;
  } catch (problem) {
    throw problem.canceledByUser ? new Error("cancelled") : problem;
  } finally {
    client.wsConnection?.close();
  }
}

function prepare(form) {
  const state = form.querySelector("[data-sign-state]");
  const buttons = [...form.querySelectorAll("[data-sign-start]")];
  const say = (name, detail = "") => {
    const text = state.dataset[name] ?? state.dataset.failed;
    state.textContent = detail ? `${text} ${detail}` : text;
    state.classList.toggle("signing__state--bad", name !== "busy" && name !== "sending");
    state.classList.toggle("signing__state--busy", name === "busy" || name === "sending");
  };
  let running = false;

  form.addEventListener("submit", async (event) => {
    if (!event.submitter?.hasAttribute("data-sign-start")) return; // a switch or "back" goes its own way
    event.preventDefault();
    if (running) return;
    running = true;
    buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    say("busy");
    try {
      const signatures = await sign(form);
      const fields = [...form.querySelectorAll('input[name="signature"]')];
      fields.forEach((field, position) => { field.value = signatures[position]; });
      say("sending");
      form.submit();
    } catch (problem) {
      const known = ["connect", "cancelled"].includes(problem.message);
      say(known ? problem.message : "failed", known ? "" : problem.message);
      running = false;
      buttons.forEach((button) => button.removeAttribute("aria-disabled"));
    }
  });
  buttons.forEach((button) => { button.hidden = false; });
}

document.querySelectorAll("form[data-sign]").forEach(prepare);
