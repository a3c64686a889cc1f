'use client';

import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { ChoiceMenu } from '../base/menu';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import styles from './standby-field.module.css';

/** A field of a form under its word. */
export const Field = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is passed in
  <label className={styles.field}>
    <span>{label}</span>
    {children}
  </label>
);

/** One division of the territory down to a level; the whole of it first. */
export const AreaMenu = ({
  levels,
  value,
  onChoose,
}: {
  levels: readonly ('subdistrict' | 'community' | 'grid')[];
  value: string;
  onChoose: (code: string) => void;
}) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { root } = divisions;
  const codes = [root.code, ...levels.flatMap((level) => divisions.below(root.code, level).map(({ code }) => code))];
  return (
    <ChoiceMenu
      label={t('drill.card.area')}
      value={value}
      choices={[...new Set(codes)].map((code) => ({ value: code, label: divisions.name(code) }))}
      onChoose={onChoose}
      className={styles.menu}
    >
      {divisions.name(value)}
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};
