/** `<file-progress data-words="{percent} % read"><progress><p role="status">`: follows the reading of a file, then shows its report. */
const PAUSE = 1000; // ms between two looks

class FileProgress extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.timer = window.setTimeout(() => void this.look(), PAUSE);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    try {
      const response = await fetch(location.href, { headers: { Accept: "application/json" } });
      const told = (await response.json()) as { state: string; percent: number };
      if (told.state !== "waiting") return location.reload();
      this.querySelector("progress")!.value = told.percent;
      const words = this.dataset["words"]!.replace("{percent}", String(told.percent));
      const status = this.querySelector("[role=status]")!;
      if (status.textContent !== words) status.textContent = words;
    } catch (reason) {
      console.warn(reason); // the line is gone for a moment: look again
    }
    if (this.isConnected) this.timer = window.setTimeout(() => void this.look(), PAUSE);
  }
}

customElements.define("file-progress", FileProgress);
