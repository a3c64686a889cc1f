const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves at the second frame from now: what React committed meanwhile has been painted. */
const twoFrames = async (): Promise<void> => {
  for (let i = 0; i < 2; i++) await nextFrame();
};

const isDrawn = (root: Element | null): boolean => {
  const state = root?.getAttribute('data-state');
  return state !== undefined && state !== null && state !== 'waiting';
};

/**
 * Resolves with true once the screen has drawn what was asked of it: no panel and no map waits, and a frame has been
 * painted since. False when `signal` aborts first: something newer is asked.
 */
export const whenDrawn = async (signal: AbortSignal): Promise<boolean> => {
  await twoFrames();
  const root = document.querySelector('[data-screen]');
  if (!isDrawn(root))
    await new Promise<void>((resolve) => {
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
  await nextFrame();
  return !signal.aborted;
};
