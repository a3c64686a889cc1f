'use client';

import { useView, ViewDefaults } from '@/components/feed/view';
import { usualStretch } from '@/data/model/report';
import { ScreenRoot } from '../screen-root';
import { Bar } from './bar';
import { Builder } from './builder';
import styles from './builder.module.css';
import { Paper } from './paper';
import { OwnProvider } from './use-own';
import { keyOf, useToday } from './use-report';

/** A report where its URL names no period: the stretch it is usually made for. */
const Report = () => {
  const { view } = useView();
  const period = usualStretch(keyOf(view), useToday());
  return (
    <ViewDefaults value={{ period }}>
      <OwnProvider>
        <Bar />
        <div className={styles.sheet}>
          <Builder />
          <Paper />
        </div>
      </OwnProvider>
    </ViewDefaults>
  );
};

/** Reports (报告): the fourth screen is paper. */
export const ReportScreen = () => (
  <ScreenRoot screen="mid" name="report" theme="light" size="paper">
    <Report />
  </ScreenRoot>
);
