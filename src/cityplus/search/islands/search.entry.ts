/** What every page loads for its search field, and the page of a search for its places. */
import { NearMe } from "./near-me";
import { SearchBox } from "./search-box";

customElements.define("search-box", SearchBox);
customElements.define("near-me", NearMe);
