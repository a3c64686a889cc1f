'use client';

import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import styles from './dwelling-box.module.css';

type Dwelling = Outputs['place']['dwellingByCode'];

const words = (name: string) => `panel.building-card.${name}`;

const Residents = ({ residents }: { residents: NonNullable<Dwelling['residents']> }) => {
  const { t, term } = useText();
  return (
    <table className={styles.residents}>
      <caption className={styles.spoken}>{t(words('residents'))}</caption>
      <tbody>
        {residents.map((resident, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: masked residents carry no identity
          <tr key={i}>
            <td>{resident.name}</td>
            <td>
              {term('residence-relation', resident.relation)} · {term('age-band', resident.ageBand)}
            </td>
            <td>{resident.phone ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** One dwelling: its use, its masked residents where the post may see them, its entities. */
export const DwellingBox = ({ dwelling }: { dwelling: Dwelling }) => {
  const { t, term, lang } = useText();
  const { residents, nResidents, entities, room, houseUse, areaSqm } = dwelling;
  return (
    <div className={styles.box} data-dwelling={dwelling.code}>
      <p className={styles.head}>
        <strong>{t(words('room'), { room })}</strong>
        <span>
          {term('house-use', houseUse)} · {t(words('area'), { area: Math.round(areaSqm) })}
          {nResidents !== null && ` · ${t(words('nResidents'), { n: nResidents })}`}
        </span>
      </p>
      {residents === null && <p className={styles.note}>{t(words(nResidents === null ? 'few' : 'countOnly'))}</p>}
      {residents && residents.length > 0 && <Residents residents={residents} />}
      {entities.map((entity) => (
        <p key={entity.id} className={styles.entity}>
          <span>{lang === 'zh' ? entity.name : entity.nameEn}</span>
          <span>{term('industry', entity.industry)}</span>
        </p>
      ))}
      {residents && residents.length > 0 && <p className={styles.note}>{t(words('masked'))}</p>}
    </div>
  );
};
