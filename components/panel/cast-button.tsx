'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { MonitorUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { View } from '@/data/model/view';
import { type Choice, ChoiceMenu } from '../base/menu';
import { ConductorProvider, useConductor } from '../feed/conductor';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import { Acknowledge } from './cast-acknowledge';
import styles from './cast-button.module.css';
import { type CastAction, useCastActions, useSteering } from './cast-control';
import { castWords, latencyWords, roleWords } from './cast-words';

/** Walls that come and go are looked for this often. */
const lookMs = 15_000;

/** A View that waits until this device conducts the chosen wall: joins it, asks to conduct, casts. */
const useWanted = () => {
  const conductor = useConductor();
  const [wanted, setWanted] = useState<{ wall: string; view: View; hasAsked: boolean } | null>(null);
  const { state, isConductor, mayConduct, claim, cast } = conductor;
  useEffect(() => {
    if (!wanted || state?.wall.id !== wanted.wall) return;
    if (isConductor) {
      cast(wanted.view);
      setWanted(null);
    } else if (mayConduct && !wanted.hasAsked) {
      claim();
      setWanted({ ...wanted, hasAsked: true });
    }
  }, [wanted, state, isConductor, mayConduct, claim, cast]);
  return async (wall: string, view: View) => {
    const isThere = state?.wall.id === wall;
    if (!isThere && conductor.hasJoined) conductor.leave();
    if (isThere || (await conductor.join({ wall }))) setWanted({ wall, view, hasAsked: false });
  };
};

/** Walls of the caller's area that are there; none for posts that need a code. */
const useWallChoices = (): Choice[] => {
  const api = useTRPC();
  const { t } = useText();
  const divisions = useDivisions();
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  const options = me ? undefined : skipToken;
  const walls = useQuery(api.wall.list.queryOptions(options, { refetchInterval: lookMs, staleTime: 0 })).data ?? [];
  return walls.map(({ id, name, division }) => ({
    value: `wall ${id}`,
    label: name,
    aside: divisions.name(division),
    group: t('link.cast.walls'),
  }));
};

const Button = () => {
  const text = useText();
  const { t } = text;
  const { view } = useView();
  const conductor = useConductor();
  const castTo = useWanted();
  const walls = useWallChoices();
  const steering = useSteering();
  const { actions: own, waiting } = useCastActions();
  const actions = [...steering, ...own];
  const { status, state, hasJoined, problem } = conductor;
  const group = state ? roleWords(conductor, text).part : '';
  const ownChoices = hasJoined
    ? [...actions, { key: 'leave', label: t('link.remote.leave'), act: conductor.leave }].map((action: CastAction) => ({
        value: `act ${action.key}`,
        label: action.label,
        aside: action.isOn ? t('link.remote.on') : undefined,
        group,
      }))
    : [];
  const choose = (value: string) => {
    const [kind, key = ''] = value.split(' ');
    if (kind === 'wall') return void castTo(key, view);
    if (key === 'leave') return conductor.leave();
    actions.find((action) => action.key === key)?.act();
  };
  const told = status ? [castWords(status, text), latencyWords(status, text)].filter(Boolean).join(' ') : waiting;
  const words = problem ? t(`common.problem.${problem}`) : told;
  const choices = [...walls, ...ownChoices];
  return (
    <span className={styles.cast} data-cast={status ? `${status.phase} ${status.sequence}` : undefined}>
      <Acknowledge className={styles.acknowledge} />
      <ChoiceMenu
        label={t('link.cast.button')}
        value={null}
        choices={choices.length > 0 ? choices : [{ value: 'none', label: t('link.cast.none') }]}
        onChoose={choose}
        className={styles.button}
        align="end"
      >
        <MonitorUp aria-hidden />
        {t('link.cast.button')}
      </ChoiceMenu>
      {words && (
        <span className={styles.words} role="status">
          {words}
        </span>
      )}
    </span>
  );
};

/** Top bar of a desk: casts what it looks at to a wall of its area, and says what became of it (投到大屏). */
export const CastButton = () => (
  <ConductorProvider screen="mid">
    <Button />
  </ConductorProvider>
);
