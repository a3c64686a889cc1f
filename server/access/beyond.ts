/** Procedures that read without the row-level policies of the caller's scope, each with the reason (越过行级策略). */
export const beyondReach: Readonly<Record<string, string>> = {
  'access.posts': 'the chooser of an open installation names every post of it, before anyone has one',
  'account.list': 'accounts stand beside their passwords and factors, which are granted to no reader',
  'audit.verify': 'a chain is whole or broken: lines of other territories are hashed with the rest, none is told',
  'division.recutPreview': 'what would move is counted, for the root alone; former placements are granted to no reader',
  'job.dead': 'jobs belong to no territory; keepers of the installation alone',
  'retention.list': 'what is due is counted for the whole installation; no row of it is told',
  'wall.follow': 'a wall proves itself by its key; keys are granted to no reader',
  'wall.list': 'walls stand beside their keys, which are granted to no reader',
  'wall.me': 'a device proves itself by its key; keys are granted to no reader',
  'wall.watch': 'a device proves itself by its key; keys are granted to no reader',
};
