// A city's light: a point on the ground, or (for the haze) on an equirectangular map.
layout(location = 0) in vec4 light; // unit vector, magnitude 0 to 1
uniform float mapped, member; // member: 1 for the light of a member city
out vec3 strength;

void main() {
  float magnitude = light.w;
  if (mapped > 0.0) {
    gl_Position = vec4(atan(light.x, light.z) / 3.1415927, -asin(light.y) / 1.5707963, 0.0, 1.0);
    gl_PointSize = 8.0 + 10.0 * magnitude;
    strength = vec3(0.05 + 0.3 * magnitude);
    return;
  }
  vec3 view = turn * light.xyz;
  float scale = clamp(radius / ratio / 480.0, 0.55, 1.5);
  gl_Position = onScreen(project(view));
  gl_PointSize = ratio * scale * (4.2 + 17.0 * magnitude * magnitude);
  float twinkle = 1.0 + 0.12 * sin(time * (1.0 + magnitude) + float(gl_VertexID) * 1.7);
  strength = vec3(smoothstep(HORIZON - 0.01, HORIZON + 0.16, view.z) * mix(0.42, 1.0, magnitude) * twinkle);
  strength *= mix(vec3(1.0), vec3(1.0, 1.2, 1.7), member); // whiter than what is only lit
}
