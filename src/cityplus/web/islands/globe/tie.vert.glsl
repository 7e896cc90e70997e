// A tie: a ribbon along the great circle between two cities, raised in the middle.
layout(location = 0) in vec3 from;
layout(location = 1) in vec3 to;
layout(location = 2) in float seed;
uniform vec3 chosen; // the city in focus, or 0
out vec3 view;
out vec4 ribbon; // along 0 to 1, across in CSS pixels, length in radians, seed
out float lit;

const float STEPS = 72.0;
const float HALF = 5.0; // of the ribbon's width, CSS pixels

vec3 curve(float t, float angle) {
  vec3 ground = (sin((1.0 - t) * angle) * from + sin(t * angle) * to) / sin(angle);
  return turn * ground * (1.0 + (0.015 + 0.085 * angle) * sin(3.1415927 * t));
}

void main() {
  float t = float(gl_VertexID >> 1) / STEPS;
  float across = float(gl_VertexID & 1) * 2.0 - 1.0;
  float angle = acos(clamp(dot(from, to), -0.9999, 0.9999));
  view = curve(t, angle);
  vec2 ahead = project(curve(t + 0.004, angle)) - project(curve(t - 0.004, angle));
  vec2 aside = vec2(-ahead.y, ahead.x) / max(length(ahead), 0.00001);
  gl_Position = onScreen(project(view) + aside * across * HALF * ratio / radius);
  ribbon = vec4(t, across * HALF, angle, seed);
  float own = step(0.99999, max(dot(from, chosen), dot(to, chosen)));
  lit = mix(1.0, mix(0.4, 1.8, own), step(0.5, dot(chosen, chosen)));
}
