/** Credit code with its registration number hidden, `9144****…`: kind and place of registration stay. */
export const maskCredit = (code: string): string => `${code.slice(0, 4)}${'*'.repeat(Math.max(4, code.length - 4))}`;
