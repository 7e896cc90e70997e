// The line and the pulse of light that runs along it.
in vec3 view;
in vec4 ribbon;
in float lit;
uniform float unrisen; // share that is not there yet
out vec4 colour;

void main() {
  float hidden = step(view.z, HORIZON) * (1.0 - smoothstep(0.995, 1.005, length(project(view))));
  float across = ribbon.y * ribbon.y;
  float head = fract(time * 0.16 / (0.35 + ribbon.z) + ribbon.w) * 1.5 - 0.2;
  float behind = (head - ribbon.x) * ribbon.z;
  float pulse = behind > 0.0 ? exp(-behind * 8.0) : exp(behind * 120.0);
  float line = exp(-across * 1.1);
  float halo = max(exp(-across * 0.16) - 0.018, 0.0);
  vec3 light = vec3(0.42, 0.62, 1.0) * (line * 0.55 + halo * 0.10);
  light += vec3(1.0, 0.86, 0.62) * pulse * (line * 1.1 + halo * 0.4);
  float grown = smoothstep(0.0, 0.03, 1.0 - unrisen * 1.03 - ribbon.x + 0.03);
  colour = vec4(light * lit * (1.0 - hidden) * grown, 0.0);
}
