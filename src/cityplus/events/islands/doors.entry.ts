import { EventDoor } from "./doors/door";

customElements.define("event-door", EventDoor);
