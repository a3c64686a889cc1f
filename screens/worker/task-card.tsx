'use client';

import { LevelMark } from '@/components/base/level-mark';
import { spanWords } from '@/components/base/span';
import { lampAt } from '@/components/chart/lamp';
import { useTick } from '@/components/feed/clock';
import { useText } from '@/components/feed/text';
import { metresApart } from '@/components/feed/use-place';
import { useView } from '@/components/feed/view';
import type { LngLat } from '@/data/model/geo';
import styles from './screen.module.css';
import type { WorkerTask } from './use-tasks';

const whole = (metres: number): number => (metres < 100 ? Math.round(metres) : Math.round(metres / 10) * 10);

/** Time left or gone over, by the screen's clock. */
export const useLeft = () => {
  const { t } = useText();
  const { view } = useView();
  const tick = useTick();
  return (task: WorkerTask): { words: string; lamp: string } => {
    const { used, limit, lamp } = lampAt(task, view.at ? Date.parse(view.at) : tick);
    if (limit === null) return { words: t('phone.task.noLimit'), lamp };
    const time = spanWords(Math.abs(limit - used), t);
    return { words: t(used > limit ? 'common.duration.over' : 'common.duration.left', { time }), lamp };
  };
};

type TaskCardProps = { task: WorkerTask; place: LngLat | null; onAct: () => void };

/** One case that waits: level, title, where and how far, time left, and the one thing to do next. */
export const TaskCard = ({ task, place, onAct }: TaskCardProps) => {
  const { t, term } = useText();
  const left = useLeft()(task);
  const apart = place && task.position ? metresApart(place, task.position) : null;
  const where = [
    task.address,
    apart === null
      ? null
      : apart < 1000
        ? t('phone.task.metres', { n: whole(apart) })
        : t('phone.task.kilometres', { n: (apart / 1000).toFixed(1) }),
  ].filter(Boolean);
  return (
    <li className={styles.task} data-task={task.id} data-status={task.status}>
      <LevelMark level={task.level} size="34px" />
      <div className={styles.about}>
        <h3>{task.title}</h3>
        {where.length > 0 && (
          <p className={styles.words}>
            {where.map((word) => (
              <span key={word}>{word}</span>
            ))}
          </p>
        )}
        <p className={`${styles.words} ${styles.left}`} data-lamp={left.lamp}>
          <span>{term('event-status', task.status)}</span>
          <span>{left.words}</span>
        </p>
        {task.isWaiting && <p className={styles.waiting}>{t('phone.task.waiting')}</p>}
      </div>
      <button type="button" className={styles.act} data-kind={task.status === 'S31' ? 'main' : 'plain'} onClick={onAct}>
        {t(`phone.act.${task.status}`)}
      </button>
    </li>
  );
};
