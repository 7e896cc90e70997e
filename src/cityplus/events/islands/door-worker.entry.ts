/**
 * The service worker of one door: keeps its page, its list and the files of the page, and gives them when there is no line. It sends
 * nothing, and forgets the page and the list when the server says that the door is not there any more.
 */
export {};

interface Extendable extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Scope {
  addEventListener(name: string, heard: (event: never) => void): void;
  skipWaiting(): Promise<void>;
  registration: { scope: string };
  clients: { claim(): Promise<void> };
}

const PATIENCE = 4_000; // milliseconds for a page or a list, while there is one kept
const worker = self as unknown as Scope;
const place = new URL(worker.registration.scope).pathname;
const CACHE = `cityplus-door:${place}`;

worker.addEventListener("install", (event: Extendable) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event: Extendable) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event: Fetching) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (pathname === place || pathname === `${place}names.json`) event.respondWith(fresh(request, pathname));
});

/** A file of the page: its name says what is in it, so what is kept is right. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

/** The page or the list as it is now, else as it is kept. */
async function fresh(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  try {
    const answer = await (kept ? Promise.race([fetch(request), late()]) : fetch(request));
    if (answer.status === 404) await caches.delete(CACHE);
    else if (answer.ok && !answer.redirected && !new URL(request.url).search) await cache.put(path, answer.clone());
    return answer.status >= 500 && kept ? kept : answer;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

function late(): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error("no line")), PATIENCE));
}
