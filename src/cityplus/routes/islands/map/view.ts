/** The map of a route: loaded when it is opened, and only then. */
import { Marker } from "maplibre-gl";
import { overlap } from "../boxes";
import type { MapData } from "../route-map";
import { openGround } from "./ground";
import type { MapSettings } from "./ground";
import { withRoute } from "./styles";

export interface RouteMapView {
  /** Mark a stop as the current one; bring it into sight unless the whole route shall stay in view. */
  stand(number: number, whole?: boolean): void;
}

const CLOSE = { sketch: 12.5, city: 14.5 }; // the zoom at which one stands at a stop

/** Draws the map into `frame`; `go` is called with the number of a stop whose marker is pressed. Throws where there is no WebGL. */
export async function openMap(
  frame: HTMLElement,
  data: MapData,
  settings: MapSettings,
  go: (number: number) => void,
): Promise<RouteMapView> {
  const { map, sketch } = await openGround(frame, settings, data.bounds, (style, ink) => withRoute(style, data.legs, ink));

  const markers = data.stops.map((stop) => {
    const element = markerOf(stop, () => go(stop.number));
    new Marker({ element }).setLngLat(stop.at).addTo(map);
    return element;
  });
  map.on("moveend", () => spreadNames(frame, markers));
  map.once("idle", () => spreadNames(frame, markers));
  const zoom = sketch ? CLOSE.sketch : CLOSE.city;
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
