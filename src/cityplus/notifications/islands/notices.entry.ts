/** The page of notices, and the page on which one chooses what one hears of. */
import { OwnZone } from "./own-zone";
import { PushDevice } from "./push-device";
import { readOnTheWay } from "./reading-on";

customElements.define("own-zone", OwnZone);
customElements.define("push-device", PushDevice);
for (const list of document.querySelectorAll<HTMLElement>("[data-reading]")) readOnTheWay(list);
