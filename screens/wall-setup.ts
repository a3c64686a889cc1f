'use client';

import { z } from 'zod';
import { Scene } from '@/data/model/view';

/** Dwell of the tour on a scene where nothing else is set, seconds. */
export const dwellSeconds = 30;

/** How a wall hangs (大屏安装): what turns pixels into visual angle, and where its cabinets meet. */
export const WallSetup = z.object({
  /** Distance of two pixels, millimetres. */
  pitchMm: z.number().min(0.1).max(20),
  /** Distance of the furthest seat that must read, metres. */
  distanceM: z.number().min(0.5).max(100),
  /** Seams between cabinets or panels, px from the left and from the top. */
  seamsX: z.array(z.number().int().min(1)).max(40),
  seamsY: z.array(z.number().int().min(1)).max(40),
  /** Share of the height at the bottom that heads in front block; nothing stands there. */
  blockedShare: z.number().min(0).max(0.25).default(0),
  /** Dwell of the tour on a scene, seconds. */
  dwellSeconds: z.number().min(20).max(60).default(dwellSeconds),
  /** Scenes of the tour; none = all. */
  tourScenes: z.array(Scene).default([]),
  /** Whether a Ⅰ event sounds until somebody acknowledges it. */
  hasSound: z.boolean().default(false),
});
export type WallSetup = z.infer<typeof WallSetup>;

const key = 'gridhall.wall';
/** px per arc-minute on the reference wall: 1.25 mm seen from 8 m. */
const referenceUnit = 1.862;

/** px per arc-minute of the furthest seat. */
export const unitOfSetup = ({ pitchMm, distanceM }: Pick<WallSetup, 'pitchMm' | 'distanceM'>): number =>
  (0.2909 * distanceM) / pitchMm;

/** Least height of a wall's content, arc-minutes: one row of panels under a header. */
const leastMinutes = 580;

/**
 * px per arc-minute without a setup: that of the reference wall when the page is as high as one, in proportion below that
 * (rehearsal on a laptop, a totem by its width); a band much wider than high is read from nearer by.
 */
export const defaultUnit = (width: number, height: number): number =>
  width / height > 4.5
    ? Math.min(referenceUnit, height / leastMinutes)
    : Math.max(0.6, (referenceUnit * Math.min(width, height)) / 2160);

/** Setup of this browser; null when there is none or it does not parse. */
export const readSetup = (): WallSetup | null => {
  try {
    return WallSetup.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
};

export const writeSetup = (setup: WallSetup | null): void => {
  if (setup) localStorage.setItem(key, JSON.stringify(setup));
  else localStorage.removeItem(key);
};
