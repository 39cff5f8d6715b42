"use strict";
// Small comforts; every page works without them.
document.querySelector("[data-focus]")?.focus();

// An open menu closes on Escape and on a click elsewhere.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") menus().forEach((menu) => menu.removeAttribute("open"));
});
document.addEventListener("click", (event) => {
  menus().forEach((menu) => { if (!menu.contains(event.target)) menu.removeAttribute("open"); });
});

// On a phone the places of the top bar scroll sideways: begin at the one that is open.
const here = document.querySelector(".topbar nav [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 48;

// A form is sent once; its key would make a second one harmless anyway.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});

// Signing out empties what a phone kept; with entries that were not sent it asks first.
document.querySelector("form[data-leaves]")?.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("indexedDB" in window)) return;
  event.preventDefault();
  try {
    const store = await import("/static/phone-store.js");
    if (await store.unsent() && !window.confirm(form.dataset.leaves)) return;
    await store.empty();
  } catch { /* the answer to signing out empties it as well */ }
  form.submit();
});

// Filters apply as soon as they are chosen.
document.querySelectorAll("form[data-auto] select").forEach((select) => {
  select.addEventListener("change", () => select.form.requestSubmit());
});

// Progress of a job: asked for again until it is over.
document.querySelectorAll("[data-progress]").forEach((box) => {
  const ask = async () => {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) { setTimeout(ask, 5000); return; }
    const job = await answer.json();
    const bar = box.querySelector("progress");
    if (bar) { bar.max = job.total || 1; bar.value = job.done; }
    const words = box.querySelector("[data-words]");
    if (words) words.textContent = job.words;
    if (job.over) window.location.reload(); else setTimeout(ask, 700);
  };
  ask();
});

// The database is away: look again in a moment. Never after a form, which would be sent twice.
document.querySelectorAll("[data-retry]").forEach((box) => {
  setTimeout(() => window.location.reload(), 1000 * Number(box.dataset.retry));
});

// Print from the page; without this script the browser's own menu does it.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
