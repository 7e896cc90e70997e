import { DraftEditor } from "./draft/draft-editor";
import { OwnTime } from "../../web/islands/own-time";
import { pickIntoField } from "./draft/picking";

customElements.define("draft-editor", DraftEditor);
customElements.define("own-time", OwnTime);
document.addEventListener("media-picked", pickIntoField);
