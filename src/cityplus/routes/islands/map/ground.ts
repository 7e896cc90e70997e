/** The ground beneath any map of ours: the operator's style, else the operator's archive, else our own sketch of the coast. */
import { addProtocol, AttributionControl, Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import type { LngLatBoundsLike, StyleSpecification } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";
import { cityStyle, inkOf, landStyle } from "./styles";
import type { Ink } from "./styles";

/** Addresses and words from the element's `data-` attributes. */
export type MapSettings = Readonly<Record<string, string | undefined>>;

export interface Ground {
  style: StyleSpecification;
  sketch: boolean;
}

const STYLE_PATIENCE = 2500; // ms; then our own sketch must do
const CITY_LAYERS = ["earth", "water", "roads"]; // what an archive of the Protomaps schema always has

const protocol = new Protocol({ metadata: true });

/** A map in `frame` with its ground, its zoom buttons and nothing on it; `dress` puts layers upon the style. Throws where there is no WebGL. */
export async function openGround(
  frame: HTMLElement,
  settings: MapSettings,
  bounds: LngLatBoundsLike,
  dress: (style: StyleSpecification, ink: Ink) => StyleSpecification,
): Promise<{ map: MapLibre; sketch: boolean }> {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("This browser has no WebGL 2.");
  setWorkerUrl(new URL(settings["worker"]!, location.href).href);
  addProtocol("pmtiles", protocol.tile);
  const ink = inkOf(frame);
  const ground = await findGround(settings, ink);
  const map = new MapLibre({
    container: frame,
    style: dress(ground.style, ink),
    bounds,
    fitBoundsOptions: { padding: 56, maxZoom: 15 },
    maxZoom: ground.sketch ? 14 : 18,
    attributionControl: false,
    dragRotate: false,
    scrollZoom: false, // the wheel belongs to the page until the map is in use
    locale: { "Map.Title": settings["labelMap"] ?? "" },
  });
  map.touchZoomRotate.disableRotation();
  map.getCanvas().addEventListener("focus", () => map.scrollZoom.enable());
  map.getCanvas().addEventListener("blur", () => map.scrollZoom.disable());
  map.addControl(new AttributionControl({ compact: false, ...(ground.sketch && { customAttribution: settings["labelSketch"]! }) }));
  frame.append(zoomButton(map, 1, settings["labelCloser"]), zoomButton(map, -1, settings["labelFarther"]));
  return { map, sketch: ground.sketch };
}

async function findGround(settings: MapSettings, ink: Ink): Promise<Ground> {
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

function zoomButton(map: MapLibre, by: 1 | -1, label = ""): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `map-zoom map-zoom-${by > 0 ? "in" : "out"}`;
  button.ariaLabel = label;
  button.addEventListener("click", () => map.zoomTo(map.getZoom() + by));
  return button;
}
