/** How our maps are drawn, in the colours of the page that they stand on. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { MapData } from "../route-map";

/** Colours of a map, as CSS writes them. */
export type Ink = Record<"water" | "land" | "green" | "building" | "road" | "coast" | "name" | "halo" | "light", string>;

const TOKENS: Record<keyof Ink, string> = {
  water: "--map-water",
  land: "--map-land",
  green: "--map-green",
  building: "--map-building",
  road: "--map-road",
  coast: "--map-coast",
  name: "--muted",
  halo: "--map-land",
  light: "--lamp",
};

/** Reads the tokens as they stand at an element: MapLibre knows no `var()` and no `light-dark()`. */
export function inkOf(element: HTMLElement): Ink {
  const probe = document.createElement("i");
  element.append(probe);
  const entries = Object.entries(TOKENS).map(([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(entries) as Ink;
}

const ground = (colour: string): LayerSpecification => ({ id: "ground", type: "background", paint: { "background-color": colour } });

const grow = (from: number, zoomFrom: number, to: number, zoomTo: number, base = 1.6): ExpressionSpecification => [
  "interpolate",
  ["exponential", base],
  ["zoom"],
  zoomFrom,
  from,
  zoomTo,
  to,
];

const SHALLOWS = [0.3, 0.55, 0.8]; // how much of the land's colour each band has, the widest first
const BAND = 0.4; // kilometres

/** Land and water and nothing else. This coast is true to a kilometre: nearby it goes down to the sea in bands, as in old atlases. */
export function landStyle(url: string, ink: Ink): StyleSpecification {
  const coast = { type: "line", source: "world", "source-layer": "land", layout: { "line-join": "round" } } as const;
  const shallows = SHALLOWS.map((share, index): LayerSpecification => {
    const kilometres = 2 * BAND * (SHALLOWS.length - index);
    return {
      ...coast,
      id: `shallows-${index}`,
      minzoom: 7,
      paint: {
        "line-color": ["interpolate", ["linear"], share, 0, ink.water, 1, ink.land],
        "line-width": grow(kilometres * 2.5, 7, kilometres * 320, 14, 2), // pixels, near enough for the latitudes of cities
      },
    };
  });
  return {
    version: 8,
    sources: { world: { type: "vector", url } },
    layers: [
      ground(ink.water),
      ...shallows,
      { id: "land", type: "fill", source: "world", "source-layer": "land", paint: { "fill-color": ink.land, "fill-antialias": false } },
      { ...coast, id: "coast", maxzoom: 11, paint: { "line-color": ink.coast, "line-opacity": grow(1, 8, 0, 11, 1) } },
    ],
  };
}

const kind: ExpressionSpecification = ["coalesce", ["get", "kind"], ["get", "pmap:kind"], ""];
const isKind = (...kinds: string[]): ExpressionSpecification => ["in", kind, ["literal", kinds]];
const wide = (from: number, to: number): ExpressionSpecification => grow(from, 10, to, 18);

/** A city from tiles of the Protomaps schema: water, green, buildings, ways and the names of quarters. */
export function cityStyle(url: string, ink: Ink): StyleSpecification {
  const language = document.documentElement.lang;
  const from = (layer: string) => ({ source: "city", "source-layer": layer }) as const;
  const round = { "line-cap": "round", "line-join": "round" } as const;
  return {
    version: 8,
    sources: { city: { type: "vector", url } },
    layers: [
      ground(ink.water),
      { id: "land", type: "fill", ...from("earth"), paint: { "fill-color": ink.land } },
      { id: "green", type: "fill", ...from("landuse"), filter: isKind("park", "forest", "wood", "garden", "grass", "beach", "cemetery"), paint: { "fill-color": ink.green } },
      { id: "water", type: "fill", ...from("water"), filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": ink.water } },
      { id: "canals", type: "line", ...from("water"), filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": ink.water, "line-width": wide(0.5, 8) } },
      { id: "buildings", type: "fill", ...from("buildings"), minzoom: 13, paint: { "fill-color": ink.building } },
      { id: "paths", type: "line", ...from("roads"), minzoom: 13, filter: isKind("path"), layout: round, paint: { "line-color": ink.road, "line-width": wide(0.2, 3), "line-dasharray": [2, 2] } },
      { id: "streets", type: "line", ...from("roads"), filter: isKind("minor_road", "other"), minzoom: 11, layout: round, paint: { "line-color": ink.road, "line-width": wide(0.2, 9) } },
      { id: "rails", type: "line", ...from("roads"), filter: isKind("rail"), minzoom: 11, paint: { "line-color": ink.coast, "line-width": wide(0.4, 2) } },
      { id: "roads", type: "line", ...from("roads"), filter: isKind("major_road", "medium_road", "highway"), layout: round, paint: { "line-color": ink.road, "line-width": wide(1, 18) } },
      {
        id: "names",
        type: "symbol",
        ...from("places"),
        layout: { "text-field": ["coalesce", ["get", `name:${language}`], ["get", "name"]], "text-size": 13, "text-max-width": 8 },
        paint: { "text-color": ink.name, "text-halo-color": ink.halo, "text-halo-width": 1.5 },
      },
    ],
  };
}

/** The same style with the route upon it: drawn tracks as lines, reckoned legs as dots. */
export function withRoute(style: StyleSpecification, legs: MapData["legs"], ink: Ink): StyleSpecification {
  const features = legs.map((leg) => ({
    type: "Feature" as const,
    properties: { drawn: leg.drawn },
    geometry: { type: "LineString" as const, coordinates: leg.line },
  }));
  const line = { type: "line", source: "route", layout: { "line-cap": "round", "line-join": "round" } } as const;
  return {
    ...style,
    sources: { ...style.sources, route: { type: "geojson", data: { type: "FeatureCollection", features } } },
    layers: [
      ...style.layers,
      { ...line, id: "route-glow", paint: { "line-color": ink.light, "line-width": 12, "line-blur": 12, "line-opacity": 0.25 } },
      { ...line, id: "route-drawn", filter: ["get", "drawn"], paint: { "line-color": ink.light, "line-width": 3 } },
      { ...line, id: "route-reckoned", filter: ["!", ["get", "drawn"]], paint: { "line-color": ink.light, "line-width": 3, "line-dasharray": [0, 2.4] } },
    ],
  };
}
