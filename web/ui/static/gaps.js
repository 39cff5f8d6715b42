"use strict";
// A cell of the coverage opens beside the matrix; without this script, and on a narrow screen, on its own page.
const pane = document.querySelector("[data-cell]");
const wide = window.matchMedia("(min-width: 1200px)");

const open = async (link) => {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) { window.location.assign(link.href); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const cell = page.querySelector("[data-cell]");
  if (!cell) { window.location.assign(link.href); return; }
  pane.replaceChildren(...cell.childNodes);
  pane.hidden = false;
  document.querySelectorAll("[data-side]").forEach((side) => { side.className = side.dataset.side; });
  document.querySelector(".matrix a[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  const here = new URL(window.location.href);
  here.searchParams.set("at", new URL(link.href).pathname.split("/").pop());
  window.history.replaceState(null, "", here);
  pane.querySelector("[data-cell-title]")?.focus({ preventScroll: true });
};

document.querySelector(".matrix")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

// Arrow keys walk over the cells.
document.querySelector(".matrix")?.addEventListener("keydown", (event) => {
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const cell = event.target.closest("td");
  if (!step || !cell) return;
  const row = cell.parentElement;
  const rows = row.parentElement;
  const next = rows.rows[row.sectionRowIndex + step[0]]?.cells[cell.cellIndex + step[1]]?.querySelector("a");
  if (next) { event.preventDefault(); next.focus(); }
});
