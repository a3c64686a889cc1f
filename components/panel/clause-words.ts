'use client';

import { noCode } from '@/data/metrics/dimensions';
import type { Clause } from '@/data/model/view';
import { useText } from '../feed/text';
import { useCodeWord } from './code-word';

/** Fields whose rows without a code have words of their own. */
const unnamed: readonly string[] = ['category', 'categoryL1', 'level', 'source', 'stage', 'department'];

/** Words of a filter in force (筛选条件): what it is on, and each value it lets through. */
export const useClauseWords = (): ((clause: Clause) => { what: string; values: string[] }) => {
  const { t } = useText();
  const wordOf = useCodeWord();
  return ({ field, values }) => ({
    what: t(`common.dimension.${field}`),
    values: values.map((value) =>
      value !== noCode
        ? wordOf(field, value)
        : t(unnamed.includes(field) ? `panel.facets.none.${field}` : 'common.action.unknown'),
    ),
  });
};
