import { PalmPress } from "./palm/phone";
import { TouchScreen } from "./palm/touch";

customElements.define("palm-press", PalmPress);
customElements.define("touch-screen", TouchScreen);
