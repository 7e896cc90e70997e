/** What an editor loads to choose from the library. */
import "./media-picker";
