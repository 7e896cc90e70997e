import { LiveConsole } from "../../web/islands/live-console";

customElements.define("live-console", LiveConsole);
