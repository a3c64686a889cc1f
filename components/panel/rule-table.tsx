'use client';

import { fieldOf, type RuleFigures } from '@/data/model/verify';
import { useText } from '../feed/text';
import styles from './verify.module.css';

const words = (name: string) => `verify.${name}`;

/** Rules with what they found, how much of it proved wrong, and what is still open. */
export const RuleTable = ({ rules, label }: { rules: readonly RuleFigures[]; label: string }) => {
  const { t, term } = useText();
  const heads = ['figure.found', 'figure.sent', 'figure.verified', 'rules.wrong', 'rules.open'];
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t(words('rules.rule'))}</th>
          {heads.map((head) => (
            <th key={head} scope="col" data-end="">
              {t(words(head))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rules.map(({ rule, found, sent, verified, changed, gone }) => (
          <tr key={rule} data-rule={rule}>
            <td>
              <code>{rule}</code>
              {term('doubt-rule', rule)}
              <small>{term('quality-field', fieldOf(rule))}</small>
            </td>
            {[found, sent, verified, changed + gone, sent - verified].map((n, i) => (
              <td key={heads[i]} data-end="">
                {n.toLocaleString('en-GB')}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
