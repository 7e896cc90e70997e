/** Pages on which a passkey is made or asked for. */
import { PasskeyForm } from "./passkey-form";

customElements.define("passkey-form", PasskeyForm);
