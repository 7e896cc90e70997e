/**
 * The service worker: shows what is pushed, and opens what it is about. It keeps nothing and answers no request of a page.
 *
 * What comes is sealed for this browser; the words in it are what its reader might see when it was sent.
 */
interface Pushed {
  title: string;
  body?: string;
  url?: string;
  tag?: string;
  lang?: string;
  dir?: "ltr" | "rtl";
}

interface Extendable extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Scope {
  addEventListener(name: string, heard: (event: never) => void): void;
  skipWaiting(): Promise<void>;
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: {
    claim(): Promise<void>;
    matchAll(which: object): Promise<{ url: string; focus(): Promise<unknown> }[]>;
    openWindow(url: string): Promise<unknown>;
  };
}

const worker = self as unknown as Scope;

worker.addEventListener("install", (event: Extendable) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event: Extendable) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("push", (event: Extendable & { data: { json(): unknown } | null }) => {
  const told = read(event.data);
  event.waitUntil(
    worker.registration.showNotification(told.title, {
      body: told.body ?? "",
      tag: told.tag ?? "",
      lang: told.lang ?? "",
      dir: told.dir ?? "auto",
      data: told.url ?? "/notices/",
    }),
  );
});

worker.addEventListener("notificationclick", (event: Extendable & { notification: Notification }) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

/** A browser takes pushes away from a site that shows nothing for one: what cannot be read is shown without words of its own. */
function read(data: { json(): unknown } | null): Pushed {
  try {
    const told = data?.json() as Pushed | undefined;
    if (told && typeof told.title === "string") return told;
  } catch {
    // It is no message of ours.
  }
  return { title: "CityPlus" };
}

/** Only our own pages are opened, in a tab that shows it already or in a new one. */
async function open(path: string): Promise<void> {
  const url = new URL(path, worker.location.origin);
  if (url.origin !== worker.location.origin) return;
  const tabs = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = tabs.find((tab) => tab.url === url.href);
  await (there ? there.focus() : worker.clients.openWindow(url.href));
}
