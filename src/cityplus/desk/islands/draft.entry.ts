import { DraftEditor } from "./draft/draft-editor";
import { OwnTime } from "./draft/own-time";

customElements.define("draft-editor", DraftEditor);
customElements.define("own-time", OwnTime);
