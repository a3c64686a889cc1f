'use client';

import type { Outputs } from '../feed/trpc';

export type Hit = Outputs['search']['find'][number];

/** Choices that are remembered on a device: public places and names, never a door, an event or a person. */
const remembered: readonly Hit['kind'][] = ['division', 'block', 'building', 'beach', 'metric', 'layer', 'page'];

const most = 6;

const keyOf = (post: string) => `gridhall-recent:${post}`;

/** What was chosen last at this post, the newest first. */
export const readRecent = (post: string): Hit[] => {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(keyOf(post)) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
};

/** Remembers a choice; those that tell of a door or a case are let go. */
export const remember = (post: string, hit: Hit): void => {
  if (!remembered.includes(hit.kind)) return;
  const rest = readRecent(post).filter(({ kind, code }) => kind !== hit.kind || code !== hit.code);
  const kept = [{ ...hit, mark: null, markEn: null }, ...rest].slice(0, most);
  window.localStorage.setItem(keyOf(post), JSON.stringify(kept));
};
