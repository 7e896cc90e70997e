// The sky behind: scattered once and for all, drifting a little when the Earth is turned.
uniform vec2 drift; // share of the canvas
out vec3 strength;

float random(float seed) {
  return fract(sin(seed * 91.345) * 47453.5453);
}

void main() {
  float id = float(gl_VertexID) + 1.0;
  vec2 at = fract(vec2(random(id), random(id + 0.37)) + drift);
  float bright = pow(random(id + 0.71), 9.0);
  gl_Position = vec4(at * 2.0 - 1.0, 0.0, 1.0);
  gl_PointSize = ratio * (3.0 + 5.0 * bright);
  strength = vec3(0.8, 1.0, 1.5) * (0.18 + 0.8 * bright + 0.05 * sin(time + id));
}
