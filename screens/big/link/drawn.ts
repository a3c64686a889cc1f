const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

const isDrawn = (root: Element | null): boolean => {
  const state = root?.getAttribute('data-state');
  return state !== undefined && state !== null && state !== 'waiting';
};

/** Resolves when the screen is drawn, or when the signal aborts. */
const untilDrawn = (root: Element | null, signal: AbortSignal): Promise<void> =>
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
 * Resolves with true once the screen has drawn what was asked of it: no panel and no map waits, and a frame has been
 * painted since. False when `signal` aborts first: something newer is asked.
 */
export const whenDrawn = async (signal: AbortSignal): Promise<boolean> => {
  // React has committed by the first frame what it was told, and the screen says by the second whether anything waits.
  await nextFrame();
  await nextFrame();
  const root = document.querySelector('[data-screen]');
  if (!isDrawn(root)) {
    await untilDrawn(root, signal);
    await nextFrame();
  }
  return !signal.aborted;
};
