import type { Report, ReportKey } from '../model/report';
import { population } from './population';
import { daily, monthly, weekly } from './situation';

/** The reports there are (报告目录). */
export const reports: Record<ReportKey, Report> = { population, daily, weekly, monthly };
