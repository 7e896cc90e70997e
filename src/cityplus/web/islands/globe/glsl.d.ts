/** Shaders are files of their own; the build takes their comments and blanks out. */
declare module "*.glsl" {
  const source: string;
  export default source;
}
