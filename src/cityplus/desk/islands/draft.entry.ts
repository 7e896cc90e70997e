import { DraftEditor } from "./draft/draft-editor";

customElements.define("draft-editor", DraftEditor);
