/** A Chromium that is on this machine; null when there is none. */
export const presentBrowser: () => string | null;
