import { themeAskOf } from '@/data/model/theme';
import type { View } from '@/data/model/view';
import type { Api } from './trpc';

/** A search is made once a minute at most, whoever draws its rows: each is on record. */
const keptMs = 60_000;

/** The search of a page, the same for its list and its map; asked where the page is one and says what for. */
export const themeQuery = (api: Api, view: View) => {
  const ask = view.page?.split('.')[0] === 'theme' ? themeAskOf(view) : null;
  return api.theme.list.queryOptions(ask ?? { theme: 'case', purpose: 'check' }, {
    enabled: ask !== null,
    staleTime: keptMs,
  });
};
