import { expect, test } from 'vitest';
import { appRouter } from '../trpc/root';
import { changedThings } from './reach';

/** Changes that are about nothing that stands in a territory, or make something new, each with the reason. */
const aboutNothing: Record<string, string> = {
  account: 'accounts belong to no territory; their administrators alone',
  'address.teach': 'a name of a standard address, for all',
  assessment: 'scores of a level; the store says whose',
  'campaign.open': 'makes something: the store checks the division',
  'care.callOut': 'an alert is everybody’s; homes of one’s own grid',
  'care.confirm': 'a home called for an alert: the store finds it in one’s own grid',
  'care.enrol': 'takes somebody on the register: the store checks the dwelling',
  'collection.submit': 'makes something: the store checks the building and each record',
  'collection.submitForm': 'makes something: the store checks the building',
  'control.push': 'makes something: the store checks the division',
  'dispatch.changeRule': 'rules are the installation’s',
  'dispatch.withdrawRule': 'rules are the installation’s',
  'dispute.report': 'makes something, where its position lies',
  division: 'boundaries are the root’s alone',
  'drill.open': 'makes something: the store checks the division',
  'errand.issue': 'makes something: the store checks the division',
  'event.report': 'makes something, where its position lies',
  job: 'jobs belong to no territory; keepers of the installation alone',
  metric: 'figures defined for all',
  'muster.open': 'makes something: the store checks the division',
  notice: 'of one’s own post alone',
  'report.save': 'makes something: the store checks the division',
  retention: 'rules are the installation’s',
  'supervision.changePolicy': 'rules are the installation’s',
  'supervision.withdrawPolicy': 'rules are the installation’s',
  'verify.open': 'makes something: the store checks the division',
  'view.save': 'makes something: the store checks the division',
  'volunteer.open': 'makes something: the store checks the division',
  wall: 'walls prove themselves by their keys',
};

test('every change is about something that its caller must see, or is listed with why it is not', () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
  ).filter(([, { _def }]) => _def.type === 'mutation');
  const paths = procedures.map(([path]) => path);
  const isListed = (path: string) =>
    path in changedThings || path in aboutNothing || (path.split('.')[0] ?? '') in aboutNothing;
  expect(paths.filter((path) => !isListed(path))).toEqual([]);
  expect(Object.keys(changedThings).filter((path) => !paths.includes(path))).toEqual([]);
  const named = Object.keys(aboutNothing);
  expect(named.filter((name) => !paths.some((path) => path === name || path.startsWith(`${name}.`)))).toEqual([]);
});
