import { and, eq } from 'drizzle-orm';
import { type ControlState, controlLevels, type PushRisk, type RiskMove } from '@/data/model/control';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { control, control_part, division } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import type { Sender } from '../push/store';
import { readControl } from './read';
import { moveControl, openTicket, passChain } from './write';

/** Code of `event-source` a key of an upper level holds (上级下派). */
const upperSource = '06';

const keyOf = (sender: Sender, id: string): string => `push:${sender.id}:${id}`;

const partner = (sender: Sender, code: string) => ({
  ...{ actor_id: `push:${sender.id}`, actor_role: 'partner', actor_division: code },
});

/** The post a platform of an upper level stands for; it never leaves the server. */
const upperScope = async (tx: Executor, sender: Sender, code: string): Promise<Scope> => {
  const { rootPath } = await readInstallation(tx);
  const [node] = await tx
    .select({ path: division.path, level: division.level })
    .from(division)
    .where(eq(division.code, code));
  const level = node && controlLevels[node.level - 1];
  if (!level || !rootPath.startsWith(node.path) || node.path === rootPath)
    throw refuse('outside', `${code} does not stand above this installation.`);
  return { division: code, path: node.path, level, role: 'R2', screen: 'mid', post: '', actorId: `push:${sender.id}` };
};

const checkSender = ({ sources }: Sender): void => {
  if (!sources.includes(upperSource)) throw refuse('push_source', `This key may not send source ${upperSource}.`);
};

const checkPlace = async (tx: Executor, risk: PushRisk): Promise<void> => {
  const { root, rootPath } = await readInstallation(tx);
  if (risk.chain.at(-1)?.division !== root) throw refuse('control_below', `The chain ends at ${root}.`);
  const [place] = await tx.select({ path: division.path }).from(division).where(eq(division.code, risk.division));
  if (!place?.path.startsWith(rootPath)) throw refuse('outside', `Division ${risk.division} is none of ${root}.`);
};

export type TakenRisk = { receipt: string; isRepeated: boolean };

/**
 * Takes a risk an upper level's platform pushes (上级推送). The sender's id makes it idempotent: the same again answers
 * the same receipt, another risk under a used id is a conflict. The root here is to sign for it.
 */
export const takeRisk = (connection: Connection, sender: Sender, risk: PushRisk): Promise<TakenRisk> => {
  checkSender(sender);
  return connection.db.transaction(async (tx) => {
    await checkPlace(tx, risk);
    const [top, ...rest] = risk.chain;
    if (!top) throw new Problem('invalid', 'A chain has at least two divisions.');
    const scope = await upperScope(tx, sender, top.division);
    const push = { ...risk, clientKey: keyOf(sender, risk.id), duty: top.duty };
    const { ticket, isNew } = await openTicket(tx, scope, push, partner(sender, top.division));
    const isSame = ticket.title === risk.title && ticket.evidence === risk.evidence && ticket.level === risk.level;
    if (!isSame) throw refuse('key_used', `The id ${risk.id} was used for another risk.`, { id: risk.id });
    if (isNew) await passChain(tx, ticket, top.division, rest, (code) => partner(sender, code));
    return { receipt: ticket.number, isRepeated: !isNew };
  });
};

const findRisk = async (tx: Executor, sender: Sender, id: string) => {
  const [ticket] = await tx
    .select()
    .from(control)
    .where(eq(control.client_key, keyOf(sender, id)));
  if (!ticket) throw new Problem('not_found', `You sent no risk ${id}.`, { id });
  return ticket;
};

/** What an upper level does with its own part: reports further up, sends the report below it back, closes. */
export const moveRisk = async (
  connection: Connection,
  sender: Sender,
  move: RiskMove,
): Promise<{ receipt: string }> => {
  checkSender(sender);
  const { db } = connection;
  const ticket = await findRisk(db, sender, move.id);
  const scope = await upperScope(db, sender, move.division);
  const side = move.step === 'return' ? control_part.parent_code : control_part.division_code;
  const [part] = await db
    .select({ code: control_part.division_code, version: control_part.version })
    .from(control_part)
    .where(and(eq(control_part.control_id, ticket.id), eq(side, move.division)));
  if (!part) throw new Problem('not_found', `No part of ${move.division}.`, { id: move.id });
  const { step, note, reason } = move;
  const told = { id: ticket.id, division: part.code, version: part.version, step, note, reason, children: [] };
  await moveControl(connection, scope, told, partner(sender, move.division));
  return { receipt: ticket.number };
};

export type RiskProgress = {
  id: string;
  receipt: string;
  closedAt: string | null;
  /** Receipts and feedback; those below the root without its words. */
  parts: {
    division: string;
    level: string;
    state: ControlState;
    signedAt: string | null;
    reportedAt: string | null;
    feedback: string | null;
  }[];
};

/** How far a risk of this sender has come: receipt and feedback up. */
export const riskProgress = async (connection: Connection, sender: Sender, id: string): Promise<RiskProgress> => {
  checkSender(sender);
  const ticket = await findRisk(connection.db, sender, id);
  const { root } = await readInstallation(connection.db);
  const scope = await upperScope(connection.db, sender, ticket.origin_code);
  const told = await readControl(connection, scope, { id: ticket.id, at: null });
  const isBelow = (level: string) => level === 'subdistrict' || level === 'community';
  return {
    id,
    receipt: ticket.number,
    closedAt: told.closedAt,
    parts: told.parts.map(({ division: code, level, state, signedAt, reportedAt, feedback }) => {
      const words = code !== root && isBelow(level) ? null : feedback;
      return { division: code, level, state, signedAt, reportedAt, feedback: words };
    }),
  };
};
