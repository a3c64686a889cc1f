import type { RuleFault } from '@/data/model/dated';
import type { DispatchRule, RuleDraft } from '@/data/model/dispatch';
import { EventLevel } from '@/data/model/event';
import type { DatedRow } from '../dictionary/dated';

const numberOrNull = (text: string | undefined): number | null => (text ? Number(text) : null);

/** What a row of the list says of dispatching; columns it leaves out set no limit and name nobody. */
export const ruleOf = ({ code, attrs, validFrom }: Pick<DatedRow, 'code' | 'attrs' | 'validFrom'>): DispatchRule => ({
  category: code,
  from: validFrom.toISOString(),
  level: EventLevel.catch(3).parse(Number(attrs.level)),
  acceptMinutes: numberOrNull(attrs.accept_minutes),
  handleHours: numberOrNull(attrs.handle_hours),
  department: attrs.lead_department ?? '',
  isListed: attrs.in_community_list === '1',
  isAuto: attrs.dispatch_mode === 'auto',
});

/** Columns of the row a draft asks for; what it does not name stays. */
export const attrsAfter = (attrs: Record<string, string>, draft: RuleDraft): Record<string, string> => {
  const changed: Record<string, string> = {
    ...attrs,
    level: String(draft.level),
    accept_minutes: draft.acceptMinutes === null ? '' : String(draft.acceptMinutes),
    handle_hours: draft.handleHours === null ? '' : String(draft.handleHours),
    lead_department: draft.department,
    in_community_list: draft.isListed ? '1' : '0',
    dispatch_mode: draft.isAuto ? 'auto' : 'manual',
    close_condition: draft.closeCondition,
  };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== ''));
};

/** Whether two rows say the same of everything that is kept here. */
const isSame = (last: DatedRow, attrs: Record<string, string>): boolean => {
  const said = (row: Record<string, string>) => JSON.stringify([ruleOf({ ...last, attrs: row }), row.close_condition]);
  return said(last.attrs) === said(attrs);
};

type Known = { last: DatedRow; departments: string[]; conditions: string[] };

/** First thing wrong with what a draft says; null = it may be put on record on a day that is open to it. */
export const faultOfRule = (draft: RuleDraft, { last, departments, conditions }: Known): RuleFault | null => {
  if (draft.isAuto && !draft.isListed) return 'autoUnlisted';
  if (draft.department === '' ? draft.isAuto : !departments.includes(draft.department)) return 'noDepartment';
  if (draft.closeCondition !== '' && !conditions.includes(draft.closeCondition)) return 'noCondition';
  return isSame(last, attrsAfter(last.attrs, draft)) ? 'same' : null;
};
