'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type CSSProperties, useEffect } from 'react';
import { type AddressCard, isMatched, type OpenRow } from '@/data/model/address';
import { formatValue } from '@/data/model/format';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/address.module.css';
import { AddressOpen } from '../panel/address-open';
import { AddressShares, whileRunning } from '../panel/address-shares';
import { Card, CardFacts, CardSection } from '../panel/card';
import { ExportButton } from '../panel/export-button';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'address-card';
const words = (name: string) => `address.card.${name}`;
const mostShown = 30;

const isRunning = ({ state }: AddressCard): boolean => state === 'running';

/** The share that was matched, and how far the pass that is under way has come. */
const Headline = ({ told }: { told: AddressCard }) => {
  const { t, lang } = useText();
  const { nMatched, nRows, nPlaced, runs } = told;
  const last = runs.at(-1);
  const share = formatValue({ unit: 'share', decimals: 1 }, nMatched / nRows, lang);
  return (
    <>
      <p className={styles.headline} data-matched={nMatched} data-rows={nRows}>
        <span>{t(words('share'))}</span>
        <b>{share.digits}%</b>
        <span>{t(words('ofAll'), { n: nMatched, all: nRows })}</span>
        <span>
          {t(words('placed'))} {nPlaced}
        </span>
      </p>
      {isRunning(told) && last && (
        <div role="status">
          <p className={styles.progress}>
            <i style={{ '--share': last.nRows === 0 ? 1 : last.nDone / last.nRows } as CSSProperties} />
          </p>
          <p className={styles.note}>{t(words('running'), { n: last.nDone, all: last.nRows })}</p>
        </div>
      )}
    </>
  );
};

const useCrsWords = ({ crs, crsCheck, nPositions }: AddressCard): string => {
  const { t } = useText();
  if (!crs) return t(words('crsNone'));
  const rows = t(words('rows'), { n: nPositions });
  if (!crsCheck?.likely) return `${rows}${t('address.join')}${t(words('crsUnchecked'), { crs })}`;
  const checked = { crs, n: crsCheck.nCompared, metres: crsCheck.metres[crsCheck.likely] };
  return `${rows}${t('address.join')}${t(words('crsChecked'), checked)}`;
};

const Runs = ({ runs }: Pick<AddressCard, 'runs'>) => {
  const { t, term, lang, installation } = useText();
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return (
    <CardFacts
      facts={runs.map(({ run, at, role, nDone, gained }) => [
        t(words('run'), { run, at: stamp(at), role: term('role', role) }),
        t(words('gained'), { n: nDone, gained }),
      ])}
    />
  );
};

type BodyProps = { told: AddressCard; open: OpenRow[]; view: View; set: (patch: Partial<View>) => void };

const Body = ({ told, open, view, set }: BodyProps) => {
  const api = useTRPC();
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const askAgain = useAskedAgain();
  const again = useMutation(api.address.again.mutationOptions({ onSettled: askAgain }));
  const { methods, levels, runs, nRows } = told;
  const nOpen = methods.find(({ method }) => method === 'none')?.n ?? 0;
  const client = useQueryClient();
  const { state } = told;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is left changes with every step of a pass
  useEffect(() => {
    void client.invalidateQueries(api.address.open.pathFilter());
  }, [state, nOpen]);
  const mayDecide = view.at === null && !isRunning(told);
  const stamp = formatStamp(new Date(told.at), installation?.timeZone ?? 'UTC', lang);
  const crs = useCrsWords(told);
  const shares = {
    methods: methods.map(({ method, n }) => ({
      ...{ key: method, label: t(`address.method.${method}`), n, isOpen: !isMatched(method) },
    })),
    levels: levels.map(({ level, isMatched: is, n }) => ({
      ...{ key: `${level} ${is}`, label: t(is ? `address.level.${level}` : `address.only.${level}`), n, isOpen: !is },
    })),
  };
  return (
    <Card
      kicker={`${t(words('kicker'))} · ${t(`address.state.${told.state}`)}`}
      title={told.name}
      note={`${term('role', told.role)} · ${divisions.name(told.division)} · ${stamp}`}
      onClose={() => set({ selection: null })}
    >
      <Headline told={told} />
      <CardFacts facts={[[t(words('crs')), crs]]} />
      <div className={styles.sides}>
        <CardSection title={t(words('methods'))}>
          <AddressShares rows={shares.methods} all={nRows} />
        </CardSection>
        <CardSection title={t(words('levels'))}>
          <AddressShares rows={shares.levels} all={nRows} />
        </CardSection>
      </div>
      <CardSection title={t(words('runs'))}>
        <Runs runs={runs} />
        <p className={styles.moves}>
          {mayDecide && (
            <Button
              data-again=""
              disabled={nOpen === 0 || again.isPending}
              onClick={() => again.mutate({ id: told.id })}
            >
              {t(words('again'))}
            </Button>
          )}
          <ExportButton what={{ kind: 'address', batch: told.id }} panel={key} />
          <span role="status" className={styles.note}>
            {again.isError && problemWords(again.error, t)}
          </span>
        </p>
      </CardSection>
      <CardSection title={t(words('unmatched'))} caption={String(nOpen)}>
        <AddressOpen batch={told.id} rows={open} all={nOpen} mayDecide={mayDecide} set={set} />
      </CardSection>
    </Card>
  );
};

/** One list of addresses: what share was matched, how and how deep, and what is left for a person (标准地址匹配). */
export const addressCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const id = partsOf(view.selection)?.code ?? '';
    return {
      told: { ...api.address.byId.queryOptions({ id, at: view.at }), ...whileRunning(isRunning) },
      open: api.address.open.queryOptions({ id, limit: mostShown }),
    };
  },
  draw: ({ data: { told, open }, view, set }) => <Body told={told} open={open} view={view} set={set} />,
});
