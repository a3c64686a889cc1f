/**
 * What may be asked in a drill (演练可达): `stage` = of the drill's own database, `reference` = of the live one, which
 * holds nothing of an event. All other procedures are refused, new ones until they stand here.
 */
export const drillReach: Readonly<Record<string, 'stage' | 'reference'>> = {
  'access.me': 'reference',
  'dictionary.installation': 'reference',
  'dictionary.words': 'reference',
  'division.ended': 'reference',
  'division.tree': 'reference',
  'drill.byId': 'reference',
  'event.report': 'stage',
  'event.move': 'stage',
  'event.correct': 'stage',
  'event.merge': 'stage',
  'event.similar': 'stage',
  'event.tasks': 'stage',
  'event.byId': 'stage',
  'event.history': 'stage',
  'event.list': 'stage',
  'event.open': 'stage',
  'event.points': 'stage',
  'dispatch.routes': 'stage',
  'dispatch.suggest': 'stage',
  'dispatch.desk': 'stage',
  'dispatch.assign': 'stage',
  'dispatch.return': 'stage',
};
