/** The map of a draft's stops: markers that are dragged or moved by the arrow keys, ways between them, taps. Loaded when it is opened. */
import type { FeatureCollection } from "geojson";
import { type GeoJSONSource, type Map as MapLibre, Marker, type StyleSpecification } from "maplibre-gl";
import { type MapSettings, openGround } from "../../../routes/islands/map/ground";
import { type Ink, withRoute } from "../../../routes/islands/map/styles";
import { type Place, rounded, stepped } from "./model";

export interface Shown {
  key: string;
  name: string;
  at: Place | null;
  track: Place[];
}

export interface StopsMap {
  show(stops: Shown[]): void;
  choose(key: string): void;
  middle(): Place;
  /** A way that is being drawn, its points, and a pin. */
  sketch(way: Place[], points: Place[], pin: Place | null): void;
}

interface Page {
  centre: Place;
  words: Readonly<Record<string, string>>;
  stops: Shown[];
  mayWrite: boolean;
}

interface Tells {
  moved(key: string, at: Place, quiet: boolean): void;
  pressed(key: string): void;
  tapped(at: Place): void;
}

const STEP = 5; // metres that an arrow key moves a stop; ten times as many with Shift
const NEAR = 0.02; // degrees around a city whose draft has no place yet
const ARROWS: Record<string, [east: number, north: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const lonLat = ([lat, lon]: Place): [number, number] => [lon, lat];

/** Draws the map into `frame`. Throws where there is no WebGL. */
export async function openStopsMap(frame: HTMLElement, settings: MapSettings, page: Page, tells: Tells): Promise<StopsMap> {
  const { map } = await openGround(frame, settings, boundsOf(page), (style, ink) => withSketch(withRoute(style, [], ink), ink));
  map.setMaxZoom(18);
  const markers = new Markers(map, page, tells);
  map.on("click", (event) => tells.tapped(rounded([event.lngLat.lat, event.lngLat.wrap().lng])));
  await new Promise<void>((resolve) => {
    if (map.isStyleLoaded()) resolve();
    else map.once("styledata", () => resolve());
  });
  return {
    show(stops) {
      markers.show(stops);
      source(map, "route").setData(waysOf(stops));
    },
    choose(key) {
      markers.choose(key);
    },
    middle() {
      const { lat, lng } = map.getCenter().wrap();
      return rounded([lat, lng]);
    },
    sketch(way, points, pin) {
      source(map, "sketch").setData(sketchOf(way, points, pin));
    },
  };
}

class Markers {
  private readonly markers = new Map<string, Marker>();
  private chosen = "";

  constructor(
    private readonly map: MapLibre,
    private readonly page: Page,
    private readonly tells: Tells,
  ) {}

  show(stops: Shown[]): void {
    const there = new Set(stops.filter((stop) => stop.at).map((stop) => stop.key));
    for (const [key, marker] of this.markers) {
      if (there.has(key)) continue;
      marker.remove();
      this.markers.delete(key);
    }
    stops.forEach((stop, index) => {
      if (!stop.at) return;
      const marker = this.markers.get(stop.key) ?? this.made(stop.key, stop.at);
      marker.setLngLat(lonLat(stop.at));
      const button = marker.getElement();
      button.firstChild!.textContent = `${index + 1} `;
      button.querySelector(".map-name")!.textContent = stop.name;
      button.ariaLabel = `${index + 1} ${stop.name}`; // the name is not always to be seen
    });
    this.choose(this.chosen);
  }

  choose(key: string): void {
    this.chosen = key;
    for (const [other, marker] of this.markers) marker.getElement().classList.toggle("is-current", other === key);
    const at = this.markers.get(key)?.getLngLat();
    if (at && !this.map.getBounds().contains(at)) this.map.easeTo({ center: at });
  }

  private made(key: string, at: Place): Marker {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "map-stop";
    button.dataset["key"] = key;
    if (this.page.mayWrite) button.setAttribute("aria-description", this.page.words["arrows"]!);
    const name = document.createElement("span");
    name.className = "map-name";
    button.append(document.createTextNode(""), name);
    const marker = new Marker({ element: button, draggable: this.page.mayWrite }).setLngLat(lonLat(at)).addTo(this.map);
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLngLat().wrap();
      this.tells.moved(key, rounded([lat, lng]), false);
    });
    button.addEventListener("click", (event) => {
      event.stopPropagation(); // a tap on a stop is none on the ground
      this.choose(key);
      this.tells.pressed(key);
    });
    button.addEventListener("keydown", (event) => this.key(event, key, marker));
    this.markers.set(key, marker);
    return marker;
  }

  private key(event: KeyboardEvent, key: string, marker: Marker): void {
    const turn = ARROWS[event.key];
    if (!turn || !this.page.mayWrite || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // else the map moves too
    const metres = STEP * (event.shiftKey ? 10 : 1);
    const { lat, lng } = marker.getLngLat();
    this.tells.moved(key, stepped([lat, lng], turn[0] * metres, turn[1] * metres), event.repeat);
  }
}

function boundsOf({ stops, centre }: Page): [number, number, number, number] {
  const places = stops.flatMap((stop) => (stop.at ? [stop.at, ...stop.track] : []));
  if (!places.length) places.push([centre[0] - NEAR, centre[1] - NEAR], [centre[0] + NEAR, centre[1] + NEAR]);
  const [lats, lons] = [places.map(([lat]) => lat), places.map(([, lon]) => lon)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** The ways between stops that follow one another and both have a place. */
function waysOf(stops: Shown[]): FeatureCollection {
  const features = stops.slice(1).flatMap((stop, index) => {
    const from = stops[index]!;
    if (!from.at || !stop.at) return [];
    const coordinates = [from.at, ...stop.track, stop.at].map(lonLat);
    return [{ type: "Feature" as const, properties: { drawn: stop.track.length > 0 }, geometry: { type: "LineString" as const, coordinates } }];
  });
  return { type: "FeatureCollection", features };
}

function sketchOf(way: Place[], points: Place[], pin: Place | null): FeatureCollection {
  const dots = [...points, ...(pin ? [pin] : [])].map((place) => ({
    type: "Feature" as const,
    properties: { pin: place === pin },
    geometry: { type: "Point" as const, coordinates: lonLat(place) },
  }));
  const line = { type: "Feature" as const, properties: {}, geometry: { type: "LineString" as const, coordinates: way.map(lonLat) } };
  return { type: "FeatureCollection", features: way.length > 1 ? [line, ...dots] : dots };
}

function withSketch(style: StyleSpecification, ink: Ink): StyleSpecification {
  const from = { source: "sketch" } as const;
  return {
    ...style,
    sources: { ...style.sources, sketch: { type: "geojson", data: { type: "FeatureCollection", features: [] } } },
    layers: [
      ...style.layers,
      { ...from, id: "sketch-way", type: "line", paint: { "line-color": ink.name, "line-width": 3, "line-dasharray": [2, 1] } },
      {
        ...from,
        id: "sketch-points",
        type: "circle",
        filter: ["==", ["geometry-type"], "Point"],
        paint: { "circle-radius": ["case", ["get", "pin"], 9, 5], "circle-color": ink.land, "circle-stroke-color": ink.light, "circle-stroke-width": 3 },
      },
    ],
  };
}

const source = (map: MapLibre, name: string): GeoJSONSource => map.getSource(name)!;
