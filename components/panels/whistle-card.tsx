'use client';

import { useMutation } from '@tanstack/react-query';
import type { WhistleMove } from '@/data/model/supervision';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { spanLamp } from '../chart/ticket-order';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import { LampWords } from '../panel/lamp-words';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { SupervisionSteps } from '../panel/supervision-steps';
import { useAskedAgain } from '../panel/use-asked-again';
import { WhistleReplyForm } from '../panel/whistle-reply';
import styles from './whistle-card.module.css';

const key = 'whistle-card';
const words = (name: string) => `panel.${key}.${name}`;
type Whistle = Outputs['supervision']['whistle']['whistle'];
type Line = Whistle['lines'][number];

const useStamp = () => {
  const { lang, installation } = useText();
  return (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
};

/** The three clocks of a department: done when, or how long is left. */
const Clocks = ({ line, blownAt, now }: { line: Line; blownAt: string; now: number }) => {
  const { term } = useText();
  const stamp = useStamp();
  return (
    <ol className={styles.clocks}>
      {line.limits.map(({ clock, dueAt, doneAt }) => {
        const lamp = spanLamp(blownAt, dueAt, doneAt, now);
        return (
          <li key={clock} data-clock={clock} data-lamp={lamp}>
            <span>{term('whistle-step', clock)}</span>
            {doneAt === null ? (
              <LampWords minutesLeft={(Date.parse(dueAt) - now) / 60_000} lamp={lamp} />
            ) : (
              <b>{stamp(doneAt)}</b>
            )}
            <small>≤ {stamp(dueAt)}</small>
          </li>
        );
      })}
    </ol>
  );
};

const scores = [1, 2, 3, 4, 5];

/** The next step of a department, or the score the grassroots give it. */
const LineMoves = ({ id, line }: { id: string; line: Line }) => {
  const api = useTRPC();
  const { t, term } = useText();
  const onSettled = useAskedAgain();
  const move = useMutation(api.supervision.moveWhistle.mutationOptions({ onSettled }));
  const send = (rest: Pick<WhistleMove, 'step'> & Partial<WhistleMove>) =>
    move.mutate({ id, department: line.department, version: line.version, ...rest });
  const [step] = line.moves;
  return (
    <div className={styles.moves}>
      {step === 'reply' && <WhistleReplyForm isBusy={move.isPending} send={(reply) => send({ step, reply })} />}
      {step === 'score' &&
        scores.map((score) => (
          <Button key={score} data-move="score" disabled={move.isPending} onClick={() => send({ step, score })}>
            {t(words('stars'), { n: score })}
          </Button>
        ))}
      {(step === 'sign' || step === 'contact' || step === 'arrive') && (
        <Button kind="primary" data-move={step} disabled={move.isPending} onClick={() => send({ step })}>
          {term('whistle-step', step)}
        </Button>
      )}
      {move.isError && <p role="status">{t(`common.problem.${problemOf(move.error)}`)}</p>}
    </div>
  );
};

const Reply = ({ reply }: { reply: NonNullable<Line['reply']> }) => {
  const { t } = useText();
  const stamp = useStamp();
  return (
    <CardFacts
      facts={[
        [t(words('element.acceptedAt')), stamp(reply.acceptedAt)],
        [t(words('element.contacted')), reply.contacted],
        [t(words('element.measure')), reply.measure],
        [t(words('element.limitAt')), stamp(reply.limitAt)],
      ]}
    />
  );
};

type BodyProps = Outputs['supervision']['whistle'] & { view: View; set: (patch: Partial<View>) => void };

const Body = ({ whistle, steps, view, set }: BodyProps) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const stamp = useStamp();
  const tick = useTick();
  const clock = view.at ? Date.parse(view.at) : tick;
  const now = whistle.endedAt ? Math.min(clock, Date.parse(whistle.endedAt)) : clock;
  return (
    <Card
      kicker={`${t(words('title'))} · ${term('whistle-type', whistle.kind)}`}
      title={whistle.title ?? term('event-category', whistle.category)}
      badge={<LevelMark level={whistle.level} size="28px" />}
      note={`${divisions.name(whistle.subdistrict)} · ${stamp(whistle.blownAt)}${whistle.endedAt ? ` – ${stamp(whistle.endedAt)}` : ''}`}
      onClose={() => set({ selection: null })}
    >
      {whistle.reason && <CardFacts facts={[[t(words('reason')), whistle.reason]]} />}
      <p className={styles.link}>
        <Button data-go="event" onClick={() => set({ selection: `event:${whistle.eventId}` })}>
          {t('panel.ticket-card.event', { number: whistle.eventNumber })}
        </Button>
      </p>
      {whistle.lines.map((line) => (
        <CardSection
          key={line.department}
          title={term('department', line.department)}
          caption={line.score === null ? null : t(words('stars'), { n: line.score })}
        >
          <Clocks line={line} blownAt={whistle.blownAt} now={now} />
          {line.reply && <Reply reply={line.reply} />}
          {line.moves.length > 0 && <LineMoves id={whistle.id} line={line} />}
        </CardSection>
      ))}
      <CardSection title={t('panel.ticket-card.moves')}>
        <SupervisionSteps steps={steps} list="whistle-step" />
      </CardSection>
    </Card>
  );
};

/** One whistle: the clocks, replies and scores of the departments it called (街道吹哨、部门报到). */
export const whistleCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.supervision.whistle.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at }),
  }),
  draw: ({ data: { told }, view, set }) => <Body {...told} view={view} set={set} />,
});
