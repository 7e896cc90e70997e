// The square about the Earth and its air.
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  gl_Position = onScreen(corner * 1.5);
}
