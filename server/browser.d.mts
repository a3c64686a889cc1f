/** Path of a Chromium, found or installed; null with a plain sentence printed when there is none. */
export const findBrowser: () => Promise<string | null>;
