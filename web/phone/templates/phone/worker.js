"use strict";
// Serves one page and its files when there is no line; every other request goes by as if this were not here.
const NAME = "phone-{{ version }}";
const SHELL = {{ shell|tojson }};
const FILES = {{ files|tojson }};
const PATIENCE = 3000;

self.addEventListener("install", (event) => {
  const fresh = [SHELL, ...FILES].map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(tidy.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && pathname === SHELL) event.respondWith(page(event.request));
  else if (FILES.includes(pathname)) event.respondWith(file(event.request));
});

// The page as the server has it now; after a while, or without a line, as it was kept.
async function page(request) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(SHELL);
  const fresh = fetch(request).then(async (answer) => {
    if (!answer.ok || answer.redirected) throw new Error("not the page");
    await cache.put(SHELL, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  const patience = new Promise((done) => { setTimeout(() => done(kept), PATIENCE); });
  return Promise.race([fresh, patience]).catch(() => kept);
}

async function file(request) {
  const kept = await (await caches.open(NAME)).match(request, { ignoreSearch: true });
  return kept || fetch(request);
}
