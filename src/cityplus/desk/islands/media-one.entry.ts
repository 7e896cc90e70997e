/** What the page of one medium loads. */
import "../../media/islands/sound-player";
import "./focal-point";
import "./media-replacement";
