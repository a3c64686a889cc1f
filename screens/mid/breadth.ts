/** Widths at which the desk is laid out anew, px. */
export const widths = { wide: 1600, medium: 1100 } as const;

export type Breadth = 'wide' | 'medium' | 'slim';
