'use client';

import { ArrowDown, ArrowUp, ChevronDown, X } from 'lucide-react';
import { Button } from '@/components/base/button';
import { type Choice, ChoiceMenu } from '@/components/base/menu';
import { useText } from '@/components/feed/text';
import { useCodeWord } from '@/components/panel/code-word';
import { type FigureBlock, figureKinds, headingLength, noteLength, type OwnBlock } from '@/data/model/own-report';
import { canTell, fitBlock, splitsOf } from '@/data/reports/own';
import styles from './builder.module.css';
import { useMetrics } from './figures';

type PickProps = { what: string; value: string; choices: Choice[]; onChoose: (value: string) => void };

const Pick = ({ what, value, choices, onChoose }: PickProps) => {
  const name = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <ChoiceMenu label={`${what}: ${name}`} value={value} choices={choices} onChoose={onChoose} className={styles.pick}>
      <span>{what}</span>
      <b>{name}</b>
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

const none = 'none';

/** What a block of figures is split by, first or second. */
const PickSplit = ({
  nth,
  block,
  onChange,
}: {
  nth: 0 | 1;
  block: FigureBlock;
  onChange: (block: FigureBlock) => void;
}) => {
  const { t } = useText();
  const metric = useMetrics().find(({ key }) => key === block.metric);
  if (!metric) return null;
  const free = splitsOf(block.kind, metric).filter((key) => key !== block.by[1 - nth]);
  const choices = free.map((key) => ({ value: key as string, label: t(`common.dimension.${key}`) }));
  const choose = (value: string) => {
    const found = free.find((key) => key === value);
    const by = nth === 0 ? [found, block.by[1]] : [block.by[0], found];
    onChange({ ...block, by: by.filter((key) => key !== undefined) });
  };
  return (
    <Pick
      what={t(nth === 0 ? 'report.build.by' : 'report.build.then')}
      value={block.by[nth] ?? none}
      choices={nth === 0 ? choices : [{ value: none, label: t('report.build.none') }, ...choices]}
      onChoose={choose}
    />
  );
};

/** Metric, kind and splits of a block of figures. */
const FigurePart = ({ block, onChange }: { block: FigureBlock; onChange: (block: FigureBlock) => void }) => {
  const { t, lang } = useText();
  const metrics = useMetrics();
  const code = useCodeWord();
  const metric = metrics.find(({ key }) => key === block.metric);
  const change = (part: Partial<FigureBlock>) => {
    const next = { ...block, ...part };
    const found = metrics.find(({ key }) => key === next.metric);
    onChange(found ? fitBlock(next, found) : next);
  };
  const kinds = figureKinds.filter((kind) => !metric || canTell(kind, metric));
  return (
    <>
      <Pick
        what={t('report.build.metric')}
        value={block.metric}
        choices={metrics.map((each) => ({ value: each.key, label: each[lang] }))}
        onChoose={(key) => change({ metric: key })}
      />
      <fieldset className={styles.kinds} aria-label={t('report.kind')}>
        {kinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={kind === block.kind} onClick={() => change({ kind })}>
            {t(`report.kind.${kind}`)}
          </button>
        ))}
      </fieldset>
      {metric && splitsOf(block.kind, metric).length > 0 && <PickSplit nth={0} block={block} onChange={onChange} />}
      {block.kind === 'table' && <PickSplit nth={1} block={block} onChange={onChange} />}
      {block.filters.map(({ field, values }) => (
        <small key={field}>
          {t('report.build.filters', {
            words: `${t(`common.dimension.${field}`)} ${values.map((value) => code(field, value)).join('/')}`,
          })}
        </small>
      ))}
    </>
  );
};

type BuildBlockProps = {
  block: OwnBlock;
  isFirst: boolean;
  isLast: boolean;
  onChange: (block: OwnBlock) => void;
  onMove: (by: -1 | 1) => void;
  onDrop: () => void;
};

/** One block in the form. */
export const BuildBlock = ({ block, isFirst, isLast, onChange, onMove, onDrop }: BuildBlockProps) => {
  const { t } = useText();
  const kind = t(`report.kind.${block.kind}`);
  const label = t('report.build.text', { kind });
  return (
    <>
      <span className={styles.head}>
        <b>{kind}</b>
        <Button kind="icon" aria-label={t('report.build.up')} disabled={isFirst} onClick={() => onMove(-1)}>
          <ArrowUp aria-hidden />
        </Button>
        <Button kind="icon" aria-label={t('report.build.down')} disabled={isLast} onClick={() => onMove(1)}>
          <ArrowDown aria-hidden />
        </Button>
        <Button kind="icon" aria-label={t('report.build.drop')} onClick={onDrop}>
          <X aria-hidden />
        </Button>
      </span>
      {block.kind === 'heading' && (
        <input
          className={styles.field}
          aria-label={label}
          maxLength={headingLength}
          value={block.text}
          onChange={({ target }) => onChange({ kind: 'heading', text: target.value })}
        />
      )}
      {block.kind === 'note' && (
        <textarea
          className={styles.field}
          aria-label={label}
          rows={4}
          maxLength={noteLength}
          value={block.text}
          onChange={({ target }) => onChange({ kind: 'note', text: target.value })}
        />
      )}
      {'metric' in block && <FigurePart block={block} onChange={onChange} />}
    </>
  );
};
