import type { DispatchRule, RuleDraft, RuleFault } from '@/data/model/dispatch';
import { EventLevel } from '@/data/model/event';

/** A row of the category list, as the database holds it. */
export type RuleRow = {
  code: string;
  parent: string | null;
  attrs: Record<string, string>;
  validFrom: Date;
  validTo: Date | null;
};

const numberOrNull = (text: string | undefined): number | null => (text ? Number(text) : null);

/** What a row of the list says of dispatching; columns it leaves out set no limit and name nobody. */
export const ruleOf = ({ code, attrs, validFrom }: Pick<RuleRow, 'code' | 'attrs' | 'validFrom'>): DispatchRule => ({
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
const isSame = (last: RuleRow, attrs: Record<string, string>): boolean => {
  const said = (row: Record<string, string>) => JSON.stringify([ruleOf({ ...last, attrs: row }), row.close_condition]);
  return said(last.attrs) === said(attrs);
};

type Known = { last: RuleRow; departments: string[]; conditions: string[]; from: Date; today: string; isUsed: boolean };

/** First thing wrong with a draft; null = it may be put on record. `isUsed`: an event was reported under the old row since. */
export const faultOfRule = (draft: RuleDraft, known: Known): RuleFault | null => {
  const { last, from, today } = known;
  if (draft.isAuto && !draft.isListed) return 'autoUnlisted';
  if (draft.department === '' ? draft.isAuto : !known.departments.includes(draft.department)) return 'noDepartment';
  if (draft.closeCondition !== '' && !known.conditions.includes(draft.closeCondition)) return 'noCondition';
  if (draft.from < today) return 'past';
  if (from <= last.validFrom) return 'behind';
  if (draft.from === today && known.isUsed) return 'used';
  return isSame(last, attrsAfter(last.attrs, draft)) ? 'same' : null;
};
