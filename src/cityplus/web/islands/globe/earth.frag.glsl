// The Earth at night and its air.
uniform sampler2D land;
uniform sampler2D haze; // the lights of all cities, spread out over the ground
out vec4 colour;

const vec3 MOON = vec3(-0.66, 0.62, 0.42);
const vec3 AIR = vec3(0.22, 0.46, 1.0);
const vec3 GLARE = vec3(0.25, 0.375, 0.5);

vec3 sky(float high) {
  return AIR * (0.85 * exp(-high * 34.0) + 0.2 * exp(-high * 8.5)) + GLARE * exp(-high * 110.0);
}

vec3 earth(vec2 disc, float sideLit) {
  vec3 ray = normalize(vec3(disc, -LENS));
  float along = EYE * ray.z;
  vec3 view = vec3(0.0, 0.0, EYE) - ray * (along + sqrt(max(along * along - LENS * LENS, 0.0)));
  vec3 world = view * turn;
  vec2 at = vec2(atan(world.x, world.z) / 6.2831853 + 0.5, 0.5 - asin(clamp(world.y, -1.0, 1.0)) / 3.1415927);

  float texel = 326.0 / radius; // of the mask to a pixel
  float edge = clamp(0.5 * texel, 0.16, 0.5);
  float ground = smoothstep(0.5 - edge, 0.5 + edge, textureLod(land, at, max(0.0, log2(texel))).r);
  float shelf = textureLod(land, at, 4.0).r;
  float lamps = 0.25 * textureLod(haze, at, 0.0).r + 0.35 * textureLod(haze, at, 2.0).r;

  float moon = 0.55 + 0.45 * max(dot(view, MOON), 0.0);
  vec3 sea = mix(vec3(0.014, 0.034, 0.096), vec3(0.032, 0.078, 0.185), shelf * shelf);
  vec3 dry = vec3(0.082, 0.128, 0.285) * (0.86 + 0.28 * shelf);
  vec3 light = (mix(sea, dry, ground) + vec3(0.10, 0.16, 0.34) * ground * (1.0 - ground)) * moon; // the coast engraved
  float glint = max(dot(reflect(ray, view), MOON), 0.0);
  light += vec3(0.06, 0.096, 0.186) * (1.0 - ground) * pow(glint, 7.0);
  light += vec3(0.42, 0.25, 0.11) * (0.25 + 0.75 * ground) * lamps;

  float rim = 1.0 - max(dot(view, -ray), 0.0);
  float low = rim * rim;
  return light + sideLit * (AIR * (0.85 * low * low * low + 0.46 * low) + GLARE * pow(rim, 14.0));
}

void main() {
  vec2 disc = (gl_FragCoord.xy - centre) / radius;
  float away = length(disc);
  float sideLit = 0.56 + 0.44 * dot(disc / max(away, 0.001), vec2(-0.729, 0.685));
  float inside = smoothstep(1.0 / radius, -1.0 / radius, away - 1.0);
  vec3 light = vec3(0.0);
  if (inside < 1.0) light += (1.0 - inside) * sideLit * sky(max(away - 1.0, 0.0));
  if (inside > 0.0) light += inside * earth(disc, sideLit);
  float grain = fract(sin(dot(gl_FragCoord.xy, vec2(12.9898, 78.233))) * 43758.5453) - 0.5;
  colour = vec4(light + grain / 160.0, inside);
}
