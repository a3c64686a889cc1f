import type { Page } from '@playwright/test';

/**
 * Times every frame that draws on a WebGL canvas, from its start on the main thread until the GPU has drawn it: reading a
 * pixel waits for that. Text, since it runs in the page before anything of its own.
 */
export const frameWatch = `
  const drawn = new Set();
  for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
    const proto = WebGL2RenderingContext.prototype;
    const draw = proto[name];
    proto[name] = function (...args) { drawn.add(this); return draw.apply(this, args); };
  }
  const pixel = new Uint8Array(4);
  const finish = (gl) => {
    const bound = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, bound);
  };
  window.gridhallFrames = [];
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => ask((now) => {
    const started = performance.now();
    drawn.clear();
    callback(now);
    if (drawn.size === 0) return;
    for (const gl of drawn) finish(gl);
    const ms = performance.now() - started;
    const last = window.gridhallFrames.at(-1);
    if (last?.now === now) last.ms += ms;
    else window.gridhallFrames.push({ now, ms });
  });
`;

/** Frames that are enough, and how long they are waited for. */
const enough = { frames: 16, ms: 6_000 };

/** Milliseconds of each frame that is drawn while `step` is done over and over. */
export const framesOf = async (page: Page, step: (i: number) => Promise<void>): Promise<number[]> => {
  const until = Date.now() + enough.ms;
  await page.evaluate('window.gridhallFrames.length = 0');
  let frames: { ms: number }[] = [];
  for (let i = 0; frames.length < enough.frames && Date.now() < until; i++) {
    await step(i);
    frames = await page.evaluate<{ ms: number }[]>('window.gridhallFrames');
  }
  return frames.map(({ ms }) => ms);
};
