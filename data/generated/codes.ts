// Written by `npm run data` from data/dictionaries: edit the lists instead.

export const listNames = [
  'age-band',
  'asset-group',
  'calendar-day',
  'care-group',
  'close-condition',
  'control-limit',
  'control-source',
  'data-class',
  'data-origin',
  'data-standard',
  'department',
  'dispute-category',
  'dispute-resolution',
  'dispute-scale',
  'doubt-rule',
  'entity-type',
  'event-category',
  'event-category-l1',
  'event-flag',
  'event-level',
  'event-source',
  'event-stage',
  'event-status',
  'gridworker-type',
  'holder-kind',
  'house-group',
  'house-type',
  'house-use',
  'industry',
  'inflow-reason',
  'kpi',
  'land-use',
  'notice-channel',
  'notice-kind',
  'plate-kind',
  'population-type',
  'quality-field',
  'region',
  'rental-rating',
  'rental-rating-factor',
  'residence-relation',
  'resource-type',
  'retention',
  'role',
  'sex',
  'six-level',
  'specialised-field',
  'specialised-grid',
  'supervision-lamp',
  'supervision-rung',
  'supervision-step',
  'volunteer-service',
  'weather-warning',
  'weekday',
  'whistle-step',
  'whistle-type',
] as const;
export type ListName = (typeof listNames)[number];

export const ageBandCodes = [
  '0-14',
  '15-59',
  '60+',
  '0-4',
  '5-9',
  '10-14',
  '15-19',
  '20-24',
  '25-29',
  '30-34',
  '35-39',
  '40-44',
  '45-49',
  '50-54',
  '55-59',
  '60-64',
  '65-69',
  '70-74',
  '75-79',
  '80-84',
  '85+',
] as const;
export type AgeBand = (typeof ageBandCodes)[number];

export const assetGroupCodes = [
  'force',
  'base',
  'key_part',
  'key_area',
] as const;
export type AssetGroup = (typeof assetGroupCodes)[number];

export const eventFlagCodes = [
  'closed_before_opened',
  'outside_area',
  'no_position',
  'no_community',
  'no_grid',
  'no_block',
  'future_time',
  'closed_without_time',
  'open_with_closing_time',
] as const;
export type EventFlag = (typeof eventFlagCodes)[number];

export const eventLevelCodes = [
  '1',
  '2',
  '3',
  '4',
] as const;
export type EventLevelCode = (typeof eventLevelCodes)[number];

export const eventSourceCodes = [
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  '08',
  '09',
  '10',
  '11',
  '12',
  '13',
  '14',
] as const;
export type EventSource = (typeof eventSourceCodes)[number];

export const gridworkerTypeCodes = [
  'G1',
  'G2',
  'G3',
  'G4',
  'G5',
  'G6',
  'G7',
  'G8',
] as const;
export type GridworkerType = (typeof gridworkerTypeCodes)[number];

export const houseGroupCodes = [
  'residential',
  'production',
  'commercial',
  'public',
  'other',
] as const;
export type HouseGroup = (typeof houseGroupCodes)[number];

export const houseUseCodes = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '9',
] as const;
export type HouseUse = (typeof houseUseCodes)[number];

export const landUseCodes = [
  'town',
  'village',
  'industry',
  'beach',
  'hill',
  'farm',
  'park',
  'water',
] as const;
export type LandUse = (typeof landUseCodes)[number];

export const populationTypeCodes = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '9',
] as const;
export type PopulationType = (typeof populationTypeCodes)[number];

export const residenceRelationCodes = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '9',
] as const;
export type ResidenceRelation = (typeof residenceRelationCodes)[number];

export const sexCodes = [
  '1',
  '2',
] as const;
export type Sex = (typeof sexCodes)[number];

export const specialisedGridCodes = [
  'P01',
  'P02',
  'P03',
  'P04',
  'P05',
  'P06',
  'P07',
  'P08',
  'P09',
  'P10',
  'P11',
  'P12',
  'P13',
  'P14',
  'P15',
  'P16',
  'P17',
] as const;
export type SpecialisedGrid = (typeof specialisedGridCodes)[number];
