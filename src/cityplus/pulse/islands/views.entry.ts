/** Counts the page once somebody sees it. Without this script a picture in the page does. */
import { PageView } from "./page-view";

customElements.define("page-view", PageView);
