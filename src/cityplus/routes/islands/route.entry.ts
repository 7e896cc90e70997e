/** What a route page and a stop page load. */
import "../../media/islands/sound-player";
import "./route-map";
import "./route-story";
