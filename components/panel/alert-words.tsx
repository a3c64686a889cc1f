'use client';

import type { Alert } from '@/data/model/alert';
import { formatClock, formatStamp } from '../base/format';
import { useText } from '../feed/text';
import { AlertMark } from './alert-mark';
import styles from './alert-words.module.css';

/** A warning beside its mark: what, where, since when until when. */
export const AlertWords = ({ alert, asOf }: { alert: Alert; asOf: string }) => {
  const { t, term, lang } = useText();
  const moment = useMomentWords(asOf);
  const places = alert.areas.map(({ name, nameEn }) => (lang === 'zh' ? name : nameEn));
  return (
    <>
      <AlertMark level={alert.level} size="1.85em" />
      <span className={styles.words}>
        <span className={styles.title}>{term('weather-warning', alert.warning)}</span>
        <span className={styles.sub}>{places.join(t('common.and'))}</span>
        <span className={styles.sub}>
          {t('panel.alert-list.span', { sent: moment(alert.sentAt), until: moment(alert.expiresAt) })}
        </span>
      </span>
    </>
  );
};

/** Words of an instant: its time of day, and its date where that is another day. */
const useMomentWords = (asOf: string): ((at: string) => string) => {
  const { lang, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const dayOf = (at: string) => new Date(at).toLocaleDateString('sv-SE', { timeZone });
  return (at) =>
    dayOf(at) === dayOf(asOf) ? formatClock(new Date(at), timeZone) : formatStamp(new Date(at), timeZone, lang);
};
