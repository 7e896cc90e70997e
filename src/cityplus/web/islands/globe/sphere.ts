/** Geometry of the globe, as in the shaders. World: x to 90° E, y north, z to 0°, 0°; angles in radians. */

export type Vec3 = [number, number, number];

const EYE = 6.5;
export const HORIZON = 1 / EYE;
const LENS = Math.sqrt(EYE * EYE - 1);
const DEGREE = Math.PI / 180;

/** Which point of the Earth lies in the middle. */
export interface Aim {
  lon: number;
  lat: number;
}

/** The unit vector of a place given in degrees. */
export function place(lat: number, lon: number): Vec3 {
  const across = Math.cos(lat * DEGREE);
  return [across * Math.sin(lon * DEGREE), Math.sin(lat * DEGREE), across * Math.cos(lon * DEGREE)];
}

export function aimAt([x, y, z]: Vec3): Aim {
  return { lon: Math.atan2(x, z), lat: Math.asin(y) };
}

/** World to view, by columns, as WebGL wants it. */
export function turnTo({ lon, lat }: Aim): Float32Array {
  const [a, b, c, d] = [Math.cos(lon), Math.sin(lon), Math.cos(lat), Math.sin(lat)];
  return new Float32Array([a, -d * b, c * b, 0, c, d, -b, -d * a, c * a]);
}

/** Where a place shows: x right and y down in radii from the disc's middle, z its depth; it is seen above HORIZON. */
export function project(m: Float32Array, [x, y, z]: Vec3): Vec3 {
  const at = (row: number) => m[row]! * x + m[row + 3]! * y + m[row + 6]! * z;
  const depth = at(2);
  const scale = LENS / (EYE - depth);
  return [at(0) * scale, -at(1) * scale, depth];
}

/** The aim above which most places lie: their mean longitude, a little north of the equator. */
export function aimAbove(places: Vec3[]): Aim {
  const sum = (axis: 0 | 2) => places.reduce((total, at) => total + at[axis], 0);
  return { lon: Math.atan2(sum(0), sum(2)), lat: 0.3 };
}

/** The short way round from one angle to another. */
export function shortest(from: number, to: number): number {
  return Math.atan2(Math.sin(to - from), Math.cos(to - from));
}

/**
 * City lights from globe-lights.bin: `x, y, z, magnitude 0 to 1` each. One varint a light, low seven bits first:
 * 16 times the step from the cell before, plus the magnitude; cells of 0.1° counted eastward from the south pole.
 */
export function unpackLights(packed: Uint8Array): number[] {
  const lights: number[] = [];
  for (let i = 0, cell = 0; i < packed.length; ) {
    let number = 0;
    for (let shift = 0, more = 1; more; shift += 7) {
      const byte = packed[i++] ?? 0;
      number += (byte & 127) << shift;
      more = byte & 128;
    }
    cell += number >> 4;
    lights.push(...place(Math.floor(cell / 3600) / 10 - 89.95, (cell % 3600) / 10 - 179.95), (number & 15) / 15);
  }
  return lights;
}
