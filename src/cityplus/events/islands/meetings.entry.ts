import { FreshPart } from "./fresh-part";

customElements.define("fresh-part", FreshPart);
