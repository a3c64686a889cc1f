import { parseAsString } from 'nuqs';
import { urlKeys } from '@/components/feed/view';

type Name = 'at' | Exclude<(typeof urlKeys)[keyof typeof urlKeys], typeof urlKeys.page>;

/** Parts of the URL that say more than which scene: a wall nobody conducts looks at none of them. */
const names = ['at', ...Object.values(urlKeys).filter((name) => name !== urlKeys.page)];

const each = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value])) as Record<Name, T>;

export const urlParts = each(parseAsString);
export const noParts = each(null);
