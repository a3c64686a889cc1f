/** What was said about one row. `flag` = taken with a doubt (list `event-flag`); `reason` = refused. Row 1 is the header. */
export type Finding = { row: number; id: string | null; flag: string | null; reason: string | null };

/** Outcome of one file. `nAccepted` counts flagged rows too; read = accepted + refused. */
export type FileReport = {
  kind: 'areas' | 'events';
  file: string;
  checksum: string;
  nRead: number;
  nAccepted: number;
  nFlagged: number;
  nRefused: number;
  findings: Finding[];
  /** Counts worth a look: divisions made, new words, rows kept as they were. */
  details: Record<string, number>;
};

const shownRows = 8;

const rowList = (rows: readonly number[]): string =>
  rows.slice(0, shownRows).join(', ') + (rows.length > shownRows ? `, … ${rows.length - shownRows} more` : '');

const byWord = (findings: readonly Finding[], key: 'flag' | 'reason'): Map<string, number[]> => {
  const groups = new Map<string, number[]>();
  for (const finding of findings) {
    const word = finding[key];
    if (word !== null) groups.set(word, [...(groups.get(word) ?? []), finding.row]);
  }
  return groups;
};

/** Report of a file from its findings. */
export const reportOf = (
  file: Pick<FileReport, 'kind' | 'file' | 'checksum' | 'nRead'>,
  findings: Finding[],
  details: Record<string, number>,
): FileReport => {
  const rowsOf = (key: 'flag' | 'reason') => new Set(findings.filter((f) => f[key] !== null).map((f) => f.row)).size;
  const nRefused = rowsOf('reason');
  return { ...file, nAccepted: file.nRead - nRefused, nFlagged: rowsOf('flag'), nRefused, findings, details };
};

/** The report as lines for a terminal. */
export const reportLines = (report: FileReport): string[] => [
  `${report.file}: ${report.nRead} read, ${report.nAccepted} accepted (${report.nFlagged} of them flagged), ${report.nRefused} refused`,
  ...[...byWord(report.findings, 'flag')].map(
    ([flag, rows]) => `  flagged ${flag}: ${rows.length} (rows ${rowList(rows)})`,
  ),
  ...[...byWord(report.findings, 'reason')].map(
    ([reason, rows]) => `  refused, ${reason}: ${rows.length} (rows ${rowList(rows)})`,
  ),
  ...Object.entries(report.details).map(([what, n]) => `  ${what}: ${n}`),
];
