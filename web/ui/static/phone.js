// The page a remembered phone keeps: entries are kept on the phone, sent once, and what the server asks is shown.
import { all, drop, empty, open, put, random } from "./phone-store.js";

const words = JSON.parse(document.getElementById("words").textContent);
const find = (name) => document.querySelector(`[data-${name}]`);
const form = document.querySelector("form");
const LATER = 20000;
let base = null, changing = null, sending = false, asked = false;

start();

async function start() {
  base = await open();
  const labels = base ? await all(base, "labels") : [];
  find("unknown").hidden = labels.length > 0;
  find("known").hidden = labels.length === 0;
  if (!labels.length) return;
  drawPairs(labels);
  fresh();
  form.addEventListener("submit", save);
  find("leave").addEventListener("click", leave);
  window.addEventListener("online", send);
  window.addEventListener("offline", () => line(false));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(send, LATER);
  await draw();
  await send();
}

// ---- the form

function drawPairs(labels) {
  labels.sort((one, other) => one.label.localeCompare(other.label));
  find("pairs").replaceChildren(...labels.map(({ handle, label }, n) => {
    const box = made("div", "", "col-6"), tap = made("label", label, "tap"), input = made("input", "", "tap-input");
    Object.assign(input, { type: "radio", name: "pair", value: handle, id: `pair-${n}`, defaultChecked: labels.length === 1 });
    tap.htmlFor = input.id;
    box.append(input, tap);
    return box;
  }));
}

function made(name, text, className) {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

const day = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
const shown = (text) => new Date(`${text}T12:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short" });
const word = (name, code) => document.querySelector(`input[name="${name}"][value="${code}"] + label`)?.textContent ?? "";

function later(text, days) {
  const date = new Date(`${text}T12:00`);
  date.setDate(date.getDate() + Number(days));
  return day(date);
}

function fresh() {
  changing = null;
  form.reset();
  form.elements.on.value = day(new Date());
  form.elements.on.max = form.elements.on.value;
}

async function save(event) {
  event.preventDefault();
  const told = new FormData(form);
  if (!told.get("pair") || !told.get("channel") || !told.get("on")) { say(words.choose, "error"); return; }
  const entry = {
    key: changing?.key ?? random(), pair: told.get("pair"), label: word("pair", told.get("pair")), on: told.get("on"),
    channel: told.get("channel"), minutes: Number(told.get("minutes")) || null, topic: told.get("topic") ?? "",
    next_on: told.get("next") ? later(told.get("on"), told.get("next")) : "", sure: [], why: "", insist: false,
  };
  await put(base, "queue", entry);
  say(words.saved, "undo");
  fresh();
  window.scrollTo(0, 0);
  await draw();
  await send();
}

// ---- what waits

async function draw() {
  const queue = await all(base, "queue");
  find("queue").hidden = !queue.length;
  find("count").textContent = queue.length;
  find("entries").replaceChildren(...queue.map(drawEntry));
}

function drawEntry(entry) {
  const item = made("li", "", ""), what = made("span", "", "what"), tools = made("span", "", "d-flex flex-wrap gap-2 mt-1");
  const state = made("span", entry.why ? words.asks : words.waiting, `state state-${entry.why ? "fragile" : "unverified"}`);
  what.append([entry.label || "?", word("channel", entry.channel), entry.topic && word("topic", entry.topic)].filter(Boolean).join(" · "));
  if (entry.why) what.append(made("br", "", ""), made("span", words.why[entry.why] ?? words.why.value, "small-print"));
  if (entry.why && entry.why !== "arrived") tools.append(button(words.change, () => change(entry)));
  if (entry.insist) tools.append(button(words.insist, () => insist(entry)));
  tools.append(button(words.drop, () => remove(entry)));
  what.append(tools);
  item.append(state, what, made("span", shown(entry.on), "when"));
  return item;
}

function button(text, work) {
  const one = made("button", text, "btn btn-quiet");
  one.type = "button";
  one.addEventListener("click", work);
  return one;
}

function change(entry) {
  fresh();
  changing = entry;
  for (const name of ["pair", "channel", "minutes", "topic"]) {
    const input = document.querySelector(`input[name="${name}"][value="${entry[name]}"]`);
    if (input) input.checked = true;
  }
  form.elements.on.value = entry.on;
  form.scrollIntoView();
}

async function insist(entry) {
  await put(base, "queue", { ...entry, sure: [...entry.sure, entry.why], why: "", insist: false });
  await draw();
  await send();
}

async function remove(entry) {
  await drop(base, "queue", entry.key);
  if (changing?.key === entry.key) fresh();
  await draw();
}

// ---- the line

function line(there) {
  find("line").textContent = there ? words.line : words.no_line;
  find("line").className = there ? "small-print" : "notice";
}

function say(text, kind) {
  Object.assign(find("said"), { textContent: text, className: `notice notice-${kind}`, hidden: false });
}

async function ask(what, options = {}) {
  const answer = await fetch(what, { ...options, cache: "no-store", headers: { Accept: "application/json", ...options.headers } });
  return { status: answer.status, told: await answer.json().catch(() => ({})) };
}

async function send() {
  if (sending) return;
  const waiting = (await all(base, "queue")).filter((entry) => !entry.why);
  if (!navigator.onLine) { line(false); return; }
  if (asked && !waiting.length) return;
  sending = true;
  try {
    const { status, told } = await ask("state");
    if (status !== 200) throw new Error(String(status));
    asked = true;
    line(true);
    find("forgotten").hidden = told.known;
    if (told.known) for (const entry of waiting) await sendOne(entry, told.token);
  } catch {
    line(false);
  } finally {
    sending = false;
    await draw();
  }
}

async function sendOne(entry, token) {
  const { label, why, insist: may, ...sent } = entry;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const { status, told } = await ask("send", { method: "POST", headers, body: JSON.stringify(sent) });
  if (status === 200 && told.kept) {
    await drop(base, "queue", entry.key);
    say(words.kept, "undo");
  } else if (status === 409 && told.why) {
    await put(base, "queue", { ...entry, why: told.why, insist: told.insist });
    find("said").hidden = true;
  } else if (status === 404) {
    find("forgotten").hidden = false;
  } else {
    throw new Error(String(status));
  }
}

// ---- leaving

async function leave() {
  if ((await all(base, "queue")).length && !window.confirm(words.lose)) return;
  try {
    const { told } = await ask("state");
    if (told.known) await ask("forget", { method: "POST", headers: { "X-CSRFToken": told.token } });
  } finally {
    base.close();
    await empty();
    window.location.assign(find("leave").dataset.to);
  }
}
