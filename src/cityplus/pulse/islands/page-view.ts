/**
 * `<page-view data-token="…" data-door="/live/views/">`: brings the page's token back when the page is first on a screen.
 * A page drawn in advance, or opened in a tab that nobody looks at, waits. What the server could not take is sent again: to send
 * twice is to count once.
 */
const TRIES = 4;
const PAUSE = 5; // seconds, where the server names none

export class PageView extends HTMLElement {
  connectedCallback(): void {
    void this.count();
  }

  private async count(): Promise<void> {
    await drawn();
    await visible();
    for (let tries = 1; tries <= TRIES; tries++) {
      const pause = await send(this.dataset.door ?? "", this.dataset.token ?? "");
      if (pause === undefined) return;
      await new Promise((done) => setTimeout(done, pause * tries * 1000));
    }
  }
}

/** Resolves when this document is no longer one that the browser draws in advance. */
function drawn(): Promise<unknown> {
  const ahead = (document as Document & { prerendering?: boolean }).prerendering;
  return ahead ? once("prerenderingchange", () => true) : Promise.resolve();
}

function visible(): Promise<unknown> {
  const seen = (): boolean => document.visibilityState === "visible";
  return seen() ? Promise.resolve() : once("visibilitychange", seen);
}

function once(event: string, holds: () => boolean): Promise<unknown> {
  return new Promise<void>((done) => {
    const look = (): void => {
      if (!holds()) return;
      document.removeEventListener(event, look);
      done();
    };
    document.addEventListener(event, look);
  });
}

/** Sends the token, without cookies. Gives the seconds to wait before trying again, or nothing when there is no need to. */
async function send(door: string, token: string): Promise<number | undefined> {
  try {
    const answer = await fetch(door, { method: "POST", body: token, keepalive: true, credentials: "omit" });
    return answer.status === 503 ? Number(answer.headers.get("retry-after")) || PAUSE : undefined;
  } catch {
    return PAUSE;
  }
}
