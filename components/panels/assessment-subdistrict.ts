import { assessPanel } from '../panel/assess-panel';

/** Sub-districts against the target (街道考核); few rows leave room for the rule where the other tables have none. */
export const assessmentSubdistrict = assessPanel({
  ...{ key: 'assessment-subdistrict', dimension: 'subdistrict', ruleAt: ['L'] },
});
