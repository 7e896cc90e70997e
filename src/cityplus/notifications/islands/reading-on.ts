/**
 * Following a notice marks its group as read: the link works as ever, and the server is told beside it. The list says where to by
 * `data-reading`; a new line names its group by `data-group`.
 */
import { token } from "./encoding";

export function readOnTheWay(list: HTMLElement): void {
  const tell = (event: Event): void => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const group = link?.closest<HTMLElement>("[data-group]")?.dataset.group;
    if (!group) return;
    const body = new URLSearchParams({ only: group, csrfmiddlewaretoken: token() });
    void fetch(list.dataset.reading ?? "", { method: "POST", body, keepalive: true })
      .then(() => document.dispatchEvent(new Event("notices-read")))
      .catch(() => null); // it stays new, which is true
  };
  list.addEventListener("click", tell);
  list.addEventListener("auxclick", tell); // in a tab of its own
}
