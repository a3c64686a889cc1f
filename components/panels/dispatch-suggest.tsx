'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { scoreParts } from '@/data/model/dispatch';
import { mostPoints } from '@/data/model/dispatch-rule';
import { Button } from '../base/button';
import { useShortcut } from '../base/shortcut';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { type Chosen, DispatchForm } from '../panel/dispatch-form';
import { RouteList } from '../panel/dispatch-route';
import { useDispatchWords } from '../panel/dispatch-words';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from './dispatch-suggest.module.css';

const words = (name: string) => `dispatch.${name}`;
type Suggested = NonNullable<Outputs['dispatch']['suggest']>;
type One = Suggested['shown'][number];

const Parts = ({ one }: { one: One }) => {
  const { t } = useText();
  return (
    <ul className={styles.parts}>
      {scoreParts.map((part) => (
        <li key={part} data-part={part}>
          <span>{t(words(`part.${part}`))}</span>
          <i aria-hidden>
            <i style={{ width: `${(one.parts[part] / mostPoints[part]) * 100}%` }} />
          </i>
          <small>{t(words('points'), { n: one.parts[part], of: mostPoints[part] })}</small>
        </li>
      ))}
    </ul>
  );
};

const Facts = ({ one }: { one: One }) => {
  const { t } = useText();
  const { facts } = useDispatchWords();
  return <p className={styles.facts}>{one.candidate ? facts(one.candidate) : t(words('always'))}</p>;
};

const Best = ({ one, reason }: { one: One; reason: Suggested['reason'] }) => {
  const { t } = useText();
  const { who } = useDispatchWords();
  return (
    <div data-suggestion={one.worker ?? 'desk'}>
      <p className={styles.best}>
        <strong>{who(one.department, one.worker, one.name)}</strong>
        <b data-score={one.score}>{t(words('score'), { n: one.score })}</b>
      </p>
      <Facts one={one} />
      <Parts one={one} />
      <p className={styles.reason}>{t(words(`reason.${reason}`))}</p>
    </div>
  );
};

/** The runners-up with what speaks for and against them, and why others are none of them. */
const Others = ({ suggested }: { suggested: Suggested }) => {
  const { t } = useText();
  const { who } = useDispatchWords();
  return (
    <div className={styles.others}>
      <h3>{t(words('others'))}</h3>
      {suggested.shown.slice(1).map((one) => (
        <div key={one.worker ?? 'desk'} data-other={one.worker ?? 'desk'}>
          <p className={styles.other}>
            <span>{who(one.department, one.worker, one.name)}</span>
            <span>{t(words('score'), { n: one.score })}</span>
          </p>
          <Facts one={one} />
        </div>
      ))}
      {suggested.passed.map(({ name, why }, i) => (
        <p key={`${name}-${why}-${String(i)}`} className={styles.facts}>
          {t(words('passed'), { name: name ?? t(words('unnamed')), why: t(words(`why.${why}`)) })}
        </p>
      ))}
    </div>
  );
};

/** Sending and handing back. */
const useActs = () => {
  const api = useTRPC();
  const onSettled = useAskedAgain();
  return {
    assign: useMutation(api.dispatch.assign.mutationOptions({ onSettled })),
    back: useMutation(api.dispatch.return.mutationOptions({ onSettled })),
  };
};

type Form = 'reassign' | 'return' | null;
type BarProps = { suggested: Suggested; isBusy: boolean; accept: () => void; open: (form: Form) => void };

const Bar = ({ suggested: { maySend, mayReturn }, isBusy, accept, open }: BarProps) => {
  const { t } = useText();
  const act = (is: boolean, run: () => void) => () => {
    if (!is || isBusy) return false;
    run();
    return undefined;
  };
  useShortcut({
    // G and a letter goes to a page.
    'g a': () => false,
    'g r': () => false,
    a: act(maySend, accept),
    r: act(maySend, () => open('reassign')),
    b: act(mayReturn, () => open('return')),
  });
  return (
    <div className={styles.bar}>
      <Button kind="primary" data-act="accept" disabled={!maySend || isBusy} onClick={accept}>
        {t(words('accept'))} <kbd>A</kbd>
      </Button>
      <Button data-act="reassign" disabled={!maySend || isBusy} onClick={() => open('reassign')}>
        {t(words('reassign'))} <kbd>R</kbd>
      </Button>
      <Button data-act="return" disabled={!mayReturn || isBusy} onClick={() => open('return')}>
        {t(words('return'))} <kbd>B</kbd>
      </Button>
    </div>
  );
};

const Suggestion = ({ suggested }: { suggested: Suggested }) => {
  const { t } = useText();
  const [form, setForm] = useState<Form>(null);
  const { assign, back } = useActs();
  const isBusy = assign.isPending || back.isPending;
  const best = suggested.shown[0];
  const { id, version } = suggested;
  const accept = () => {
    if (best) assign.mutate({ id, version, isAccepted: true, department: best.department, worker: best.worker });
  };
  const send = ({ department, worker, note }: Chosen) =>
    form === 'return'
      ? back.mutate({ id, version, note })
      : assign.mutate({ id, version, isAccepted: false, department, worker, note });
  const error = assign.error ?? back.error;
  return (
    <>
      {best && <Best one={best} reason={suggested.reason} />}
      <Bar suggested={suggested} isBusy={isBusy} accept={accept} open={setForm} />
      {form && (
        <DispatchForm
          key={form}
          suggested={suggested}
          isReturn={form === 'return'}
          isBusy={isBusy}
          onSend={send}
          onCancel={() => setForm(null)}
        />
      )}
      <p className={styles.answer} role="status">
        {error && t(`common.problem.${problemOf(error)}`)}
      </p>
      <Others suggested={suggested} />
    </>
  );
};

const Desk = ({ desk: { suggested, routes } }: { desk: Outputs['dispatch']['desk'] }) => {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className={styles.panel} aria-label={t('panel.dispatch-suggest.title')} tabIndex={0}>
      {suggested && <Suggestion key={`${suggested.id} ${suggested.version}`} suggested={suggested} />}
      <RouteList routes={routes} />
    </section>
  );
};

/** Whom the selected event should go to, with score, reasons and runners-up; else how it was sent (建议承办、分拨依据). */
export const dispatchSuggest = definePanel({
  key: 'dispatch-suggest',
  sizes: ['desk'],
  ask: ({ view, api }) => {
    const selected = partsOf(view.selection);
    const id = selected?.kind === 'event' ? selected.code : '';
    return { desk: api.dispatch.desk.queryOptions({ id, at: view.at }) };
  },
  empty: ({ desk }) => desk.suggested === null && desk.routes.length === 0,
  draw: ({ data: { desk } }) => <Desk desk={desk} />,
});
