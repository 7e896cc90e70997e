/** What the page of a draft's stops loads. */
import "./stops/stops-editor";
