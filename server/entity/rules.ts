/** Credit code with its registration number hidden, `9144****…`: kind and place of registration stay. */
export const maskCredit = (code: string): string => `${code.slice(0, 4)}${'*'.repeat(Math.max(4, code.length - 4))}`;

/**
 * Groups of event categories that speak of a place of business: fire, work safety, construction, buildings, gas,
 * environment, market. Events of people – disputes, care, security – say nothing about an entity.
 */
const tradeGroups: readonly string[] = ['01', '02', '03', '04', '05', '11', '12'];

/** Whether an event at its building makes an entity abnormal (异常). */
export const isOfTrade = ({ categoryL1 }: { categoryL1: string }): boolean => tradeGroups.includes(categoryL1);
