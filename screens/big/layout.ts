import type { Tier, WallPage } from '../wall-tier';

/** The overview (综合态势) on each tier. Borders of XL lie on the half and the quarters, where cabinets meet. */
export const overview: Record<Tier, WallPage> = {
  XL: {
    header: 0.069,
    columns: [0.25, 0.5, 0.25],
    rows: [{ share: 0.431, least: 404 }, { share: 0.25 }, { share: 0.065 }, { share: 0.185 }],
    areas: ['headline map attention', 'hours map force', 'category map funnel', 'category strip funnel'],
    panels: {
      headline: 'headline',
      hours: 'event-hours',
      category: 'category-rank',
      strip: 'target-gap',
      attention: 'attention-list',
      force: 'force-summary',
      funnel: 'loop-funnel',
    },
  },
  L: {
    header: 0.069,
    columns: [0.235, 0.53, 0.235],
    rows: [{ share: 0.4 }, { share: 0.245 }, { share: 0.12 }, { share: 0.166, least: 184 }],
    areas: ['headline map attention', 'headline map force', 'headline map hours', 'headline strip hours'],
    panels: {
      headline: 'headline',
      strip: 'target-gap',
      attention: 'attention-list',
      force: 'force-summary',
      hours: 'event-hours',
    },
  },
  S: {
    header: 0.069,
    columns: [0.2, 0.6, 0.2],
    rows: [{ share: 1 }],
    areas: ['headline map attention'],
    panels: { headline: 'headline', attention: 'attention-list' },
  },
  portrait: {
    header: 0.04,
    columns: [1],
    rows: [{ share: 0.55 }, { share: 0.22, least: 470 }, { share: 0.19, least: 424 }],
    areas: ['map', 'attention', 'headline'],
    panels: { attention: 'attention-list', headline: 'headline' },
  },
};
