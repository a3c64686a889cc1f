'use client';

import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderSVG } from 'uqr';
import { Button } from '../base/button';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useAskedAgain } from './use-asked-again';
import styles from './volunteer-pass.module.css';

const Shown = ({ secret }: { secret: string }) => {
  const { t } = useText();
  const link = `${window.location.origin}/public?tab=volunteer#${secret}`;
  return (
    <div className={styles.shown} data-pass="">
      {/* biome-ignore lint/performance/noImgElement: drawn here, nothing to load */}
      <img alt="" src={`data:image/svg+xml,${encodeURIComponent(renderSVG(link, { border: 3 }))}`} />
      <p>{t('volunteer.pass.once')}</p>
      <code>{link}</code>
    </div>
  );
};

type PassProps = { volunteer: string; hasPass: boolean; children: ReactNode };

/** Issues a volunteer a pass (志愿者证), shown this once as a code and a link, and ends it; beside what else may be done. */
export const VolunteerPass = ({ volunteer, hasPass, children }: PassProps) => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const issue = useMutation(api.volunteer.issuePass.mutationOptions({ onSettled: again }));
  const end = useMutation(api.volunteer.endPass.mutationOptions({ onSettled: again, onSuccess: () => issue.reset() }));
  const isPending = issue.isPending || end.isPending;
  const error = issue.error ?? end.error;
  return (
    <>
      <div className={styles.actions}>
        <Button
          kind="quiet"
          data-move="issue"
          disabled={isPending}
          onClick={() => {
            end.reset();
            issue.mutate({ id: volunteer });
          }}
        >
          {t(hasPass ? 'volunteer.pass.again' : 'volunteer.pass.issue')}
        </Button>
        {hasPass && (
          <Button kind="quiet" data-move="end" disabled={isPending} onClick={() => end.mutate({ id: volunteer })}>
            {t('volunteer.pass.end')}
          </Button>
        )}
        {children}
      </div>
      {error && (
        <p role="alert" className={styles.failed}>
          {t(`common.problem.${problemOf(error)}`)}
        </p>
      )}
      {issue.data && hasPass && <Shown secret={issue.data.secret} />}
    </>
  );
};
