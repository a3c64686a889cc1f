import { queryOf } from '@/components/feed/view';
import type { Ask } from '@/data/model/ask';
import { explorerPage } from '@/data/model/desk-page';
import type { Block } from '@/data/model/report';
import type { Answers } from '@/data/reports/block';

export type BlockProps = { block: Block; answers: Answers; asks: readonly (readonly [string, Ask])[] };

/** Where a question is asked anew and turned about: the explorer of the desk. */
export const questionLink = ({ metric, dimensions = [], question }: Ask): string =>
  `/mid${queryOf({ ...question, metric, page: explorerPage({ split: dimensions }) })}`;
