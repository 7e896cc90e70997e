/** The bell in the head of every page. */
import { NoticeBell } from "./notice-bell";

customElements.define("notice-bell", NoticeBell);
