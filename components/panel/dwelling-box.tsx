'use client';

import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import styles from './dwelling-box.module.css';
import { FieldName } from './field-name';

type Dwelling = Outputs['place']['dwellingByCode'];

const words = (name: string) => `panel.building-card.${name}`;

const Residents = ({ residents }: { residents: NonNullable<Dwelling['residents']> }) => {
  const { t, term } = useText();
  return (
    <table className={styles.residents}>
      <caption className={styles.spoken}>{t(words('residents'))}</caption>
      <thead>
        <tr>
          <th scope="col">
            <FieldName id="person.name_sealed">{t(words('name'))}</FieldName>
          </th>
          <th scope="col">
            <FieldName id="residence.relation">{t(words('relation'))}</FieldName> ·{' '}
            <FieldName id="person.birth_on">{t(words('age'))}</FieldName>
          </th>
          <th scope="col">
            <FieldName id="person.phone_sealed">{t(words('phone'))}</FieldName>
          </th>
        </tr>
      </thead>
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

/** What a let home is rated, and each factor that takes points. */
const Rating = ({ rating: { grade, score, visitDays, losses } }: { rating: NonNullable<Dwelling['rating']> }) => {
  const { t, term } = useText();
  const lost = losses.filter((loss) => loss.lost > 0);
  return (
    <>
      <p className={styles.entity} data-grade={grade}>
        <span>
          {t(words('rating'))} ·{' '}
          <strong>{t('public.home.grade.is', { code: grade, name: term('rental-rating', grade) })}</strong>
        </span>
        <span>
          {t(words('score'), { score })} · {t('public.home.visits', { n: visitDays })}
        </span>
      </p>
      {lost.map(({ factor, weight, lost: points }) => (
        <p key={factor} className={styles.entity} data-factor={factor}>
          <span>{term('rental-rating-factor', factor)}</span>
          <span>{t('public.home.rating.lost', { lost: points, weight })}</span>
        </p>
      ))}
    </>
  );
};

/** One dwelling: its use, its masked residents where the post may see them, its entities. */
export const DwellingBox = ({ dwelling }: { dwelling: Dwelling }) => {
  const { t, term, lang } = useText();
  const { residents, nResidents, entities, room, houseUse, areaSqm, rating } = dwelling;
  return (
    <div className={styles.box} data-dwelling={dwelling.code}>
      <p className={styles.head}>
        <strong>
          <FieldName id="dwelling.room">{t(words('room'), { room })}</FieldName>
        </strong>
        <span>
          <FieldName id="dwelling.house_use">{term('house-use', houseUse)}</FieldName> ·{' '}
          <FieldName id="dwelling.area_sqm">{t(words('area'), { area: Math.round(areaSqm) })}</FieldName>
          {nResidents !== null && ` · ${t(words('nResidents'), { n: nResidents })}`}
        </span>
      </p>
      {rating && <Rating rating={rating} />}
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
