import type { Role } from '@/data/model/scope';

/** Posts that keep accounts: the one their names, the other their rights. */
export const accountKeepers: readonly Role[] = ['R9', 'R10'];
