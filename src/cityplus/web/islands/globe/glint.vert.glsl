// A member city: a four-point star.
layout(location = 0) in vec4 city; // unit vector, hue in turns or -1
uniform vec3 chosen;
uniform float unrisen; // share of its light that is not there yet
out vec3 tint;

void main() {
  vec3 view = turn * city.xyz;
  float scale = clamp(radius / ratio / 420.0, 0.7, 1.25);
  float pulse = 1.0 + 0.16 * sin(time * 1.6 + float(gl_VertexID) * 2.4) + 0.5 * step(0.99999, dot(city.xyz, chosen));
  vec3 hue = 0.62 + 0.38 * cos(6.2831853 * (city.w - vec3(0.0, 0.333, 0.667)));
  gl_Position = onScreen(project(view));
  gl_PointSize = 100.0 * ratio * scale * sqrt(pulse) * (1.0 + unrisen);
  tint = mix(vec3(1.0, 0.8, 0.5), hue, step(0.0, city.w)) * pulse * (1.0 - unrisen) * smoothstep(HORIZON - 0.02, HORIZON + 0.1, view.z);
}
