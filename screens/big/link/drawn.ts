const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** The task after the next frame: what stood in the page is painted. */
const nextPaint = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

const isDrawn = (root: HTMLElement | null): boolean => root !== null && root.dataset.state !== 'waiting';

/** Resolves when the screen is drawn, or when the signal aborts. */
const untilDrawn = (root: HTMLElement | null, signal: AbortSignal): Promise<void> =>
  new Promise<void>((resolve) => {
    const done = () => {
      observer.disconnect();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const observer = new MutationObserver(() => {
      if (isDrawn(root)) done();
    });
    signal.addEventListener('abort', done);
    if (signal.aborted || !root) return done();
    observer.observe(root, { attributes: true, attributeFilter: ['data-state'] });
  });

/**
 * Resolves with true once the screen has drawn what stands in the page: no panel and no map waits, and a frame has been
 * painted since. False when `signal` aborts first: something newer is asked. To be called once React has committed what
 * was asked, never before: until then the page still tells of the scene before.
 */
export const whenDrawn = async (signal: AbortSignal): Promise<boolean> => {
  const root = document.querySelector<HTMLElement>('[data-screen]');
  await nextPaint();
  while (!signal.aborted && !isDrawn(root)) {
    await untilDrawn(root, signal);
    // a chart is painted after its panel is there, which takes a frame more
    await nextFrame();
    await nextPaint();
  }
  return !signal.aborted;
};
