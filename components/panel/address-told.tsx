'use client';

import { type AddressTold, addressParts } from '@/data/model/address';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import styles from './address.module.css';
import { CardSection } from './card';

type SetView = (patch: Partial<View>) => void;

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Where it is: a dwelling, a building, or how far it is sure. */
const Meaning = ({ told, set }: { told: AddressTold; set: SetView }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { building, dwelling, division, isOutside, candidates, score } = told;
  const open = dwelling ? `dwelling:${dwelling.code}` : building && `building:${building.code}`;
  if (building)
    return (
      <div className={styles.row} data-building={building.code} data-dwelling={dwelling?.code}>
        <p>
          <b>{dwelling?.name ?? building.name}</b>
          <small>{t('address.try.score', { score: percent(score) })}</small>
        </p>
        <p className={styles.note}>{building.address}</p>
        <p className={styles.moves}>
          <code>{dwelling?.code ?? building.code}</code>
          <Button onClick={() => set({ page: 'analyst', selection: open })}>{t('address.open.map')}</Button>
        </p>
      </div>
    );
  if (isOutside) return <p className={styles.note}>{t('address.try.outside')}</p>;
  return (
    <div className={styles.row}>
      <p>{division ? t('address.try.only', { division: divisions.name(division) }) : t('address.try.nothing')}</p>
      {candidates.length > 0 && <p className={styles.note}>{t('address.try.candidates')}</p>}
      <ul className={styles.candidates}>
        {candidates.map(({ code, address }) => (
          <li key={code} data-candidate={code}>
            <span title={address}>{address}</span>
            <Button onClick={() => set({ page: 'analyst', selection: `building:${code}` })}>
              {t('address.open.map')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What one address means, and how it was read: which words as what (匹配说明). */
export const AddressExplained = ({ told, set }: { told: AddressTold; set: SetView }) => {
  const { t } = useText();
  const { steps, parts } = told;
  return (
    <>
      <Meaning told={told} set={set} />
      {steps.length > 0 && (
        <CardSection title={t('address.try.read')}>
          <dl className={styles.parts}>
            {steps.map(({ words, as, name, number, how, share }) => (
              <div key={`${as} ${words}`} data-step={as} data-how={how}>
                <dt>{t(`address.try.as.${as}`)}</dt>
                <dd>
                  {words} → {name}
                  {number && ` ${number}`}
                </dd>
                <dd>{t(`address.how.${how}`)}</dd>
                <dd>{percent(share)}</dd>
              </div>
            ))}
          </dl>
        </CardSection>
      )}
      <CardSection title={t('address.try.parts')}>
        <dl className={styles.parts}>
          {[...addressParts, 'rest' as const].map(
            (part) =>
              parts[part] && (
                <div key={part} data-part={part}>
                  <dt>{t(`address.part.${part}`)}</dt>
                  <dd>{parts[part]}</dd>
                </div>
              ),
          )}
        </dl>
      </CardSection>
    </>
  );
};
