import { z } from 'zod';
import { ScreenKey } from './scope';
import { View } from './view';

/** Longest name of a saved view, characters. */
export const savedNameLength = 40;

/** What is kept of a View under a name (保存的视图). */
export const SavedViewDraft = z.object({
  name: z.string().trim().min(1).max(savedNameLength),
  screen: ScreenKey,
  view: View,
  /** Offered to every post whose territory holds the division looked at. */
  isShared: z.boolean().default(false),
});
export type SavedViewDraft = z.infer<typeof SavedViewDraft>;

/** A saved view as menus list it. */
export type SavedView = SavedViewDraft & {
  id: string;
  /** Rises by one with every change; a change names the one it saw. */
  version: number;
  /** Post that saved it: a role's code and a division's. */
  owner: { role: string; division: string };
  isOwn: boolean;
  updatedAt: string;
};
