/** What the form and the drafts load. They work without it. */
import { OwnTime } from "../../web/islands/own-time";
import { WriteForm } from "./write/form";

customElements.define("own-time", OwnTime);
customElements.define("write-form", WriteForm);
