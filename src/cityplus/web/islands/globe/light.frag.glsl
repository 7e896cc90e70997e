in vec3 strength;
out vec4 colour;

void main() {
  vec2 from = gl_PointCoord * 2.0 - 1.0;
  float near = dot(from, from);
  float core = exp(-near * 16.0);
  float glow = max(exp(-near * 3.4) - 0.033, 0.0);
  colour = vec4((vec3(1.0, 0.9, 0.74) * core + vec3(1.0, 0.66, 0.34) * glow * 0.26) * strength, 0.0);
}
