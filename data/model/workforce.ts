/** Types of list `gridworker-type` that report where they are while on duty: its column `reports_position`. */
export const positionTypes = ['G1', 'G2', 'G4', 'G5', 'G6'] as const;

/** Minutes between two positions of a worker on duty. */
export const positionMinutes = 10;

/** A worker whose last position is older than this is not shown where it was, minutes. */
export const positionFreshMinutes = 30;
