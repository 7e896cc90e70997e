/** What the pages of posts load. They work without it. */
import { sendDeeds } from "./deeds";
import { LivePosts } from "./live-posts";
import { LocalMoment } from "./local-moment";

customElements.define("local-moment", LocalMoment);
customElements.define("live-posts", LivePosts);
sendDeeds(document);
