'use client';

import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import type { Drawn } from '../chart/explore-kind';
import type { ExploreWords } from '../chart/explore-option';
import { useText } from '../feed/text';
import { useCodeWord } from './code-word';

const shapes: Partial<Record<Drawn, Pick<Answer, 'unit' | 'decimals'>>> = {
  share: { unit: 'share', decimals: 1 },
  perThousand: { unit: 'perTenThousand', decimals: 2 },
  perTenThousand: { unit: 'perTenThousand', decimals: 2 },
  perWorker: { unit: 'perTenThousand', decimals: 2 },
};

/** Words of an answer's drawing: its codes, and its values as digits. */
export const useExploreWords = (
  answer: Pick<Answer, 'unit' | 'decimals'>,
  [first, second]: readonly DimensionKey[],
  drawn: Drawn,
): ExploreWords & { cell: (cell: Cell) => string } => {
  const { t, lang } = useText();
  const codeWord = useCodeWord();
  const shape = shapes[drawn] ?? answer;
  const value = (of: number) => {
    const decimals = Number.isInteger(of) ? 0 : shape.decimals;
    const { digits, scale } = formatValue({ ...shape, decimals }, of, lang);
    return `${digits}${scale}`;
  };
  return {
    category: (code) => codeWord(first ?? '', code),
    series: (code) => (second ? codeWord(second, code) : t(`panel.explorer-figures.drawn.${drawn}`)),
    value,
    cell: (cell) =>
      cell.value === null ? t(cell.withheld ? 'common.withheld.small' : 'common.state.noData') : value(cell.value),
    cut: t('common.bucket.cut'),
    moving: t('panel.explorer-figures.moving'),
    band: t('panel.explorer-figures.band'),
  };
};
