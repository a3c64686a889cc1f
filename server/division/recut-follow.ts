import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/client';
import type { RecutPlan } from './recut-plan';

/** An ended division with the one that takes most of it, the heir's path and community. */
type Succession = { old: string; fresh: string; path: string; community: string };

const community = 5;

const successionsOf = async (tx: Executor, { heirs }: RecutPlan): Promise<Succession[]> => {
  const rows = await tx.execute<{ code: string; path: string; level: number; parent: string }>(sql`
    select code, path, level, parent_code as parent from division
    where code in (select jsonb_array_elements_text(${JSON.stringify([...heirs.values()])}::text::jsonb))`);
  const byCode = new Map([...rows].map((row) => [row.code, row]));
  return [...heirs].flatMap(([old, fresh]) => {
    const heir = byCode.get(fresh);
    return heir ? [{ old, fresh, path: heir.path, community: heir.level === community ? fresh : heir.parent }] : [];
  });
};

/** Tables whose standing rows name a division and its path; the rest of them is history and stays. */
const standing: readonly { table: string; while: SQL; community?: true }[] = [
  { table: 'volunteer_team', while: sql`true`, community: true },
  { table: 'volunteer_call', while: sql`t.ends_at > now() and t.cancelled_at is null`, community: true },
  { table: 'wall', while: sql`true` },
  { table: 'drill', while: sql`t.ended_at is null` },
  { table: 'errand_batch', while: sql`true` },
  { table: 'verify_batch', while: sql`true` },
  { table: 'address_batch', while: sql`true` },
];

/** A badge of a post in an ended division, as the badge in its heir. */
const badge = (column: SQL): SQL => sql`split_part(${column}, ':', 1) || ':' || h.fresh`;
const isBadgeOf = (column: SQL): SQL => sql`${column} ~ '^R[0-9]+:' and split_part(${column}, ':', 2) = h.old`;

/**
 * Posts follow their division: each grant that is held ends and begins anew in the heir, with a line of the audit for both;
 * sign-ins go on in it. Who holds the post there already keeps that one.
 */
const followPosts = async (tx: Executor, h: SQL, { id, at }: Act): Promise<void> => {
  await tx.execute(sql`
    with h as ${h}, ended as (
      update account_post p set valid_to = ${at}, withdrawn_by = ${`recut ${id}`}
      from h where p.division_code = h.old and p.valid_to is null
      returning p.id, p.account_id, p.role, p.department_code, h.old, h.fresh
    ), begun as (
      insert into account_post (account_id, role, division_code, department_code, valid_from, granted_by)
      select distinct account_id, role, fresh, department_code, ${at}, ${`recut ${id}`} from ended e
      where not exists (select from account_post k
        where k.account_id = e.account_id and k.role = e.role and k.division_code = e.fresh and k.valid_to is null)
      returning id, account_id, role, division_code
    ), now_held as (
      select id, account_id, role, division_code from begun
      union all
      select k.id, k.account_id, k.role, k.division_code from account_post k join ended e
        on k.account_id = e.account_id and k.role = e.role and k.division_code = e.fresh and k.valid_to is null
    ), acting as (
      update account_session s set post_id = n.id
      from ended e join now_held n on n.account_id = e.account_id and n.role = e.role and n.division_code = e.fresh
      where s.post_id = e.id
    )
    insert into audit_line (seq, at, actor_id, role, division_code, path, screen, action, subject, purpose, n_rows, previous, hash)
    select 0, ${at}, ${`recut ${id}`}, '', r.code, r.path, '', l.action, l.account_id, l.badge, 1, '', ''
    from (
      select 'account.withdraw' as action, account_id, role || ':' || old as badge from ended
      union all
      select 'account.grant', account_id, role || ':' || division_code from begun
    ) l, (select value ->> 'root' as code, value ->> 'rootPath' as path from setting where key = 'installation') r`);
};

/** Parts of open tickets, with their history; where the heir has a part of its own the ended one stays beside it. */
const followControl = async (tx: Executor, h: SQL): Promise<void> => {
  await tx.execute(sql`
    with h as ${h}, moved as (
      update control_part p set division_code = h.fresh, path = h.path
      from h, control c
      where c.id = p.control_id and c.closed_at is null and p.division_code = h.old
        and not exists (select from control_part o where o.control_id = p.control_id and o.division_code = h.fresh)
        and not exists (select from h twin join control_part o on o.division_code = twin.old
          where o.control_id = p.control_id and twin.fresh = h.fresh and twin.old < h.old)
      returning p.control_id, h.old, h.fresh
    ), told as (
      update control_move m set division_code = moved.fresh
      from moved where m.control_id = moved.control_id and m.division_code = moved.old
    ), below as (
      update control_part p set parent_code = moved.fresh
      from moved where p.control_id = moved.control_id and p.parent_code = moved.old and p.division_code <> moved.old
    )
    update control c set
      division_code = coalesce((select fresh from moved where control_id = c.id and old = c.division_code), c.division_code),
      origin_code = coalesce((select fresh from moved where control_id = c.id and old = c.origin_code), c.origin_code)
    where c.id in (select control_id from moved)`);
};

type Act = { id: string; at: SQL };

/**
 * Lets what stands in a division that ends follow it to its heir: teams and calls of volunteers, campaigns, tickets of
 * joint control, saved Views that look at now, walls, posts and what they were told. What looks back keeps the old code.
 */
export const followHeirs = async (
  tx: Executor,
  plan: RecutPlan,
  { id, at }: { id: string; at: Date },
): Promise<void> => {
  const successions = await successionsOf(tx, plan);
  const h = sql`(select * from jsonb_to_recordset(${JSON.stringify(successions)}::text::jsonb)
    as h(old text, fresh text, path text, community text))`;
  await tx.execute(sql`with h as ${h} update division d set heir_code = h.fresh from h where d.code = h.old`);
  for (const { table, while: stands, community: isPlaced } of standing)
    await tx.execute(sql`
      with h as ${h} update ${sql.identifier(table)} t
      set division_code = h.fresh, path = h.path ${isPlaced ? sql`, community_code = h.community` : sql``}
      from h where t.division_code = h.old and ${stands}`);
  // A campaign goes on where its ground went, and keeps the ground that earlier days are told by.
  await tx.execute(sql`
    with h as ${h} insert into campaign_area (campaign_id, seq, division_code, path)
    select a.campaign_id, (select max(seq) from campaign_area m where m.campaign_id = a.campaign_id)
      + row_number() over (partition by a.campaign_id order by a.fresh), a.fresh, a.path
    from (select distinct t.campaign_id, h.fresh, h.path from campaign_area t join h on h.old = t.division_code) a
    where not exists (select from campaign_move m where m.campaign_id = a.campaign_id and m.kind = 'close')
      and not exists (select from campaign_area k where k.campaign_id = a.campaign_id and k.division_code = a.fresh)`);
  await followControl(tx, h);
  await tx.execute(sql`
    with h as ${h} update saved_view v set path = h.path, version = v.version + 1,
      view = jsonb_set(v.view, '{division}', to_jsonb(h.fresh))
    from h where v.view ->> 'division' = h.old and v.view ->> 'at' is null`);
  await tx.execute(sql`
    with h as ${h} update saved_view v set owner_division = h.fresh,
      owner_id = case when ${isBadgeOf(sql`v.owner_id`)} then ${badge(sql`v.owner_id`)} else v.owner_id end
    from h where v.owner_division = h.old`);
  await tx.execute(sql`
    with h as ${h} update notice n set post = ${badge(sql`n.post`)}
    from h where ${isBadgeOf(sql`n.post`)} and n.read_at is null and not exists (
      select from notice o where o.post = ${badge(sql`n.post`)} and o.channel = n.channel and o.cause = n.cause)
      and not exists (select from h twin join notice o on o.post = split_part(n.post, ':', 1) || ':' || twin.old
        where twin.fresh = h.fresh and twin.old < h.old and o.channel = n.channel and o.cause = n.cause)`);
  await tx.execute(sql`
    with h as ${h} update notice_push n set post = ${badge(sql`n.post`)} from h where ${isBadgeOf(sql`n.post`)}`);
  await followPosts(tx, h, { id, at: sql`${at.toISOString()}::timestamptz` });
};
