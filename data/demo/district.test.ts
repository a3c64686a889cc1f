import { beforeAll, describe, expect, it } from 'vitest';
import moves from '../dictionaries/event-transitions.json';
import type { LngLat } from '../model/geo';
import { demoTables } from '.';
import { randomFor } from './random';
import { countBy, coverage, hashRows, type Row, readDemo } from './testing';

const at = new Date('2026-11-22T15:20:00+08:00');
let demo: ReturnType<typeof readDemo>;
beforeAll(() => {
  demo = readDemo('district', at);
}, 300_000);

const level = (n: number) => demo.division.filter((row) => row.level === n);
const text = (value: unknown) => String(value);
const time = (value: unknown) => (value instanceof Date ? value.getTime() : Number.NaN);

describe('ground', () => {
  it('is the same map for every end', () => {
    const geometries: unknown[] = [];
    for (const { table, columns, rows } of demoTables({
      size: 'district',
      at: new Date('2025-03-01T08:00:00+08:00'),
    })) {
      if (table === 'specialised_grid') break;
      if (table !== 'setting') for (const row of rows) geometries.push(row[columns.indexOf('geometry')]);
    }
    expect(hashRows(geometries)).toBe(hashRows([...demo.division, ...demo.block].map((row) => row.geometry)));
  });

  it('has the size, sub-districts and communities of the real one', () => {
    const [district] = level(3);
    expect(Number(district?.area_sqm) / 1e6).toBeGreaterThan(285);
    expect(Number(district?.area_sqm) / 1e6).toBeLessThan(305);
    const real: Record<string, number> = { '440307009': 101.7, '440307010': 77.3, '440307011': 116.6 };
    for (const row of level(4))
      expect(Math.abs(Number(row.area_sqm) / 1e6 / (real[text(row.code)] ?? 1) - 1)).toBeLessThan(0.05);
    expect(level(4)).toHaveLength(3);
    expect(level(5)).toHaveLength(25);
    expect(level(6).length).toBeGreaterThan(155);
    expect(level(6).length).toBeLessThan(190);
  });

  it('puts every point of land in exactly one community, grid and block, one inside the other', () => {
    const random = randomFor('test:points');
    const [district] = level(3);
    const [w = 0, s = 0, e = 0, n = 0] = (district?.bbox ?? []) as number[];
    const points: LngLat[] = Array.from({ length: 6000 }, () => [random.between(w, e), random.between(s, n)]);
    const inside = coverage(points, level(3)).map((found) => found.length);
    expect(inside.filter((found) => found === 1).length).toBeGreaterThan(1500);
    const [communities, grids, blocks] = [level(5), level(6), demo.block].map((rows) => coverage(points, rows));
    points.forEach((point, i) => {
      for (const found of [communities, grids, blocks]) expect(found?.[i]?.length, point.join()).toBe(inside[i]);
      if (inside[i] === 0) return;
      expect(text(grids?.[i]?.[0]?.code).startsWith(text(communities?.[i]?.[0]?.code))).toBe(true);
      expect(blocks?.[i]?.[0]?.grid_code).toBe(grids?.[i]?.[0]?.code);
    });
  });

  it('adds up: blocks to grids to communities to sub-districts to the district', () => {
    const sum = (rows: Row[], under: string, key: string) =>
      rows.filter((row) => text(row[key]) === under).reduce((total, row) => total + Number(row.area_sqm), 0);
    for (const grid of level(6))
      expect(Math.abs(sum(demo.block, text(grid.code), 'grid_code') - Number(grid.area_sqm))).toBeLessThan(40);
    for (const row of [...level(3), ...level(4), ...level(5)])
      expect(Math.abs(sum(demo.division, text(row.code), 'parent_code') - Number(row.area_sqm))).toBeLessThan(40);
  });

  it('keeps the base map small, named and in drawing order', () => {
    expect(JSON.stringify(demo.base_feature.map((row) => row.geometry)).length).toBeLessThan(1_200_000);
    const kinds = countBy(demo.base_feature, (row) => text(row.kind));
    for (const kind of [
      'outside',
      'land',
      'wood',
      'hill',
      'reservoir',
      'stream',
      'beach',
      'park',
      'built',
      'industry',
      'road',
      'place',
    ])
      expect(kinds.get(kind), kind).toBeGreaterThan(0);
    expect(demo.base_feature.filter((row) => row.kind === 'beach' && row.name).length).toBeGreaterThanOrEqual(20);
    expect(demo.base_feature.map((row) => row.id)).toEqual(demo.base_feature.map((_, i) => i + 1));
  });
});

describe('buildings', () => {
  it('are 30–40 thousand, coded inside their grid, with about 100 thousand dwellings', () => {
    expect(demo.building.length).toBeGreaterThan(30_000);
    expect(demo.building.length).toBeLessThan(41_000);
    expect(demo.dwelling.length).toBeGreaterThan(90_000);
    expect(demo.dwelling.length).toBeLessThan(120_000);
    expect(new Set(demo.building.map((row) => row.code)).size).toBe(demo.building.length);
    const isCoded = (row: Row) => /^4403\d{15}$/.test(text(row.code)) && text(row.code).startsWith(text(row.grid_code));
    expect(demo.building.filter((row) => !isCoded(row))).toEqual([]);
    const codes = new Set(demo.building.map((row) => row.code));
    for (const row of demo.dwelling)
      expect(codes.has(row.building_code) && /^4403\d{21}$/.test(text(row.code))).toBe(true);
  });

  it('stand inside their block', () => {
    const blocks = new Map(demo.block.map((row) => [row.code, row]));
    for (const row of demo.building.filter((_, i) => i % 7 === 0)) {
      const block = blocks.get(text(row.block_code));
      const found = coverage(row.footprint as LngLat[], block ? [block] : []);
      expect(
        found.every((rows) => rows.length === 1),
        text(row.code),
      ).toBe(true);
    }
  });

  it('have closed rings of four to eight corners', () => {
    const wrong = demo.building.filter(({ footprint }) => {
      const ring = footprint as LngLat[];
      return ring[0]?.join() !== ring[ring.length - 1]?.join() || ring.length < 5 || ring.length > 9;
    });
    expect(wrong).toEqual([]);
  });
});

/** Full years of age at the demo's end, local time. */
const ageAt = (birth: string): number => {
  const now = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return Number(now.slice(0, 4)) - Number(birth.slice(0, 4)) - (now.slice(5) < birth.slice(5) ? 1 : 0);
};

describe('people', () => {
  /** Residences that run on a day; the newest of each person, and those before it that nobody signed off. */
  const homesOn = (day: string) => {
    const running = demo.residence
      .filter((row) => text(row.from_on) <= day && (row.to_on === null || text(row.to_on) > day))
      .sort((a, b) => text(b.from_on).localeCompare(text(a.from_on)) || Number(b.id) - Number(a.id));
    const people = new Set<unknown>();
    const newest = running.filter(({ person_id }) => !people.has(person_id) && people.add(person_id));
    return { newest, nLeft: running.length - newest.length };
  };
  const homesNow = () => homesOn('2026-11-22').newest;

  it('number 156,236 with the age bands of the 2020 census, each in one dwelling', () => {
    const ages = demo.person.map((row) => ageAt(text(row.birth_on)));
    expect(ages.filter((age) => age < 15)).toHaveLength(23_924);
    expect(ages.filter((age) => age >= 15 && age < 60)).toHaveLength(121_378);
    expect(ages.filter((age) => age >= 60)).toHaveLength(156_236 - 23_924 - 121_378);
    const dwellings = new Set(demo.dwelling.map((row) => row.code));
    expect(homesNow()).toHaveLength(demo.person.length);
    // planted to be found: moved out, not signed off
    expect(homesOn('2026-11-22').nLeft).toBeGreaterThan(0);
    expect(homesOn('2026-11-22').nLeft / demo.person.length).toBeLessThan(0.005);
    expect(demo.residence.every((row) => dwellings.has(row.dwelling_code))).toBe(true);
  });

  it('came slowly: nine in ten of them lived here a year ago', () => {
    const { newest: then, nLeft } = homesOn('2025-11-22');
    expect(nLeft / demo.person.length).toBeLessThan(0.005);
    expect(then.length / demo.person.length).toBeGreaterThan(0.9);
    expect(then.length / demo.person.length).toBeLessThan(1);
  });

  it('leave nobody alone who is under 15', () => {
    const ages = new Map(demo.person.map((row) => [row.id, ageAt(text(row.birth_on))]));
    const adults = countBy(
      homesNow().filter((row) => (ages.get(row.person_id) ?? 0) >= 15),
      (row) => text(row.dwelling_code),
    );
    const orphaned = homesNow().filter(
      (row) => (ages.get(row.person_id) ?? 0) < 15 && !adults.has(text(row.dwelling_code)),
    );
    expect(orphaned).toHaveLength(0);
  });

  it('carry identity numbers that fail their checksum', () => {
    const factors = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const numbers = demo.person.map(({ id_number }) => text(id_number));
    const whole = numbers.filter((number) => /^\d{17}[\dX]$/.test(number));
    const valid = whole.filter((number) => {
      const sum = factors.reduce((total, factor, i) => total + factor * Number(number[i]), 0);
      return number[17] === '10X98765432'[sum % 11];
    });
    expect(valid).toEqual([]);
    // what was planted to be found broke off at sixteen characters
    const broken = numbers.filter((number) => number.length !== 18);
    expect(broken.every((number) => /^\d{16}$/.test(number))).toBe(true);
    expect(whole.length + broken.length).toBe(numbers.length);
    expect(broken.length / numbers.length).toBeLessThan(0.001);
  });
});

describe('entities and resources', () => {
  it('number exactly what the reference platform shows', () => {
    const groups = countBy(demo.asset, (row) => text(row.asset_group));
    expect(Object.fromEntries(groups)).toEqual({ force: 13_687, base: 183, key_part: 9, key_area: 23_845 });
    expect(demo.entity).toHaveLength(13_000);
    expect(demo.worker).toHaveLength(440);
  });

  it('carry credit codes that fail their checksum', () => {
    const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const factors = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    const valid = demo.entity.filter(({ credit_code }) => {
      const code = text(credit_code);
      const sum = factors.reduce((total, factor, i) => total + factor * signs.indexOf(code[i] ?? ''), 0);
      return code.length !== 18 || code[17] === signs[(31 - (sum % 31)) % 31];
    });
    expect(valid).toEqual([]);
  });

  it('have a place, or stand on the list of those that have none', () => {
    const listed = new Set(demo.unplaced.map((row) => `${row.kind}:${row.record_id}`));
    for (const kind of ['entity', 'event', 'asset'] as const)
      expect(demo[kind].filter((row) => (row.block_code === null) !== listed.has(`${kind}:${row.id}`))).toEqual([]);
    expect(listed.size).toBeGreaterThan(15);
    expect(listed.size).toBeLessThan(40);
  });

  it('put every base grid in one specialised grid of every line', () => {
    const line = new Map(demo.specialised_grid.map((row) => [row.code, text(row.line)]));
    const covered = countBy(
      demo.specialised_grid_member,
      (row) => `${line.get(row.specialised_grid_code)}:${row.grid_code}`,
    );
    expect(covered.size).toBe(17 * level(6).length);
    expect([...covered.values()].every((n) => n === 1)).toBe(true);
  });

  it('sign nine shifts in ten, none after the end', () => {
    const past = demo.duty.filter((row) => time(row.starts_at) < at.getTime() - 3_600_000);
    const signed = past.filter((row) => row.signed_in_at !== null).length / past.length;
    expect(signed).toBeGreaterThan(0.9);
    expect(signed).toBeLessThan(0.97);
    for (const row of demo.duty)
      expect([row.signed_in_at, row.signed_out_at].every((t) => t === null || time(t) <= at.getTime())).toBe(true);
  });
});

const isLegal = (step: Row, before: Row | undefined, seq: number): boolean => {
  if (!before) return seq === 1 && step.seq === 1 && step.from_status === null && step.to_status === 'S10';
  const [from, to] = [text(step.from_status), text(step.to_status)];
  const allowed: Record<string, string[]> = moves.moves;
  const roles: Record<string, string[]> = moves.roles;
  return (
    step.seq === seq &&
    from === before.to_status &&
    (allowed[from] ?? []).includes(to) &&
    ['system', ...(roles[`${from}>${to}`] ?? [])].includes(text(step.actor_role)) &&
    time(step.at) >= time(before.at)
  );
};

describe('events', () => {
  it('number 27,655 in 24 months, all reported and moved before the end', () => {
    expect(demo.event).toHaveLength(27_655);
    const since = new Date('2024-11-21T00:00:00+08:00').getTime();
    expect(demo.event.filter((row) => time(row.reported_at) <= since)).toEqual([]);
    expect(demo.event_transition.filter((row) => time(row.at) > at.getTime())).toEqual([]);
  });

  it('have a legal history, and the row is its last image', () => {
    const histories = new Map<string, Row[]>();
    for (const row of demo.event_transition) {
      const history = histories.get(text(row.event_id));
      if (history) history.push(row);
      else histories.set(text(row.event_id), [row]);
    }
    const corrected = new Set(demo.event_correction.map((row) => row.event_id));
    const wrong = demo.event.filter((row) => {
      const history = histories.get(text(row.id)) ?? [];
      const last = history[history.length - 1];
      const nChanges = history.length + (corrected.has(row.id) ? 1 : 0);
      const isImage =
        row.version === nChanges && last?.to_status === row.status && time(last?.at) === time(row.status_at);
      return !isImage || !history.every((step, i) => isLegal(step, history[i - 1], i + 1));
    });
    expect(wrong).toEqual([]);
    expect(demo.event_transition.length).toBeGreaterThan(6 * demo.event.length);
  });

  it('name a door of their own building where they are about a home, and never where they are about its people', () => {
    const doors = new Map(demo.dwelling.map((row) => [row.code, row.building_code]));
    const named = demo.event.filter((row) => row.dwelling_code !== null);
    expect(named.length).toBeGreaterThan(1_000);
    expect(named.filter((row) => doors.get(row.dwelling_code) !== row.building_code)).toEqual([]);
    expect(named.filter((row) => ['13', '14', '16', '18'].includes(text(row.category_l1)))).toEqual([]);
  });

  it('leave a believable desk: open, overdue, grave and on time', () => {
    const isOpen = (row: Row) => !['S21', 'S61', 'S62', 'S70', 'S90'].includes(text(row.status));
    const open = demo.event.filter(isOpen);
    expect(open.length).toBeGreaterThanOrEqual(140);
    expect(open.length).toBeLessThanOrEqual(270);
    const overdue = open.filter((row) => time(row.handle_due_at) < at.getTime()).length;
    expect(overdue).toBeGreaterThanOrEqual(8);
    expect(overdue).toBeLessThanOrEqual(32);
    expect(open.filter((row) => row.level === 1).length).toBeLessThanOrEqual(1);
    expect(open.filter((row) => row.level === 2).length).toBeLessThanOrEqual(4);
    const due = demo.event.filter(
      (row) => !['S21', 'S90'].includes(text(row.status)) && time(row.handle_due_at) <= at.getTime(),
    );
    const onTime = (rows: Row[]) =>
      rows.filter((row) => time(row.closed_at) <= time(row.handle_due_at)).length / rows.length;
    expect(onTime(due)).toBeGreaterThan(0.91);
    expect(onTime(due)).toBeLessThan(0.95);
    const rates = level(5).map(({ code }) => onTime(due.filter((row) => row.community_code === code)));
    expect(Math.min(...rates)).toBeLessThan(0.88);
    expect(Math.max(...rates)).toBeGreaterThan(0.96);
  });

  it('come in spikes with the typhoons and stay rare in grave levels', () => {
    const perDay = countBy(demo.event, (row) =>
      new Date(time(row.reported_at) + 8 * 3_600_000).toISOString().slice(0, 10),
    );
    const usual = demo.event.length / perDay.size;
    for (const day of ['2026-07-27', '2026-09-06', '2025-10-06'])
      expect(perDay.get(day), day).toBeGreaterThan(1.5 * usual);
    const share = (n: number) => demo.event.filter((row) => row.level === n).length / demo.event.length;
    expect(share(1)).toBeLessThan(0.004);
    expect(share(2)).toBeLessThan(0.03);
    expect(share(3)).toBeGreaterThan(0.15);
  });
});
