import { defaultPageOf } from '@/data/model/default-page';
import type { DivisionLevel } from '@/data/model/division';
import type { Lang } from '@/data/model/format';
import type { Role } from '@/data/model/scope';
import { queryOf } from './view';

/** Where a post begins, in the language of the page. */
export const startOf = (post: { role: Role; level: DivisionLevel }, lang: Lang): string => {
  const { screen, view } = defaultPageOf(post);
  return `/${screen}${queryOf(view)}&lang=${lang}`;
};
