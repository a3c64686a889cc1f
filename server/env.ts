import { z } from 'zod';

const Env = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** PostgreSQL to use; absent: the embedded server under GRIDHALL_HOME. */
  DATABASE_URL: z
    .string()
    .optional()
    .transform((url) => url || undefined),
  /** Home of the embedded database and the replica files. */
  GRIDHALL_HOME: z.string().default('.gridhall'),
  /** Key of identities, `1:<32 bytes, base64>`, further versions after commas; absent: `identity.key` under GRIDHALL_HOME. */
  GRIDHALL_KEY: z
    .string()
    .optional()
    .transform((text) => text || undefined),
  GRIDHALL_DEMO: z.enum(['tiny', 'district', 'city', 'off']).default('district'),
  /** Instant a demo loaded now ends at; absent: the present. Fixed by tests. */
  GRIDHALL_DEMO_AT: z.iso.datetime({ offset: true }).optional(),
  GRIDHALL_LIVE: z.enum(['on', 'off']).default('on'),
  /** `off` leaves the queue to other processes: what falls due waits for them. */
  GRIDHALL_JOBS: z.enum(['on', 'off']).default('on'),
  /** `on`: anybody may take any post of an installation of real data, as in a demo. */
  GRIDHALL_OPEN: z.enum(['on', 'off']).default('off'),
  /** Minutes of accelerated life that `npm run bench -- wall` gives a wall. */
  GRIDHALL_BENCH_MINUTES: z.coerce.number().min(1).max(600).default(10),
  /** Events that `npm run bench -- brush trend` counts, one round a number. */
  GRIDHALL_BENCH_EVENTS: z
    .string()
    .default('1000000')
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.number().int().min(1000).max(50_000_000))),
  /** Push services that notices are sent to: hosts, or whole origins of one's own, separated by commas. */
  GRIDHALL_PUSH: z
    .string()
    .default('fcm.googleapis.com,push.services.mozilla.com,notify.windows.com,push.apple.com')
    .transform((text) => text.split(',').filter(Boolean)),
  /** Whom a push service may write to about what this installation sends: `mailto:` or `https:`. */
  GRIDHALL_PUSH_CONTACT: z.url({ protocol: /^(mailto|https)$/ }).default('https://gridhall.invalid'),
  /** Address that browsers reach this installation under; with `https:` its sign-ins are sent over TLS alone. */
  GRIDHALL_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Single sign-on (OIDC): issuer, client, its secret, and the claim that is an account's user name. */
  GRIDHALL_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  GRIDHALL_OIDC_CLIENT: z.string().optional(),
  GRIDHALL_OIDC_SECRET: z.string().optional(),
  GRIDHALL_OIDC_CLAIM: z.string().default('preferred_username'),
  /** Kills of server and database in the test of the storm; 200 in a long run. */
  GRIDHALL_TEST_KILLS: z.coerce.number().int().min(2).max(10_000).default(6),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
});
export type Env = z.infer<typeof Env>;

/** The environment, parsed at each call: the only reader of process.env. */
export const readEnv = (): Env => Env.parse(process.env);
