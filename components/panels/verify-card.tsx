'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { formatValue } from '@/data/model/format';
import { type DoubtTask, visitResults } from '@/data/model/verify';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import rows from '../panel/address.module.css';
import { AddressShares, whileRunning } from '../panel/address-shares';
import { Card, CardFacts, CardSection } from '../panel/card';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { RuleTable } from '../panel/rule-table';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from '../panel/verify.module.css';

const key = 'verify-card';
const words = (name: string) => `verify.card.${name}`;
const mostShown = 20;
type Told = Outputs['verify']['byId'];

const Headline = ({ told }: { told: Told }) => {
  const { t, lang } = useText();
  const { verified, sent } = told.figures;
  const share = sent === 0 ? '—' : `${formatValue({ unit: 'share', decimals: 1 }, verified / sent, lang).digits}%`;
  return (
    <>
      <p className={rows.headline} data-sent={sent} data-verified={verified}>
        <span>{t(words('share'))}</span>
        <b>{share}</b>
        <span>{t(words('ofAll'), { n: verified, all: sent })}</span>
      </p>
      {told.state === 'finding' && (
        <p role="status" className={rows.note}>
          {t(words('running'), { n: told.nRun, all: told.nRules })}
        </p>
      )}
    </>
  );
};

const Gain = ({ gain }: Pick<Told, 'gain'>) => {
  const { t, term, lang } = useText();
  const share = (part: number, all: number) => formatValue({ unit: 'share', decimals: 2 }, 1 - part / all, lang).digits;
  return (
    <CardFacts
      facts={gain.map(({ field, seen, found, open }) => [
        term('quality-field', field),
        t(words('gainRow'), { before: share(found, seen), after: share(open, seen), found, open }),
      ])}
    />
  );
};

const Doubt = ({ task }: { task: DoubtTask }) => {
  const { t, term } = useText();
  return (
    <li className={rows.row} data-doubt={task.id}>
      <p>
        <b>{term('doubt-rule', task.rule)}</b>
        <small>
          {t(
            task.state === 'unreachable'
              ? 'verify.result.unreachable'
              : `verify.figure.${task.state === 'found' ? 'found' : 'waiting'}`,
          )}
        </small>
      </p>
      <p className={styles.facts}>
        {task.address && <span>{task.address}</span>}
        {task.facts.map(({ name, value, list }) => (
          <span key={name}>
            {t(`verify.fact.${name}`)} {list ? term(list, value) : value}
          </span>
        ))}
      </p>
    </li>
  );
};

/** Records nobody has seen to yet, masked; for those who see residents alone. */
const Open = ({ id, all }: { id: string; all: number }) => {
  const api = useTRPC();
  const { t } = useText();
  const tasks = useQuery(api.verify.doubts.queryOptions({ id, limit: mostShown })).data ?? [];
  if (all === 0) return <p className={rows.note}>{t(words('none'))}</p>;
  return (
    <>
      {all > tasks.length && <p className={rows.note}>{t(words('shown'), { n: tasks.length, all })}</p>}
      <ul className={rows.rows}>
        {tasks.map((task) => (
          <Doubt key={task.id} task={task} />
        ))}
      </ul>
    </>
  );
};

const Body = ({ told, set }: { told: Told; set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const again = useAskedAgain();
  const send = useMutation(api.verify.send.mutationOptions({ onSettled: again }));
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  const { figures } = told;
  const shares = (['waiting', ...visitResults] as const).map((name) => ({
    ...{ key: name, n: figures[name], isOpen: name === 'waiting' || name === 'unreachable' },
    label: t(name === 'waiting' ? 'verify.figure.waiting' : `verify.result.${name}`),
  }));
  const nOpen = figures.found - figures.verified;
  return (
    <Card
      kicker={`${t('panel.verify-card.title')} · ${t(`verify.state.${told.state}`)}`}
      title={told.name}
      note={`${term('role', told.role)} · ${divisions.name(told.division)} · ${stamp(told.at)}`}
      onClose={() => set({ selection: null })}
    >
      <Headline told={told} />
      {told.mayKeep && told.state === 'found' && (
        <p className={rows.moves}>
          <Button kind="primary" data-send="" disabled={send.isPending} onClick={() => send.mutate({ id: told.id })}>
            {t(words('send'))}
          </Button>
          <span role="status">{send.isError && problemWords(send.error, t)}</span>
        </p>
      )}
      <div className={rows.sides}>
        <CardSection title={t(words('sums'))}>
          <AddressShares rows={shares} all={figures.sent} />
        </CardSection>
        <CardSection title={t(words('gain'))}>
          <Gain gain={told.gain} />
        </CardSection>
      </div>
      <p className={styles.sum}>{t(words('sum'), figures)}</p>
      <CardSection title={t(words('rules'))}>
        <RuleTable rules={told.rules} label={t(words('rules'))} />
      </CardSection>
      {told.mayKeep && (
        <CardSection title={t(words('open'))} caption={String(nOpen)}>
          <Open id={told.id} all={nOpen} />
        </CardSection>
      )}
    </Card>
  );
};

/** One batch: figures that reconcile, quality before and after, what each rule found, and what nobody has seen to (核查批次). */
export const verifyCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: {
      ...api.verify.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at }),
      ...whileRunning(({ state }: Told) => state === 'finding'),
    },
  }),
  draw: ({ data: { told }, set }) => <Body told={told} set={set} />,
});
