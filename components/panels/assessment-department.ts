import { assessPanel } from '../panel/assess-panel';

/** Departments against the target (部门考核). */
export const assessmentDepartment = assessPanel({ key: 'assessment-department', dimension: 'department' });
