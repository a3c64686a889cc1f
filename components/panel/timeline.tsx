'use client';

import { formatStamp } from '../base/format';
import { spanWords } from '../base/span';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { StepPhotos } from './step-photos';
import styles from './timeline.module.css';

type Step = Outputs['event']['history'][number];

const words = (name: string) => `panel.event-card.${name}`;

/** Minutes in words: 34 分, 1 时 26 分, 2 天 3 时. */
export const useDuration = () => {
  const { t } = useText();
  return (minutes: number): string => spanWords(Math.round(minutes), t);
};

/** Who made a step, and where: a post by its role and place, others by what they are. */
const useMaker = () => {
  const { t, term } = useText();
  const divisions = useDivisions();
  return ({ role, place, department }: Step): string =>
    [
      /^R\d+$/.test(role) ? term('role', role) : t(`intake.by.${role}`),
      place && divisions.byCode(place) && divisions.name(place),
      department && term('department', department),
    ]
      .filter(Boolean)
      .join(' · ');
};

type Photos = Outputs['event']['byId']['photos'];

/** What a step was, who made it, what he wrote and photographed, the mark he gave. */
const What = ({ step, photos }: { step: Step; photos: Photos }) => {
  const { t, term } = useText();
  const maker = useMaker();
  const { rating, note } = step;
  return (
    <span className={styles.what}>
      <strong>{term('event-status', step.to)}</strong>
      <span>{maker(step)}</span>
      {rating !== null && (
        <b data-rating={rating}>{t(words('rated'), { n: rating, mark: t(`public.mark.${rating}`) })}</b>
      )}
      {note && <q>{note}</q>}
      <StepPhotos photos={photos.filter((photo) => photo.step === step.seq)} screen="mid" />
    </span>
  );
};

type TimelineProps = {
  steps: readonly Step[];
  photos: Photos;
  /** The running step is the last one. */
  isRunning: boolean;
  /** Epoch ms the card stands at. */
  now: number;
};

/** Every move of an event, oldest first; the one in progress alone is coloured (流转记录). */
export const Timeline = ({ steps, photos, isRunning, now }: TimelineProps) => {
  const { t, lang, installation } = useText();
  const duration = useDuration();
  const zone = installation?.timeZone ?? 'UTC';
  return (
    <ol className={styles.timeline}>
      {steps.map((step, i) => {
        const isCurrent = isRunning && i === steps.length - 1;
        const next = steps[i + 1];
        const to = next ? Date.parse(next.at) : now;
        const lasted = next || isCurrent ? duration((to - Date.parse(step.at)) / 60_000) : null;
        return (
          <li key={step.seq} data-current={isCurrent} data-step={step.to}>
            <span className={styles.at}>{formatStamp(new Date(step.at), zone, lang)}</span>
            <i aria-hidden />
            <What step={step} photos={photos} />
            <span className={styles.lasted}>{isCurrent ? t(words('since'), { time: lasted ?? '' }) : lasted}</span>
          </li>
        );
      })}
    </ol>
  );
};
