/** The map of a route: loaded when it is opened, and only then. */
import { addProtocol, AttributionControl, Map as MapLibre, Marker, setWorkerUrl } from "maplibre-gl";
import type { StyleSpecification } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";
import { overlap } from "../boxes";
import type { MapData } from "../route-map";
import { cityStyle, inkOf, landStyle, withRoute } from "./styles";

/** Addresses and words from the element's `data-` attributes. */
export type MapSettings = Readonly<Record<string, string | undefined>>;

export interface RouteMapView {
  /** Mark a stop as the current one; bring it into sight unless the whole route shall stay in view. */
  stand(number: number, whole?: boolean): void;
}

const STYLE_PATIENCE = 2500; // ms; then our own sketch must do
const CLOSE = { sketch: 12.5, city: 14.5 }; // the zoom at which one stands at a stop
const CITY_LAYERS = ["earth", "water", "roads"]; // what an archive of the Protomaps schema always has

const protocol = new Protocol({ metadata: true });

/** Draws the map into `frame`; `go` is called with the number of a stop whose marker is pressed. Throws where there is no WebGL. */
export async function openMap(
  frame: HTMLElement,
  data: MapData,
  settings: MapSettings,
  go: (number: number) => void,
): Promise<RouteMapView> {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("This browser has no WebGL 2.");
  setWorkerUrl(new URL(settings["worker"]!, location.href).href);
  addProtocol("pmtiles", protocol.tile);
  const ink = inkOf(frame);
  const ground = await findGround(settings, ink);
  const map = new MapLibre({
    container: frame,
    style: withRoute(ground.style, data.legs, ink),
    bounds: data.bounds,
    fitBoundsOptions: { padding: 56, maxZoom: 15 },
    maxZoom: ground.sketch ? 14 : 18,
    attributionControl: false,
    dragRotate: false,
    scrollZoom: false, // the wheel belongs to the story until the map is in use
    locale: { "Map.Title": settings["labelMap"] ?? "" },
  });
  map.touchZoomRotate.disableRotation();
  map.getCanvas().addEventListener("focus", () => map.scrollZoom.enable());
  map.getCanvas().addEventListener("blur", () => map.scrollZoom.disable());
  map.addControl(new AttributionControl({ compact: false, ...(ground.sketch && { customAttribution: settings["labelSketch"]! }) }));
  frame.append(zoomButton(map, 1, settings["labelCloser"]), zoomButton(map, -1, settings["labelFarther"]));

  const markers = data.stops.map((stop) => {
    const element = markerOf(stop, () => go(stop.number));
    new Marker({ element }).setLngLat(stop.at).addTo(map);
    return element;
  });
  map.on("moveend", () => spreadNames(frame, markers));
  map.once("idle", () => spreadNames(frame, markers));
  const zoom = ground.sketch ? CLOSE.sketch : CLOSE.city;
  return {
    stand(number, whole = false) {
      mark(markers, number);
      if (whole) spreadNames(frame, markers);
      else map.easeTo({ center: data.stops[number - 1]!.at, zoom: Math.max(map.getZoom(), zoom), duration: 700 });
    },
  };
}

function mark(markers: HTMLElement[], number: number): void {
  for (const [index, marker] of markers.entries()) {
    const here = index === number - 1;
    marker.classList.toggle("is-current", here);
    if (here) marker.setAttribute("aria-current", "step");
    else marker.removeAttribute("aria-current");
  }
}

/** What lies beneath the route: the operator's style, else the operator's archive, else our own sketch of the coast. */
async function findGround(settings: MapSettings, ink: ReturnType<typeof inkOf>): Promise<{ style: StyleSpecification; sketch: boolean }> {
  const { style, tiles, sketch } = settings;
  try {
    if (style) {
      const answer = await fetch(style, { signal: AbortSignal.timeout(STYLE_PATIENCE) });
      if (answer.ok) return { style: (await answer.json()) as StyleSpecification, sketch: false };
    } else if (tiles) {
      const archive = new PMTiles(new URL(tiles, location.href).href);
      const about = (await archive.getMetadata()) as { vector_layers?: { id: string }[] };
      const layers = about.vector_layers?.map((layer) => layer.id) ?? [];
      if (CITY_LAYERS.every((layer) => layers.includes(layer))) return { style: cityStyle(addressOf(tiles), ink), sketch: false };
    }
  } catch (reason) {
    console.warn("The basemap cannot be had, the sketch stands in for it:", reason);
  }
  return { style: landStyle(addressOf(sketch!), ink), sketch: true };
}

const addressOf = (tiles: string): string => `pmtiles://${new URL(tiles, location.href).href}`;

function markerOf(stop: MapData["stops"][number], press: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "map-stop";
  button.ariaLabel = `${stop.number}. ${stop.title}`;
  button.append(String(stop.number));
  const name = document.createElement("span");
  name.className = "map-name";
  name.append(stop.title);
  button.append(name);
  button.addEventListener("click", press);
  return button;
}

/** Shows the current stop's name, and of the others those that find room; the rest come when they are pointed at. */
function spreadNames(frame: HTMLElement, markers: HTMLElement[]): void {
  const edge = frame.getBoundingClientRect();
  const taken = markers.map((marker) => marker.getBoundingClientRect());
  const isInside = (box: DOMRect): boolean => box.left > edge.left && box.right < edge.right;
  const isCurrent = (marker: HTMLElement): boolean => marker.classList.contains("is-current");
  const inOrder = [...markers.entries()].sort(([, a], [, b]) => Number(isCurrent(b)) - Number(isCurrent(a)));
  for (const [index, marker] of inOrder) {
    const name = marker.querySelector(".map-name")!;
    const fits = (late: boolean): boolean => {
      marker.classList.toggle("is-late", late);
      const box = name.getBoundingClientRect();
      return isInside(box) && (isCurrent(marker) || !taken.some((other, i) => i !== index && overlap(box, other)));
    };
    const named = fits(false) || fits(true);
    marker.classList.toggle("is-named", named);
    if (named) taken.push(name.getBoundingClientRect());
  }
}

function zoomButton(map: MapLibre, by: 1 | -1, label = ""): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `map-zoom map-zoom-${by > 0 ? "in" : "out"}`;
  button.ariaLabel = label;
  button.addEventListener("click", () => map.zoomTo(map.getZoom() + by));
  return button;
}
