'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TurnStep, VolunteerTurn } from '@/data/model/volunteer';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useAskedAgain } from './use-asked-again';

type TurnsProps = {
  call: string;
  turns: readonly VolunteerTurn[];
  /** Who may still sign up. */
  others: readonly { volunteer: string; name: string; team: string }[];
  mayRecord: boolean;
  classes: { list: string | undefined; button: string | undefined; select: string | undefined };
};

const short = (volunteer: string): string => volunteer.slice(0, 8);

/** Who signed up and came, masked and with his number; a tap records the next step (报名、签到、签退). */
export const VolunteerTurns = ({ call, turns, others, mayRecord, classes }: TurnsProps) => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const [chosen, choose] = useState('');
  const move = useMutation(api.volunteer.move.mutationOptions({ onSettled: again }));
  const record = (volunteer: string, step: TurnStep) => move.mutate({ call, volunteer, step });
  return (
    <>
      <ul className={classes.list}>
        {turns.map(({ volunteer, name, team, next, cameAt, wentAt, note }) => (
          <li key={volunteer} data-volunteer={volunteer} data-came={cameAt !== null} data-went={wentAt !== null}>
            <b>{name}</b>
            <span title={note}>{[team, short(volunteer), note].filter(Boolean).join(' · ')}</span>
            {next && mayRecord ? (
              <button
                type="button"
                className={classes.button}
                data-step={next}
                disabled={move.isPending}
                onClick={() => record(volunteer, next)}
              >
                {t(`volunteer.step.${next}`)}
              </button>
            ) : (
              <small>{cameAt && t(wentAt ? 'volunteer.step.go' : 'volunteer.step.come')}</small>
            )}
          </li>
        ))}
      </ul>
      {mayRecord && others.length > 0 && (
        <select
          className={classes.select}
          aria-label={t('volunteer.card.add')}
          value={chosen}
          disabled={move.isPending}
          onChange={({ target }) => {
            choose('');
            if (target.value) record(target.value, 'signUp');
          }}
        >
          <option value="">{t('volunteer.card.add')}</option>
          {others.map(({ volunteer, name, team }) => (
            <option key={volunteer} value={volunteer}>
              {[name, team, short(volunteer)].join(' · ')}
            </option>
          ))}
        </select>
      )}
      <p role="status">{move.isError && t(`common.problem.${problemOf(move.error)}`)}</p>
    </>
  );
};
