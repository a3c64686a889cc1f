import { z } from 'zod';
import { deskPageOf, explorerPage } from './desk-page';
import type { Role } from './scope';
import { type DeskPage, Scene, View, type WallSceneKey } from './view';

/** Ids and secrets of walls and devices, made by the server. */
export const LinkId = z.string().regex(/^[\w-]{8,60}$/);

/** Code a device joins a wall by (配对码): six digits. */
export const PairCode = z.string().regex(/^\d{6}$/);

/** What a wall says of itself. */
export const WallCard = z.object({
  name: z.string().trim().min(1).max(40),
  width: z.number().int().min(1).max(32_768),
  height: z.number().int().min(1).max(32_768),
  tier: z.enum(['XL', 'L', 'S', 'portrait']),
});
export type WallCard = z.infer<typeof WallCard>;

/** Limits of the link (大中小屏联动), ms. */
export const linkTimes = {
  /** A pairing code holds this long. */
  codeMs: 120_000,
  /** A conductor nobody heard of this long is gone. */
  silenceMs: 60_000,
  /** A request nobody answered this long is granted. */
  requestMs: 20_000,
  /** A device says it is there this often. */
  beatMs: 10_000,
  /** A wall that has not drawn a cast by now does not answer. */
  lateMs: 2_000,
  /** The shared pointer stands this long after its last message. */
  pointerMs: 3_000,
} as const;

/** A post that takes part, never a person (岗位). */
export type LinkPost = {
  /** Id of the device; not a secret. */
  device: string;
  role: Role;
  division: string;
  /** Name of the division. */
  place: string;
};

/**
 * How far a Ⅰ event has taken a wall (打断): announced, its scene shown, or neither (acknowledged in time, sent back,
 * left for another scene).
 */
export const InterruptStep = z.enum(['notice', 'scene', 'past']);
export type InterruptStep = z.infer<typeof InterruptStep>;

/** What the conductor has a wall do with an interrupt: let it come, keep the scene (暂缓), go back to the one before (返回). */
export const Course = z.enum(['go', 'hold', 'back']);
export type Course = z.infer<typeof Course>;

/** The Ⅰ event that interrupts a wall. */
export type WallInterrupt = { event: string; step: InterruptStep; course: Course };

/** One wall and its devices as all of them are told; instants ISO. */
export type LinkState = {
  wall: { id: string; name: string; division: string } & Omit<WallCard, 'name'>;
  /** Whether the wall's page is open and connected. */
  isOnline: boolean;
  /** Rises with every change of this state. */
  revision: number;
  /** Fencing number: rises whenever another device becomes the conductor. */
  term: number;
  /** The one device that conducts (主控); null = nobody. */
  conductor: LinkPost | null;
  /** Instant the conductor was last heard of; null without one. */
  heardAt: string | null;
  /** Who asks to conduct, and since when. */
  asked: (LinkPost & { at: string }) | null;
  /** Whether the conductor wants no disturbance (勿扰): a Ⅱ is a row and no more, a Ⅰ is announced and waits. */
  isQuiet: boolean;
  /** What interrupts the wall, as the wall itself says; null = nothing. */
  interrupt: WallInterrupt | null;
  /** Last cast View, cut to what a wall may show; null = none yet. */
  view: View | null;
  /** Number of the last cast; 0 = none yet. */
  sequence: number;
  /** Last cast the wall has drawn, and how long that took from the server's acceptance, ms. */
  shown: { sequence: number; ms: number } | null;
};

/** What a wall or a device hears: the whole state, the shared pointer, or an acknowledged event. */
export type LinkItem =
  | { kind: 'state'; state: LinkState }
  | { kind: 'pointer'; lng: number; lat: number }
  | { kind: 'acknowledged'; event: string };

/** A Ⅰ event somebody took notice of (确认): post and time. */
export type Acknowledgement = { event: string; role: Role; division: string; place: string; at: string };

/** What a lease can count to, and how far above its last cast the next may be. */
export const maxSequence = 2_147_483_647;
export const maxSequenceLeap = 1_000;

/** Number of a cast. */
export const Sequence = z.number().int().min(1).max(maxSequence);

/** A View on its way to a wall. `term` and `sequence` let the server refuse late messages. */
export const Cast = z.object({
  term: z.number().int().min(1),
  sequence: Sequence,
  view: View,
});
export type Cast = z.infer<typeof Cast>;

const sceneOfDesk: Record<DeskPage, WallSceneKey> = {
  analyst: 'overview',
  desk: 'event',
  explorer: 'explorer',
  assess: 'assessment',
  dispute: 'overview',
  campaign: 'overview',
  control: 'overview',
  standby: 'force',
  field: 'force',
  address: 'overview',
  care: 'population',
  theme: 'population',
  recut: 'overview',
  audit: 'overview',
  account: 'overview',
  catalog: 'overview',
  verify: 'population',
};

const sceneOfCard: Record<string, Scene> = {
  'story-overall': 'overview',
  'story-abnormal': 'trend',
  'story-cause': 'trend',
  'story-progress': 'event',
  'story-force': 'force',
  'story-proposal': 'assessment',
  'story-followup': 'assessment',
};

/**
 * Scene of the wall that shows what a page of another screen is about; null = the wall stays on its scene. A page may say
 * more after its name (`explorer.day.bar`).
 */
export const sceneOf = (page: string | null): WallSceneKey | null => {
  const name = page?.split('.')[0] ?? '';
  const scene = Scene.safeParse(name).data;
  return scene ?? (sceneOfDesk as Record<string, WallSceneKey>)[name] ?? sceneOfCard[name] ?? null;
};

/** Page of a wall that shows it: the scene, of the explorer with what it shows, made anew of known words alone. */
export const wallPageOf = (page: string | null): string | null => {
  const scene = sceneOf(page);
  return scene === 'explorer' ? explorerPage(deskPageOf({ page })) : scene;
};
