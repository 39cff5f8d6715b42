// Setting a phone up: the server gives it a key and handles; the short names stay here.
import { all, drop, get, open, put, random, unsent } from "./phone-store.js";

const form = document.querySelector("[data-set-up]");
const able = form && "indexedDB" in window && "serviceWorker" in navigator;
if (able) {
  const button = form.querySelector("button");
  button.disabled = false;
  document.querySelector("[data-unable]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try { await setUp(); } catch { document.querySelector("[data-failed]").hidden = false; button.disabled = false; }
  });
}

// Another account sets this phone up: what the other one left is lost, so ask.
async function mayStart(base) {
  const owner = await get(base, "about", "owner");
  if (!owner || owner === form.dataset.owner) return true;
  if (await unsent() && !window.confirm(form.dataset.lose)) return false;
  for (const name of ["labels", "queue"]) base.transaction(name, "readwrite").objectStore(name).clear();
  await drop(base, "about", "phone");
  return true;
}

async function setUp() {
  const base = await open(true);
  if (!await mayStart(base)) { form.querySelector("button").disabled = false; return; }
  const phone = await get(base, "about", "phone") || random();
  const sent = new FormData();
  sent.set("phone", phone);
  sent.set("csrf_token", form.elements.csrf_token.value);
  const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const { handles, to } = await answer.json();
  await put(base, "about", phone, "phone");
  await put(base, "about", form.dataset.owner, "owner");
  await keepLabels(base, handles);
  await navigator.storage?.persist?.().catch(() => false);  // so that a full phone does not throw away what waits
  await navigator.serviceWorker.register(form.dataset.worker, { scope: to });
  window.location.assign(to);
}

// A pair whose name was left empty keeps the one it has here. What waits under an old handle follows its name.
async function keepLabels(base, handles) {
  const before = await all(base, "labels"), queue = await all(base, "queue");
  let n = 0;
  for (const [pair, handle] of Object.entries(handles)) {
    n += 1;
    const typed = form.elements[`label-${pair}`].value.trim();
    const old = before.find((one) => one.handle === handle);
    const label = typed || old?.label || `${form.dataset.pair} ${n}`;
    await put(base, "labels", { handle, label });
    for (const entry of queue.filter((one) => before.some((was) => was.handle === one.pair && was.label === label)))
      await put(base, "queue", { ...entry, pair: handle, why: "" });
  }
  const known = Object.values(handles);
  for (const one of before.filter((each) => !known.includes(each.handle))) await drop(base, "labels", one.handle);
}
