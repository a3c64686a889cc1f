import { z } from 'zod';

/** Levels of the division tree (六级): 1 province 省 … 6 base grid 网格. */
export const divisionLevels = ['province', 'city', 'district', 'subdistrict', 'community', 'grid'] as const;
export const DivisionLevel = z.enum(divisionLevels);
export type DivisionLevel = z.infer<typeof DivisionLevel>;

/** Code of a division as this installation keys it. Null national code = outside GB/T 2260 (功能区). */
export const DivisionCode = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

/** A node of the division tree as screens see it, without its outline. */
export type DivisionNode = {
  code: string;
  parent: string | null;
  level: DivisionLevel;
  name: string;
  nameEn: string;
  nationalCode: string | null;
  /** Label position, degrees. */
  center: [number, number] | null;
  bbox: [number, number, number, number] | null;
  areaSqm: number | null;
};

/**
 * The instant that stands for all those between two re-cuts (划定期): a millisecond before the next one. Null = boundaries are
 * those of now. `recuts`: instants, the oldest first; `at` null = now.
 */
export const eraOf = (at: string | null, recuts: readonly string[]): string | null => {
  const next = at === null ? undefined : recuts.find((cut) => Date.parse(cut) > Date.parse(at));
  return next === undefined ? null : new Date(Date.parse(next) - 1).toISOString();
};

/** A division that a re-cut ended, and the one that took most of its ground. */
export type EndedDivision = { code: string; name: string; nameEn: string; heir: string | null };

/** Levels that areas are filled by; each is a dimension of the catalogue. */
export type FillLevel = Extract<DivisionLevel, 'district' | 'subdistrict' | 'community' | 'grid'>;

/** Level a map is filled by when a division of each level is looked at. */
export const areaLevel: Record<DivisionLevel, FillLevel> = {
  province: 'district',
  city: 'subdistrict',
  district: 'community',
  subdistrict: 'community',
  community: 'grid',
  grid: 'grid',
};
