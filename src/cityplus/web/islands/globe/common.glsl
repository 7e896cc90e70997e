// Before every shader of the globe. The Earth has radius 1 and lies at the origin; the eye looks at it along -z.
precision highp float;

uniform mat3 turn;    // world (x east of 0° lon, y north, z out of 0°, 0°) to view
uniform vec2
  size,    // canvas, pixels
  centre;  // of the disc, pixels, y up
uniform float
  radius,  // of the disc, pixels
  ratio,   // pixels to one CSS pixel
  time;    // seconds of motion

const float EYE = 6.5;       // distance of the eye, in radii
const float LENS = 6.422616; // sqrt(EYE² - 1): the disc gets radius 1
const float HORIZON = 1.0 / EYE;

vec2 project(vec3 view) {
  return view.xy * LENS / (EYE - view.z);
}

vec4 onScreen(vec2 disc) {
  return vec4((centre + disc * radius) / size * 2.0 - 1.0, 0.0, 1.0);
}
