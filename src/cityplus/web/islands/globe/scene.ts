/** What the graphics card draws. */
import common from "./common.glsl";
import discVert from "./disc.vert.glsl";
import earthFrag from "./earth.frag.glsl";
import glintFrag from "./glint.frag.glsl";
import glintVert from "./glint.vert.glsl";
import lightFrag from "./light.frag.glsl";
import lightVert from "./light.vert.glsl";
import starVert from "./star.vert.glsl";
import tieFrag from "./tie.frag.glsl";
import tieVert from "./tie.vert.glsl";

const STARS = 420;
const TIE_CORNERS = 2 * 73; // STEPS in tie.vert.glsl
const HAZE = 512; // pixels round the equator

export interface Content {
  /** The mask of land, equirectangular, north up. */
  land: ImageBitmap | null;
  /** `x, y, z, magnitude` of every light. */
  lights: number[];
  /** The same of every member city. */
  members: number[];
  /** `x, y, z, hue` of every member city that is named; the hue in turns, or -1 for lamp light. */
  cities: number[];
  /** `from x, y, z, to x, y, z, seed` of every tie. */
  ties: number[];
  /** Cities and ties that come up: as much of them is drawn as the shot's `risen` says, 0 to 1; ties grow from their first end. */
  rising?: { cities: number[]; ties: number[] };
}

/** Values for the shaders' uniforms by name. */
export type Shot = Record<string, ArrayLike<number>>;

type Draw = (shot: Shot) => void;

/** Brings the content to the card; the answer draws it. */
export function sceneOf(gl: WebGL2RenderingContext, { land, lights, members, cities, ties, rising }: Content): Draw {
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA); // colours are premultiplied; with alpha 0 they add light

  const sky = layer(gl, [starVert, lightFrag], gl.POINTS, STARS);
  const earth = layer(gl, [discVert, earthFrag], gl.TRIANGLE_STRIP, 4);
  const lamps = layer(gl, [lightVert, lightFrag], gl.POINTS, 0, lights, [4]);
  const homes = layer(gl, [lightVert, lightFrag], gl.POINTS, 0, members, [4]);
  const lines = layer(gl, [tieVert, tieFrag], gl.TRIANGLE_STRIP, TIE_CORNERS, ties, [3, 3, 1]);
  const glints = layer(gl, [glintVert, glintFrag], gl.POINTS, 0, cities, [4]);
  const growing = rising && layer(gl, [tieVert, tieFrag], gl.TRIANGLE_STRIP, TIE_CORNERS, rising.ties, [3, 3, 1]);
  const coming = rising && layer(gl, [glintVert, glintFrag], gl.POINTS, 0, rising.cities, [4]);

  picture(gl, gl.TEXTURE0);
  if (land) {
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, gl.RED, gl.UNSIGNED_BYTE, land);
    gl.generateMipmap(gl.TEXTURE_2D);
  }

  const haze = picture(gl, gl.TEXTURE1);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, HAZE, HAZE / 2, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, haze, 0);
  gl.viewport(0, 0, HAZE, HAZE / 2);
  lamps({ mapped: [1] });
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.generateMipmap(gl.TEXTURE_2D);

  return (shot) => {
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    const plain = { ...shot, mapped: [0], member: [0] };
    for (const draw of [sky, earth, lamps]) draw(plain);
    homes({ ...plain, member: [1] });
    for (const draw of [lines, glints]) draw(plain);
    const risen = shot.risen?.[0] ?? 0;
    if (risen) for (const draw of [growing, coming]) draw?.({ ...plain, unrisen: [1 - risen] });
  };
}

/** Draws every row of the data (`parts` floats an attribute) as a point, or as a shape of so many corners. */
function layer(
  gl: WebGL2RenderingContext,
  shaders: [string, string],
  mode: number,
  corners: number,
  data = [0],
  parts: number[] = [],
): Draw {
  const array = gl.createVertexArray();
  const width = parts.reduce((sum, part) => sum + part, 0) || 1;
  const rows = data.length / width;
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(data), gl.STATIC_DRAW);
  let offset = 0;
  parts.forEach((part, index) => {
    gl.enableVertexAttribArray(index);
    gl.vertexAttribPointer(index, part, gl.FLOAT, false, width * 4, offset * 4);
    gl.vertexAttribDivisor(index, corners && 1);
    offset += part;
  });

  const program = link(gl, shaders);
  const places = new Map<string, WebGLUniformLocation | null>();
  return (shot) => {
    gl.useProgram(program);
    for (const [name, value] of Object.entries(shot)) {
      if (!places.has(name)) places.set(name, gl.getUniformLocation(program, name));
      const place = places.get(name)!;
      if (value.length === 9) gl.uniformMatrix3fv(place, false, value as number[]);
      else gl[`uniform${value.length as 1 | 2 | 3}fv`](place, value as number[]);
    }
    gl.bindVertexArray(array);
    gl.drawArraysInstanced(mode, 0, corners || rows, corners ? rows : 1);
  };
}

/** A program in use, its sampler `haze` on the second texture unit (`land` is on the first by itself). */
function link(gl: WebGL2RenderingContext, sources: [string, string]): WebGLProgram {
  const program = gl.createProgram();
  sources.forEach((source, index) => {
    const shader = gl.createShader(index ? gl.FRAGMENT_SHADER : gl.VERTEX_SHADER)!;
    gl.shaderSource(shader, `#version 300 es\n${common}${source}`);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  });
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.uniform1i(gl.getUniformLocation(program, "haze"), 1);
  return program;
}

/** A picture of the whole Earth on this texture unit; it reads as black until it is filled. */
function picture(gl: WebGL2RenderingContext, unit: number): WebGLTexture {
  const texture = gl.createTexture();
  gl.activeTexture(unit);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  return texture;
}
