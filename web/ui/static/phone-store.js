// What a remembered phone keeps: its own random name, short labels its user typed, and entries not sent yet. No notes.
const BASE = "mrezha-phone";

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

// Opens the store. Unless `make`, one that is not there stays away, and the answer is null.
export function open(make = false) {
  return new Promise((done, failed) => {
    const request = indexedDB.open(BASE, 1);
    request.onupgradeneeded = () => {
      if (!make) { request.transaction.abort(); return; }
      request.result.createObjectStore("about");
      request.result.createObjectStore("labels", { keyPath: "handle" });
      request.result.createObjectStore("queue", { keyPath: "key" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = (event) => { event.preventDefault(); if (make) failed(request.error); else done(null); };
  });
}

const part = (base, name, mode) => base.transaction(name, mode).objectStore(name);

export const all = (base, name) => asked(part(base, name, "readonly").getAll());
export const get = (base, name, key) => asked(part(base, name, "readonly").get(key));
export const put = (base, name, value, key) => asked(part(base, name, "readwrite").put(value, key));
export const drop = (base, name, key) => asked(part(base, name, "readwrite").delete(key));

export function random() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// How many entries wait here; 0 where no phone was ever set up.
export async function unsent() {
  const base = await open();
  if (!base) return 0;
  const n = (await all(base, "queue")).length;
  base.close();
  return n;
}

// Takes away everything: store, kept page, service worker.
export async function empty() {
  await asked(indexedDB.deleteDatabase(BASE)).catch(() => null);
  if ("caches" in window) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  for (const one of await navigator.serviceWorker?.getRegistrations() ?? []) await one.unregister();
}
