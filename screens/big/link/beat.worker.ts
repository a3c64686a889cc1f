/** Says whether the page that owns it has been silent for a minute: a worker's clock runs while the page hangs. */
const frozenMs = 60_000;
let heardAt = Date.now();

self.addEventListener('message', () => {
  const silence = Date.now() - heardAt;
  heardAt = Date.now();
  if (silence > frozenMs) self.postMessage(silence);
});
