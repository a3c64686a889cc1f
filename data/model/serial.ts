/** A code cut before its last digits, eight at most (顺序码): codes of one place run on, and then only serials differ. */
export type SplitCode = {
  stem: string;
  /** The digits with a 1 before them, which keeps their zeros; 1 = none. */
  serial: number;
};

export const splitCode = (code: string): SplitCode => {
  const digits = /\d{0,8}$/.exec(code)?.[0] ?? '';
  return { stem: code.slice(0, code.length - digits.length), serial: Number(`1${digits}`) };
};

export const joinCode = ({ stem, serial }: SplitCode): string => stem + String(serial).slice(1);
