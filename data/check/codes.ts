import { codesOf, type Lists } from './lists';

/** Lists small and stable enough for code to name their words. */
const named: Record<string, string> = {
  'age-band': 'AgeBand',
  'asset-group': 'AssetGroup',
  'event-flag': 'EventFlag',
  'event-level': 'EventLevelCode',
  'event-source': 'EventSource',
  'gridworker-type': 'GridworkerType',
  'house-group': 'HouseGroup',
  'house-use': 'HouseUse',
  'land-use': 'LandUse',
  'population-type': 'PopulationType',
  'residence-relation': 'ResidenceRelation',
  sex: 'Sex',
  'specialised-grid': 'SpecialisedGrid',
};

const camel = (list: string): string => list.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Text of `generated/codes.ts`: a tuple and a union for each named list, and the names of all lists. */
export const codesText = (lists: Lists): string => {
  const tuple = (name: string, codes: readonly string[]): string =>
    `export const ${name} = [\n${codes.map((code) => `  '${code}',\n`).join('')}] as const;\n`;
  const unions = Object.entries(named).map(
    ([list, type]) =>
      `${tuple(`${camel(list)}Codes`, codesOf(lists, list))}export type ${type} = (typeof ${camel(list)}Codes)[number];\n`,
  );
  const names = `${tuple('listNames', [...lists.keys()])}export type ListName = (typeof listNames)[number];\n`;
  return ['// Written by `npm run data` from data/dictionaries: edit the lists instead.\n', names, ...unions].join(
    '\n',
  );
};
