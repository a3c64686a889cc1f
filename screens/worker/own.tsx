'use client';

import Link from 'next/link';
import { usePostLink } from '@/components/feed/post-link';
import { useText } from '@/components/feed/text';
import { Push } from './push';
import { Queue } from './queue';
import styles from './screen.module.css';

type OwnProps = {
  role: string;
  /** Department whose cases a handler is shown; null = all. */
  department: string | null;
  /** Null = nothing to choose: no handler, or one whose account tells it. */
  onDepartment: ((code: string | null) => void) | null;
};

/** What waits to be sent, the post in office, language. */
export const Own = ({ role, department, onDepartment }: OwnProps) => {
  const { t, term, words, lang, setLang } = useText();
  const { href } = usePostLink();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <section className={styles.page} data-panel="worker-own" data-state="ready">
      <Queue />
      <h2 className={styles.heading}>{t('small.post')}</h2>
      <p className={styles.sub}>{term('role', role)}</p>
      {!onDepartment && department && <p className={styles.sub}>{term('department', department)}</p>}
      {onDepartment && (
        <label className={styles.label}>
          {t('common.dimension.department')}
          <select
            className={styles.text}
            value={department ?? ''}
            onChange={(change) => onDepartment(change.target.value || null)}
          >
            <option value="">{t('phone.allDepartments')}</option>
            {words('department').map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {(!onDepartment || department) && <Push key={department} department={department} />}
      <div className={styles.pair}>
        <Link className={styles.second} href={href}>
          {t('phone.changePost')}
        </Link>
        <button type="button" className={styles.second} onClick={() => setLang(other)}>
          {t(`common.language.${other}`)}
        </button>
      </div>
    </section>
  );
};
