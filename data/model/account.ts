import { z } from 'zod';
import type { DivisionLevel } from './division';
import { DivisionCode } from './division';
import { plainText } from './intake';
import { Role } from './scope';

/** What somebody signs in under: 3–30 small letters, digits, dots, hyphens, underscores. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,29}$/, 'username');

/** Whose account it is, as colleagues call him. */
export const AccountName = plainText(40).pipe(z.string().min(1));

/** A post: a role in a division. */
export const PostKey = z.object({ role: Role, division: DivisionCode });
export type PostKey = z.infer<typeof PostKey>;

/** A post as it is granted: a handler's names the department he acts for, no other does. */
export const GrantedPost = PostKey.extend({ department: z.string().max(20).nullable().default(null) });
export type GrantedPost = z.infer<typeof GrantedPost>;

/** Posts of administrators (三员): one account holds one of them, and only signed in with both factors. */
export const adminRoles = ['R8', 'R9', 'R10'] as const satisfies Role[];
export const isAdmin = (role: Role): boolean => (adminRoles as readonly Role[]).includes(role);

/** What a sign-in began with. */
export type SignInWay = 'password' | 'factor' | 'sign_on';

/** What a sign-in lacks before it gives a post: a password of one's own, the second factor, a post. */
export type SignInLack = 'password' | 'factor' | 'post';

export type HeldPost = GrantedPost & { id: string; since: string; level: DivisionLevel; name: string; nameEn: string };

export type SessionRow = {
  id: string;
  isOwn: boolean;
  way: SignInWay;
  address: string;
  device: string;
  startedAt: string;
  seenAt: string;
  endsAt: string;
};

/** What the page of one's own account shows (我的账号); a post with its words in both languages. */
export type OwnAccount = {
  username: string;
  name: string;
  hasFactor: boolean;
  posts: (HeldPost & { zh: string; en: string })[];
  post: string | null;
  lack: SignInLack | null;
  sessions: SessionRow[];
};

/** A grant as it is kept (授予): who gave it and who took it back; null = held. */
export type Grant = GrantedPost & {
  id: string;
  from: string;
  to: string | null;
  grantedBy: string;
  withdrawnBy: string | null;
};

/** One line of the list of accounts (账号). Sessions are told to the security administrator alone, else null. */
export type AccountRow = {
  id: string;
  username: string;
  name: string;
  hasFactor: boolean;
  mustChange: boolean;
  /** End of the lock after wrong passwords or codes; null = open. */
  lockedUntil: string | null;
  lastSignInAt: string | null;
  grants: Grant[];
  sessions: SessionRow[] | null;
};

/** A new account's one-time password, shown once. */
export type OneTime = { id: string; password: string };
