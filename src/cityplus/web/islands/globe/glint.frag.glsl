in vec3 tint;
out vec4 colour;

void main() {
  vec2 from = abs(gl_PointCoord * 2.0 - 1.0);
  float away = length(from);
  float rays = 1.5 * exp(-from.x * 30.0 - from.y * 3.6) + 1.1 * exp(-from.y * 30.0 - from.x * 4.8);
  float core = exp(-away * away * 130.0) * 1.6;
  float halo = exp(-away * away * 11.0) * 0.34;
  float edge = max(1.0 - away, 0.0);
  vec3 white = vec3(dot(tint, vec3(0.33)));
  colour = vec4((mix(tint, white, 0.75) * (rays + core) + tint * halo) * edge, 0.0);
}
