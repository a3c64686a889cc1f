/** Place in the log: all lines of transactions below `xid`, and those of `xid` itself up to `seq`, have been seen. */
export type Cursor = { system: string; xid: bigint; seq: number };

/** Opaque text of a cursor; `system` names the database cluster, so that another one's cursor is told apart. */
export const printCursor = ({ system, xid, seq }: Cursor): string => `${system}.${xid}.${seq}`;

/** Parses a cursor; null when it is not one. */
export const parseCursor = (text: string): Cursor | null => {
  const match = /^(\w{1,40})\.(\d{1,20})\.(\d{1,16})$/.exec(text);
  return match ? { system: match[1] ?? '', xid: BigInt(match[2] ?? 0), seq: Number(match[3]) } : null;
};
