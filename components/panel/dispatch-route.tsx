'use client';

import type { PassReason } from '@/data/model/dispatch';
import { formatStamp } from '../base/format';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import styles from './dispatch-route.module.css';
import { useDispatchWords } from './dispatch-words';

const words = (name: string) => `dispatch.${name}`;
type Route = Outputs['dispatch']['routes'][number];

/** Reasons that the facts of a candidate say already: cover and shift. */
const inFacts: readonly string[] = ['notCovering', 'off', 'absent'] satisfies PassReason[];

const Candidates = ({ route }: { route: Route }) => {
  const { t } = useText();
  const { facts } = useDispatchWords();
  return (
    <ul className={styles.candidates}>
      {route.candidates.map((candidate) => (
        <li key={candidate.grid} data-chosen={candidate.why === null || undefined}>
          <b>{candidate.name ?? t(words('unnamed'))}</b>
          <span>{facts(candidate)}</span>
          {candidate.why && !inFacts.includes(candidate.why) && <em>{t(words(`why.${candidate.why}`))}</em>}
        </li>
      ))}
    </ul>
  );
};

const Route = ({ route }: { route: Route }) => {
  const { t, term, lang, installation } = useText();
  const { who } = useDispatchWords();
  const stamp = formatStamp(new Date(route.at), installation?.timeZone ?? 'UTC', lang);
  const to = route.department ? who(route.department, route.name === null ? null : '', route.name) : null;
  return (
    <li className={styles.route} data-route={route.mode}>
      <p className={styles.head}>
        <strong>{t(words(`mode.${route.mode}`))}</strong>
        {to && <span>{t(words('to'), { name: to })}</span>}
        <small>{`${route.role === 'system' ? '' : `${term('role', route.role)} · `}${stamp}`}</small>
      </p>
      {route.reason && <p>{t(words(`reason.${route.reason}`))}</p>}
      {route.note && <p>{route.note}</p>}
      <Candidates route={route} />
    </li>
  );
};

/** Every decision about an event, the newest first: how it came about, whom it went to, and why not the others. */
export const RouteList = ({ routes }: { routes: readonly Route[] }) => {
  const { t } = useText();
  if (routes.length === 0) return null;
  return (
    <section className={styles.routes}>
      <h3>{t(words('recorded'))}</h3>
      <ol>
        {routes.map((route) => (
          <Route key={route.seq} route={route} />
        ))}
      </ol>
    </section>
  );
};
