/** `<ceremony-live>` on the public page: the count and the step as they change. */
import { Line } from "./wall/line";
import { begin, take, type CountEvent, type Standing } from "./wall/standing";

class CeremonyLive extends HTMLElement {
  connectedCallback(): void {
    const standing = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}") as Standing;
    const numbers = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
    new Line<CountEvent>(standing.stream, standing.beat, {
      heard: (_, event) => {
        if (event.wiped === standing.run) return location.reload();
        if (event.wiped || event.run < standing.run) return;
        if (event.run > standing.run) begin(standing, event.run);
        const before = standing.step;
        for (const step of event.steps) take(standing, step);
        this.dataset.step = standing.step;
        for (const words of this.querySelectorAll<HTMLElement>("[data-step]")) words.hidden = words.dataset.step !== standing.step;
        this.querySelector<HTMLElement>(".ceremony-count")!.hidden = false;
        this.querySelector(".palm-palms")!.textContent = numbers.format(event.palms);
        // Guests, the launch and what is live now are on the page that the server writes.
        if (before !== "launched" && standing.step === "launched") setTimeout(() => location.reload(), 4_000 + 8_000 * Math.random());
      },
    });
  }
}

customElements.define("ceremony-live", CeremonyLive);
