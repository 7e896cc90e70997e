import { LiveConsole } from "./live-console";

customElements.define("live-console", LiveConsole);
