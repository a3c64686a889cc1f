import { z } from 'zod';
import { DivisionCode, DivisionLevel, divisionLevels } from '@/data/model/division';
import { EventLevel, EventStatus } from '@/data/model/event';
import { Problem } from '@/data/model/problem';

/** A column's name, or a text with columns in braces: `Tract {tractce10}`. */
const Template = z.string().min(1);

const Installation = z.strictObject({
  name: z.string().min(1),
  nameEn: z.string().min(1),
  locale: z.enum(['zh', 'en']),
  timeZone: z.string().refine(isTimeZone, 'is not a time zone such as America/Los_Angeles'),
  /** Level of the division whose command centre this is; one of `areas.above`. */
  root: DivisionLevel.default('district'),
});

const Areas = z.strictObject({
  /** Divisions over the file's areas, from the top down; each holds all of them. */
  above: z
    .array(
      z.strictObject({
        level: DivisionLevel,
        code: DivisionCode,
        name: z.string().min(1),
        nameEn: z.string().min(1).optional(),
      }),
    )
    .min(1),
  /** Levels the file's properties name, from the top down, the last one `grid`: one feature a grid. */
  levels: z.array(z.strictObject({ level: DivisionLevel, code: Template, name: Template })).min(1),
  /** Word of list `land-use` for the one block of each grid. */
  landUse: z.string().default('town'),
});

const Events = z.strictObject({
  delimiter: z.string().length(1).default(','),
  /** Cells that mean "no value". */
  na: z.array(z.string()).default(['']),
  id: z.string().min(1),
  title: Template,
  description: Template.optional(),
  address: Template.optional(),
  lng: z.string().min(1),
  lat: z.string().min(1),
  openedAt: z.string().min(1),
  closedAt: z.string().min(1).optional(),
  /** `iso`, or a pattern of yyyy MM dd HH mm ss. Local to `timeZone` (default: the installation's). */
  time: z.strictObject({
    format: z.string().default('iso'),
    timeZone: z.string().refine(isTimeZone, 'is not a time zone such as America/Los_Angeles').optional(),
  }),
  status: z.strictObject({ column: z.string().min(1), map: z.record(z.string(), EventStatus) }),
  category: z.strictObject({ l1: z.string().min(1), l2: z.string().min(1) }),
  source: z.union([z.string().min(1), z.strictObject({ constant: z.string().min(1) })]),
  department: z.string().min(1).optional(),
  /** Level by the name of the category group, or of the category, else the default. */
  level: z.strictObject({ default: EventLevel, byCategory: z.record(z.string(), EventLevel).default({}) }),
  /** Hours allowed for handling, by the name of the category group, or of the category, else the default. */
  handleHours: z.strictObject({
    default: z.number().positive(),
    byCategory: z.record(z.string(), z.number().positive()).default({}),
  }),
});

/** What the columns and properties of foreign files mean here. */
export const Mapping = z.strictObject({
  installation: Installation,
  areas: Areas.optional(),
  events: Events.optional(),
});
export type Mapping = z.infer<typeof Mapping>;
export type AreaMapping = z.infer<typeof Areas>;
export type EventMapping = z.infer<typeof Events>;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

const checkLevels = (file: string, { installation, areas }: Mapping): void => {
  if (!areas) return;
  const ranks = [...areas.above, ...areas.levels].map(({ level }) => divisionLevels.indexOf(level));
  if (ranks.some((rank, index) => index > 0 && rank <= (ranks[index - 1] ?? -1)))
    throw new Problem('invalid', `${file}: areas.above and areas.levels must run from the top down, a level once.`);
  if (areas.levels.at(-1)?.level !== 'grid')
    throw new Problem(
      'invalid',
      `${file}: the last of areas.levels must be grid: one feature of the file is one grid.`,
    );
  if (!areas.above.some(({ level }) => level === installation.root))
    throw new Problem('invalid', `${file}: areas.above has no ${installation.root}, which installation.root names.`);
};

/** Parses a mapping file; `invalid` names the place in it that is wrong. */
export const parseMapping = (file: string, text: string): Mapping => {
  const parsed = Mapping.safeParse(readJson(file, text));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
    throw new Problem('invalid', `${file}: ${faults.join('; ')}. See --help for the mapping file.`);
  }
  checkLevels(file, parsed.data);
  return parsed.data;
};

/** JSON of a file; `invalid` says that it is none, or that its end is missing. */
export const readJson = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const start = text.trimStart();
    const isCut = /^[[{]/.test(start) && !/[\]}]\s*$/.test(text.trimEnd().slice(-1));
    const why = error instanceof Error ? error.message : String(error);
    const hint = !/^[[{]/.test(start)
      ? 'it does not begin like JSON: is it the right file?'
      : isCut || /end of JSON|Unterminated/i.test(why)
        ? 'its end is missing: it looks cut off; fetch it again.'
        : `${why}.`;
    throw new Problem('invalid', `${file} is not valid JSON: ${hint}`);
  }
};

const braces = /\{([^{}]+)\}/g;

/** Columns a template reads. */
export const columnsOf = (template: string): string[] =>
  template.includes('{') ? [...template.matchAll(braces)].map((match) => match[1] ?? '') : [template];

/** A template with the columns' values put in. */
export const fillTemplate = (template: string, cellOf: (column: string) => string): string =>
  template.includes('{') ? template.replace(braces, (_, column: string) => cellOf(column)) : cellOf(template);

/** What a mapping's table says for a name of the file; undefined when it has no such entry, `constructor` included. */
export const entryOf = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
