/** Limits of a photo: bytes as sent, pixels as decoded, longest side as kept, photos of one step. */
export const photoLimit = { bytes: 12 * 1024 * 1024, pixels: 50_000_000, side: 2560, thumb: 320, perStep: 9 };

const signatures: [type: 'jpeg' | 'png' | 'webp', at: number, bytes: number[]][] = [
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['webp', 8, [0x57, 0x45, 0x42, 0x50]],
];

/** Type of a photo by its first bytes, whatever its name says; null = none that is taken (SVG, HTML, zip …). */
export const photoType = (bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | null =>
  signatures.find(([, at, sign]) => sign.every((byte, i) => bytes[at + i] === byte))?.[0] ?? null;
