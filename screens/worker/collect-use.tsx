'use client';

import { useText } from '@/components/feed/text';
import own from './collect.module.css';
import { tell } from './collect-draft';
import { type Part, tellAs } from './collect-part';
import styles from './screen.module.css';

/** What the dwelling is used for: the use on record is one tap, another one as well. */
export const CollectUse = ({ door, draft, change, told, changed }: Part) => {
  const { t, words, term } = useText();
  const { code, stamp, houseUse } = door;
  if (!code || !stamp || houseUse === null) return null;
  const record = { kind: 'dwelling' as const, key: code, stamp };
  const item = told.get(`dwelling ${code}`);
  const chosen = item?.told === 'use' ? item.values.house_use : item ? houseUse : null;
  const choose = (use: string) =>
    change(
      tell(
        draft,
        use === houseUse ? tellAs('confirm', record) : { told: 'use', ...record, values: { house_use: use } },
      ),
    );
  return (
    <>
      <h3 className={styles.label}>{t('collection.use.label')}</h3>
      {changed.has(`dwelling ${code}`) && <p className={own.again}>{t('collection.again')}</p>}
      <div className={own.uses}>
        {words('house-use').map(({ code: use }) => (
          <button
            key={use}
            type="button"
            className={own.choice}
            aria-pressed={chosen === use}
            data-use={use}
            onClick={() => choose(use)}
          >
            {term('house-use', use)}
            {use === houseUse && <small>{t('collection.use.now')}</small>}
          </button>
        ))}
      </div>
    </>
  );
};
