/** Names by which renderers without a graphics card go. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

const read = (): boolean => {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !software.test(renderer);
};

let known: boolean | null = null;

/** Whether WebGL is drawn by a graphics card; the processor takes two to three times as long to smooth edges. */
export const hasGraphicsCard = (): boolean => {
  known ??= read();
  return known;
};
