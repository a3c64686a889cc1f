import { z } from 'zod';

/** Photos kept before (`POST /api/file`), each used once. */
export const Photos = z.array(z.uuid()).max(9).optional();

/** A photo as a card shows it; `step` = the move of the event or errand it was sent with. */
export type StepPhoto = { id: string; step: number; width: number; height: number };
