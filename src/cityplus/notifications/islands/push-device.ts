/**
 * `<push-device data-key="…" data-worker="/notices-worker.js" data-add="…" data-person="7">` around a button: pressing it asks the
 * browser whether pushes may be shown, and gives the server what it needs to send them. `[data-say]` paragraphs tell how it stands.
 *
 * With `data-quiet` it has no button, and only tells the server again of a browser that this person chose on it before: a new
 * sign-in is a new session, and pushes go where one is signed in.
 */
import { bytesOf, token } from "./encoding";

const KEPT = "notices-push"; // whose pushes this browser takes: nobody's are turned on by somebody else's sign-in

export class PushDevice extends HTMLElement {
  connectedCallback(): void {
    if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
    void this.begin();
  }

  private async begin(): Promise<void> {
    const subscription = await this.present();
    if (this.dataset.quiet !== undefined) {
      if (subscription) await this.tell(subscription).catch(() => null);
      return;
    }
    const listed = subscription ? await mark(subscription) : false;
    if (subscription && listed) await this.tell(subscription).catch(() => null);
    this.say("unsupported", false);
    this.say("on", listed);
    const button = this.querySelector("button");
    if (!button) return;
    button.hidden = listed;
    button.disabled = false;
    button.addEventListener("click", () => void this.ask(button));
  }

  /** The subscription of this browser, if this person chose it. */
  private async present(): Promise<PushSubscription | null> {
    if (localStorage.getItem(KEPT) !== this.dataset.person || Notification.permission !== "granted") return null;
    const registration = await navigator.serviceWorker.getRegistration("/");
    const found = (await registration?.pushManager.getSubscription()) ?? null;
    return found && isBoundTo(found, bytesOf(this.dataset.key ?? "")) ? found : null;
  }

  private async ask(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    this.say("denied", false);
    this.say("failed", false);
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        this.say("denied", true);
        return;
      }
      await this.tell(await this.subscribe());
      localStorage.setItem(KEPT, this.dataset.person ?? "");
      location.reload(); // the list of devices, as the server writes it
    } catch {
      this.say("failed", true);
    } finally {
      button.disabled = false;
    }
  }

  private async subscribe(): Promise<PushSubscription> {
    await navigator.serviceWorker.register(this.dataset.worker ?? "", { scope: "/" });
    const registration = await navigator.serviceWorker.ready;
    const old = await registration.pushManager.getSubscription();
    await old?.unsubscribe(); // it may be bound to another key, or be somebody else's who was here before
    return registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytesOf(this.dataset.key ?? ""),
    });
  }

  private async tell(subscription: PushSubscription): Promise<void> {
    const response = await fetch(this.dataset.add ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(subscription),
    });
    if (!response.ok) throw new Error(`the device was not taken: ${response.status}`);
  }

  private say(what: string, shown: boolean): void {
    for (const part of this.querySelectorAll<HTMLElement>(`[data-say="${what}"]`)) part.hidden = !shown;
  }
}

/** Whether it takes what this key signs; the network has another one once its data folder was lost. */
function isBoundTo(subscription: PushSubscription, key: Uint8Array): boolean {
  const theirs = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  return theirs.length === key.length && theirs.every((byte, place) => byte === key[place]);
}

/** Whether the server has this browser among the devices of this page. */
async function mark(subscription: PushSubscription): Promise<boolean> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return document.querySelector(`[data-digest="${hex}"]`) !== null;
}
