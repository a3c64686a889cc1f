import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** An element against a rule of access: the rule, how grave (`minor` … `critical`), the rule's tags, the element. */
export type AccessFault = { rule: string; impact: string; tags: readonly string[]; html: string };

type Options = NonNullable<Parameters<AxeBuilder['options']>[0]> & { exclude?: string };

/**
 * What axe finds on a page, by its default rules or those of `options`. Our pages have no frames, so that it runs in
 * the page alone and lists faults only, which takes a third of its usual time.
 */
export const accessFaults = async (page: Page, { exclude, ...options }: Options = {}): Promise<AccessFault[]> => {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'], ...options });
  const { violations } = await (exclude ? axe.exclude(exclude) : axe).analyze();
  return violations.flatMap(({ id, impact, tags, nodes }) =>
    nodes.map(({ html }) => ({ rule: id, impact: impact ?? '', tags, html: html.slice(0, 160) })),
  );
};

/** Whether a fault keeps people out. */
export const isGrave = ({ impact }: AccessFault): boolean => impact === 'serious' || impact === 'critical';
