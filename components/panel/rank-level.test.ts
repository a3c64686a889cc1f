import { describe, expect, it } from 'vitest';
import type { DivisionLevel, DivisionNode } from '@/data/model/division';
import { emptyView } from '@/data/model/view';
import { indexDivisions } from '../feed/divisions';
import { rankLevelsAt } from './rank-level';

const node = (code: string, parent: string | null, level: DivisionLevel): DivisionNode => ({
  ...{ code, parent, level, name: code, nameEn: code },
  ...{ nationalCode: null, center: null, bbox: null, areaSqm: null },
});

const district = [
  node('D', null, 'district'),
  node('S', 'D', 'subdistrict'),
  node('C', 'S', 'community'),
  node('G1', 'C', 'grid'),
  node('G2', 'C', 'grid'),
];
const city = [node('X', null, 'city'), node('N1', 'X', 'community'), node('N2', 'X', 'community')];

const levelsAt = (nodes: DivisionNode[], division: string | null) => {
  const divisions = indexDivisions(nodes, nodes[0]?.code ?? '', 'en');
  if (!divisions) throw new Error('no root');
  return rankLevelsAt({ ...emptyView, division }, divisions);
};

describe('rank level', () => {
  it('ranks what the map shows, and the next level down where that is another', () => {
    expect(levelsAt(district, null)).toEqual({ within: 'D', levels: ['community', 'subdistrict'] });
    expect(levelsAt(district, 'S')).toEqual({ within: 'S', levels: ['community'] });
    expect(levelsAt(district, 'C')).toEqual({ within: 'C', levels: ['grid'] });
  });

  it('ranks a grid among its siblings', () => {
    expect(levelsAt(district, 'G1')).toEqual({ within: 'C', levels: ['grid'] });
  });

  it('ranks whatever an imported city is divided into', () => {
    expect(levelsAt(city, null)).toEqual({ within: 'X', levels: ['community'] });
    expect(levelsAt(city, 'N1')).toEqual({ within: 'X', levels: ['community'] });
  });
});
