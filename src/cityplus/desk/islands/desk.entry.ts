import { DeskLine } from "./desk-line";
import { ReaderTime } from "./reader-time";

customElements.define("desk-line", DeskLine);
customElements.define("reader-time", ReaderTime);
