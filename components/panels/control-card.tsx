'use client';

import type { CSSProperties } from 'react';
import type { ControlPart, ControlTold } from '@/data/model/control';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { depthOf, type PartClock, reportClock, rowState, signClock } from '../chart/control-lamp';
import { useTick } from '../feed/clock';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import { LampWords } from '../panel/lamp-words';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './control-card.module.css';

const key = 'control-card';
const words = (name: string) => `panel.${key}.${name}`;
type Ticket = Outputs['control']['byId'];

const useWords = () => {
  const { lang, installation } = useText();
  return {
    stamp: (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang),
    nameOf: (part: { name: string; nameEn: string } | undefined) =>
      part ? (lang === 'zh' ? part.name : part.nameEn) : '—',
  };
};

/** When a receipt or feedback was given, and whether late; how long is left while it is not. */
const Given = ({ doneAt, clock, kind }: { doneAt: string | null; clock: PartClock | null; kind: string }) => {
  const { t } = useText();
  const { stamp } = useWords();
  if (clock === null) return '—';
  if (doneAt === null) return <LampWords {...clock} />;
  const isLate = clock.lamp === 'red';
  return (
    <span className={styles.time} data-clock={kind} data-late={isLate ? '' : undefined}>
      {stamp(doneAt)}
      {isLate && ` ${t(words('late'))}`}
    </span>
  );
};

type LineProps = { ticket: Ticket; part: ControlPart; now: number };

const Line = ({ ticket, part, now }: LineProps) => {
  const { t, term } = useText();
  const { nameOf } = useWords();
  const isEnded = ticket.closedAt !== null && part.reportedAt === null;
  return (
    <tr data-part={part.division} data-own={part.division === ticket.own.division ? '' : undefined}>
      <td>
        <span className={styles.unit} style={{ '--depth': depthOf(ticket.parts, part) } as CSSProperties}>
          <small>{term('six-level', part.level)}</small>
          <b>{nameOf(part)}</b>
        </span>
      </td>
      <td>
        {part.duty}
        {part.feedback && <span className={styles.said}>{t(words('said'), { text: part.feedback })}</span>}
        {part.reason && <span className={styles.said}>{t(words('because'), { text: part.reason })}</span>}
      </td>
      <td>{t(`control.state.${part.state}`)}</td>
      <td>
        <Given kind="sign" doneAt={part.signedAt} clock={isEnded && !part.signedAt ? null : signClock(part, now)} />
      </td>
      <td>
        <Given kind="report" doneAt={part.reportedAt} clock={isEnded ? null : reportClock(part, now)} />
      </td>
    </tr>
  );
};

/** Who carries it, over the levels: each with its duty, its receipt and its feedback (五级职责). */
const Tree = ({ ticket, now }: { ticket: Ticket; now: number }) => {
  const { t } = useText();
  return (
    <table className={styles.tree}>
      <thead>
        <tr>
          {['unit', 'duty', 'state', 'signed', 'reported'].map((name) => (
            <th key={name} scope="col">
              {t(words(name))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ticket.parts.map((part) => (
          <Line key={part.division} ticket={ticket} part={part} now={now} />
        ))}
      </tbody>
    </table>
  );
};

/** Divisions a step passed the ticket on to: those pushed to by the same division at the same instant. */
const reachedBy = (steps: readonly ControlTold[], { step, at, actor }: ControlTold): ControlTold[] =>
  step === 'pass' || step === 'push'
    ? steps.filter((each) => each.step === 'push' && each.at === at && each.actor === actor && each.division !== actor)
    : [];

/** Every step as far as this post may see, oldest first. */
const Steps = ({ ticket: { steps, parts } }: { ticket: Ticket }) => {
  const { t, term } = useText();
  const { stamp, nameOf } = useWords();
  const isTold = ({ step, division, actor }: ControlTold) => step !== 'push' || division === actor;
  return (
    <ol className={styles.steps}>
      {steps.filter(isTold).map((step) => {
        const actor = parts.find(({ division }) => division === step.actor);
        const to = step.step === 'return' ? [step] : reachedBy(steps, step);
        const target = to.map(nameOf).join(t('common.and'));
        return (
          <li key={step.seq} data-step={step.step}>
            <span className={styles.at}>{stamp(step.at)}</span>
            <span className={styles.step}>
              <strong>{t(`control.step.${step.step}`)}</strong>
              {target && <span>→ {target}</span>}
              <span>
                {nameOf(actor)} · {step.role === 'partner' ? t('intake.by.partner') : term('role', step.role)}
              </span>
              {step.note && <q>{step.note}</q>}
              {step.reason && <q>{t(words('because'), { text: step.reason })}</q>}
            </span>
          </li>
        );
      })}
    </ol>
  );
};

type BodyProps = { ticket: Ticket; view: View; set: (patch: Partial<View>) => void };

const Body = ({ ticket, view, set }: BodyProps) => {
  const { t, term, lang } = useText();
  const { stamp, nameOf } = useWords();
  const tick = useTick();
  const clock = view.at ? Date.parse(view.at) : tick;
  const now = ticket.closedAt ? Math.min(clock, Date.parse(ticket.closedAt)) : clock;
  const place = lang === 'zh' ? ticket.divisionName : ticket.divisionNameEn;
  const top = ticket.parts.find(({ parent }) => parent === null);
  return (
    <Card
      kicker={`${t(words('title'))} · ${ticket.number}`}
      title={ticket.title}
      badge={<LevelMark level={ticket.level} size="28px" />}
      note={`${t(`control.state.${rowState(ticket)}`)} · ${t(words('mine'), { todo: t(`control.todo.${ticket.todo}`) })}`}
      onClose={() => set({ selection: null })}
    >
      <div className={styles.evidence}>
        <CardFacts
          facts={[
            [t(words('source')), term('control-source', ticket.source)],
            [t(words('evidence')), ticket.evidence],
            [t(words('place')), [place, ticket.address].filter(Boolean).join(' · ')],
            [t(words('pushed')), `${nameOf(top)} · ${stamp(ticket.pushedAt)}`],
            [t(words('due')), stamp(ticket.dueAt)],
            [t(words('duty')), ticket.own.duty],
          ]}
        />
      </div>
      <CardSection title={t(words('tree'))}>
        <Tree ticket={ticket} now={now} />
      </CardSection>
      <CardSection title={t(words('steps'))}>
        <Steps ticket={ticket} />
      </CardSection>
    </Card>
  );
};

/** One joint-control ticket: the risk, who carries it over the five levels, every step (联控工单). */
export const controlCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    ticket: api.control.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at }),
  }),
  draw: ({ data: { ticket }, view, set }) => <Body ticket={ticket} view={view} set={set} />,
});
