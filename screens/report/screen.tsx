'use client';

import { useView, ViewDefaults } from '@/components/feed/view';
import { usualStretch } from '@/data/model/report';
import { ScreenRoot } from '../screen-root';
import { Bar } from './bar';
import { Paper } from './paper';
import { reportOf, useToday } from './use-report';

/** A report where its URL names no period: the stretch it is usually made for. */
const Report = () => {
  const { view } = useView();
  const period = usualStretch(reportOf(view).key, useToday());
  return (
    <ViewDefaults value={{ period }}>
      <Bar />
      <Paper />
    </ViewDefaults>
  );
};

/** Reports (报告): the fourth screen is paper. */
export const ReportScreen = () => (
  <ScreenRoot screen="mid" name="report" theme="light" size="paper">
    <Report />
  </ScreenRoot>
);
