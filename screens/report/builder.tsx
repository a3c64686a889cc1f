'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Trash2 } from 'lucide-react';
import { Button } from '@/components/base/button';
import { Checkbox } from '@/components/base/checkbox';
import { ChoiceMenu } from '@/components/base/menu';
import { problemOf } from '@/components/feed/failure';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { figureKinds, mostBlocks, type OwnBlock, type OwnReport, pageOfOwn } from '@/data/model/own-report';
import { savedNameLength } from '@/data/model/saved-view';
import { fitBlock } from '@/data/reports/own';
import { BuildBlock } from './build-block';
import styles from './builder.module.css';
import { useMetrics } from './figures';
import { type Draft, useOwn } from './use-own';

/** Keeps, changes, removes; the page then stands at what was kept. */
const useKeep = () => {
  const api = useTRPC();
  const client = useQueryClient();
  const { view, set } = useView();
  const { saved, setDraft } = useOwn();
  const onSettled = () => client.invalidateQueries(api.report.pathFilter());
  const show = ({ id, version, division, period, at }: OwnReport) =>
    set({ page: pageOfOwn({ id, version }), division, period, at, known: 'then' });
  const onSuccess = (kept: OwnReport) => {
    setDraft(null);
    show(kept);
  };
  const save = useMutation(api.report.save.mutationOptions({ onSettled, onSuccess }));
  const change = useMutation(api.report.change.mutationOptions({ onSettled, onSuccess }));
  const remove = useMutation(
    api.report.remove.mutationOptions({ onSettled, onSuccess: () => set({ page: null, period: undefined, at: null }) }),
  );
  const failed = [save, change, remove].find(({ isError }) => isError);
  const { division, period, at } = view;
  const keep = (draft: Draft) => {
    const content = { ...draft, division, period, at };
    if (saved?.isOwn) change.mutate({ ...content, id: saved.id, version: saved.version });
    else save.mutate(content);
  };
  return {
    keep,
    remove,
    isPending: save.isPending || change.isPending,
    problem: failed ? problemOf(failed.error) : null,
  };
};

const kinds = [...figureKinds, 'heading', 'note'] as const;

/** Adds a block of a kind; figures begin with the metric of the one before. */
const AddMenu = ({ blocks, onAdd }: { blocks: readonly OwnBlock[]; onAdd: (block: OwnBlock) => void }) => {
  const { t } = useText();
  const metrics = useMetrics();
  const last = blocks.findLast((block) => 'metric' in block);
  const add = (value: string) => {
    if (value === 'heading' || value === 'note') return onAdd({ kind: value, text: t(`report.kind.${value}`) });
    const kind = figureKinds.find((each) => each === value) ?? 'figures';
    const block = { kind, metric: last && 'metric' in last ? last.metric : 'event.reported', by: [], filters: [] };
    const metric = metrics.find(({ key }) => key === block.metric);
    if (metric) onAdd(fitBlock(block, metric));
  };
  return (
    <ChoiceMenu
      label={t('report.build.addBlock')}
      value={null}
      choices={kinds.map((kind) => ({ value: kind as string, label: t(`report.kind.${kind}`) }))}
      onChoose={add}
      className={styles.pick}
    >
      {t('report.build.addBlock')}
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

const swapped = (blocks: readonly OwnBlock[], i: number, by: -1 | 1): OwnBlock[] => {
  const next = [...blocks];
  const [moved] = next.splice(i, 1);
  if (moved) next.splice(i + by, 0, moved);
  return next;
};

const BlockList = ({ blocks, onChange }: { blocks: OwnBlock[]; onChange: (blocks: OwnBlock[]) => void }) => (
  <ol className={styles.blocks}>
    {blocks.map((block, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name of their own, their place tells them apart
      <li key={i} data-block={block.kind}>
        <BuildBlock
          block={block}
          isFirst={i === 0}
          isLast={i === blocks.length - 1}
          onChange={(next) => onChange(blocks.map((each, j) => (j === i ? next : each)))}
          onMove={(by) => onChange(swapped(blocks, i, by))}
          onDrop={() => onChange(blocks.filter((_, j) => j !== i))}
        />
      </li>
    ))}
  </ol>
);

/** Puts a report together from blocks, beside the paper that shows it at once (报告定制). */
export const Builder = () => {
  const { t } = useText();
  const { saved, draft, setDraft } = useOwn();
  const { keep, remove, isPending, problem } = useKeep();
  if (!draft) return null;
  const patch = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const isWhole =
    draft.name.trim() !== '' &&
    draft.blocks.length > 0 &&
    draft.blocks.every((b) => !('text' in b) || b.text.trim() !== '');
  const isNext = saved?.isOwn === true;
  return (
    <form
      className={styles.builder}
      aria-label={t('report.build.title')}
      data-builder=""
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && !isPending) keep(draft);
      }}
    >
      <input
        className={styles.field}
        aria-label={t('report.build.name')}
        placeholder={t('report.build.name')}
        maxLength={savedNameLength}
        value={draft.name}
        onChange={({ target }) => patch({ name: target.value })}
      />
      <Checkbox
        isChecked={draft.isShared}
        label={t('report.build.share')}
        onChange={(isShared) => patch({ isShared })}
        className={styles.share}
      >
        <span>{t('report.build.share')}</span>
      </Checkbox>
      <BlockList blocks={draft.blocks} onChange={(blocks) => patch({ blocks })} />
      {draft.blocks.length < mostBlocks && (
        <AddMenu blocks={draft.blocks} onAdd={(block) => patch({ blocks: [...draft.blocks, block] })} />
      )}
      <p className={styles.pinned}>{t('report.build.pinned')}</p>
      <p className={styles.end}>
        <span role="status">{problem && t(`common.problem.${problem}`)}</span>
        {saved?.isOwn && (
          <Button
            kind="icon"
            aria-label={t('report.build.remove')}
            title={t('report.build.remove')}
            onClick={() => remove.mutate({ id: saved.id, version: saved.version })}
          >
            <Trash2 aria-hidden />
          </Button>
        )}
        <Button kind="primary" type="submit" aria-disabled={!isWhole || isPending}>
          {isNext ? t('report.build.saveNext', { n: saved.version + 1 }) : t('report.build.save')}
        </Button>
      </p>
    </form>
  );
};
