import { LiveNews } from "./live-news";
import { NightGlobe } from "./night-globe";

customElements.define("night-globe", NightGlobe);
customElements.define("live-news", LiveNews);
