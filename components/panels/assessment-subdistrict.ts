import { assessPanel } from '../panel/assess-panel';

/** Sub-districts against the target (街道考核). */
export const assessmentSubdistrict = assessPanel({ key: 'assessment-subdistrict', dimension: 'subdistrict' });
