import type { Report } from '../model/report';

const yearly = ['lastYear'] as const;
const shared = ['share'] as const;

/** Households a grid should hold (网格规模): more is a case for splitting it, fewer one for merging it. */
const gridSize = { least: 300, most: 500 };

/** Yearly grid population report (《网格人口报告》). */
export const population: Report = {
  key: 'population',
  sections: [
    {
      key: 'population',
      blocks: [
        {
          key: 'population',
          kind: 'sentence',
          asks: {
            total: { metric: 'person.resident', operators: yearly },
            household: { metric: 'household.count' },
            kind: { metric: 'person.resident', split: 'populationType', operators: shared },
          },
        },
        {
          key: 'populationFigures',
          kind: 'figures',
          asks: {
            resident: { metric: 'person.resident', operators: yearly },
            household: { metric: 'household.count', operators: yearly },
            elderly: { metric: 'person.elderly_share', operators: yearly },
            child: { metric: 'person.child_share', operators: yearly },
          },
        },
      ],
    },
    {
      key: 'structure',
      blocks: [
        {
          key: 'populationType',
          kind: 'bars',
          asks: { kind: { metric: 'person.resident', split: 'populationType', operators: ['share', 'lastYear'] } },
        },
        { key: 'sex', kind: 'bars', asks: { sex: { metric: 'person.resident', split: 'sex', operators: shared } } },
        {
          key: 'ageBand',
          kind: 'bars',
          asks: { age: { metric: 'person.resident', split: 'ageBand', operators: shared, isByCode: true } },
        },
        {
          key: 'origin',
          kind: 'bars',
          asks: { origin: { metric: 'person.resident', split: 'origin', operators: shared } },
          most: 10,
        },
      ],
    },
    {
      key: 'place',
      blocks: [
        { key: 'placeMap', kind: 'map', asks: { it: { metric: 'person.resident', split: 'area' } } },
        { key: 'placeMost', kind: 'sentence', asks: { place: { metric: 'person.resident', split: 'below' } } },
        {
          key: 'placeBelow',
          kind: 'table',
          asks: {
            resident: { metric: 'person.resident', split: 'below', operators: yearly },
            household: { metric: 'household.count', split: 'below' },
            elderly: { metric: 'person.elderly_share', split: 'below' },
            child: { metric: 'person.child_share', split: 'below' },
          },
        },
        {
          key: 'placeDeep',
          kind: 'table',
          asks: {
            resident: { metric: 'person.resident', split: 'deep', operators: yearly },
            household: { metric: 'household.count', split: 'deep' },
          },
          most: 60,
        },
      ],
    },
    {
      key: 'care',
      blocks: [
        {
          key: 'care',
          kind: 'sentence',
          asks: {
            elderly: { metric: 'person.elderly_share' },
            child: { metric: 'person.child_share' },
            care: { metric: 'event.reported', filters: [{ field: 'categoryL1', values: ['16'] }] },
          },
        },
        {
          key: 'careEvents',
          kind: 'bars',
          asks: {
            care: {
              metric: 'event.reported',
              split: 'category',
              filters: [{ field: 'categoryL1', values: ['16'] }],
            },
          },
          most: 10,
        },
      ],
    },
    {
      key: 'dwelling',
      blocks: [
        {
          key: 'dwellingFigures',
          kind: 'figures',
          asks: {
            dwelling: { metric: 'dwelling.count' },
            building: { metric: 'building.count' },
            rented: { metric: 'dwelling.rented_share' },
            vacant: { metric: 'dwelling.vacant_share' },
          },
        },
        {
          key: 'houseUse',
          kind: 'bars',
          asks: { use: { metric: 'dwelling.count', split: 'houseUse', operators: shared } },
        },
        {
          key: 'dwellingBelow',
          kind: 'table',
          asks: {
            dwelling: { metric: 'dwelling.count', split: 'below' },
            rented: { metric: 'dwelling.rented_share', split: 'below' },
            vacant: { metric: 'dwelling.vacant_share', split: 'below' },
          },
        },
      ],
    },
    {
      key: 'grid',
      blocks: [
        {
          key: 'gridSize',
          kind: 'sentence',
          asks: { grid: { metric: 'household.count', split: 'grid' } },
          ...{ over: gridSize.most, under: gridSize.least },
        },
        {
          key: 'gridLarge',
          kind: 'table',
          asks: {
            household: { metric: 'household.count', split: 'grid' },
            resident: { metric: 'person.resident', split: 'grid' },
          },
          over: gridSize.most,
          most: 100,
        },
        {
          key: 'gridSmall',
          kind: 'table',
          asks: {
            household: { metric: 'household.count', split: 'grid' },
            resident: { metric: 'person.resident', split: 'grid' },
          },
          under: gridSize.least,
          most: 100,
        },
      ],
    },
  ],
};
