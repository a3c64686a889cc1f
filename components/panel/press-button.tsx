'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../base/button';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useAskedAgain } from './use-asked-again';

/** Posts that press. */
const pressing = ['R1', 'R2', 'R3'];
const usualHours = 24;

type PressProps = { event: { id: string; department: string | null }; order: string; until: string };

/** Opens a supervision ticket by hand with the words written above; the reply is due by the day chosen, else in a day. */
export const PressButton = ({ event, order, until }: PressProps) => {
  const api = useTRPC();
  const { t } = useText();
  const [clientKey, setKey] = useState(() => crypto.randomUUID());
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  const onSettled = useAskedAgain();
  const onSuccess = () => setKey(crypto.randomUUID());
  const press = useMutation(api.supervision.openTicket.mutationOptions({ onSettled, onSuccess }));
  if (!me || !pressing.includes(me.role)) return null;
  const deadline = until === '' ? new Date(Date.now() + usualHours * 3_600_000) : new Date(until);
  return (
    <>
      <Button
        data-press=""
        disabled={press.isPending || order.trim().length < 2}
        onClick={() =>
          press.mutate({
            ...{ clientKey, eventId: event.id, departmentCode: event.department, text: order },
            deadlineAt: deadline.toISOString(),
          })
        }
      >
        {t('panel.desk-moves.press')}
      </Button>
      {press.isError && <span role="status">{t(`common.problem.${problemOf(press.error)}`)}</span>}
    </>
  );
};
