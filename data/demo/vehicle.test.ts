import { expect, it } from 'vitest';
import { readDemo } from './testing';

const demo = readDemo('tiny', new Date('2026-11-22T15:20:00+08:00'));
/** First characters of every plate that is issued: provinces, and those of authorities, Hong Kong, Macao and trials. */
const issued = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼警学领使港澳挂试超临民航';

it('gives every vehicle a plate of its own that can be nobody’s', () => {
  const plates = demo.vehicle.map(({ plate }) => String(plate));
  expect(plates.length).toBeGreaterThan(100);
  expect(new Set(plates).size).toBe(plates.length);
  for (const plate of plates) {
    expect(issued).not.toContain(plate.slice(0, 1));
    expect(plate.slice(1)).toMatch(/^[A-D]D?\d{5}$/);
  }
});

it('keeps each at a building, held by somebody at any time, by one alone', () => {
  const buildings = new Set(demo.building.map(({ code }) => code));
  const people = new Set(demo.person.map(({ id }) => id));
  const entities = new Set(demo.entity.map(({ id }) => id));
  for (const vehicle of demo.vehicle) {
    expect(buildings.has(vehicle.building_code)).toBe(true);
    const held = demo.vehicle_holder.filter((row) => row.vehicle_id === vehicle.id);
    expect(held[0]?.from_on).toBe(vehicle.from_on);
    expect(held.at(-1)?.to_on).toBe(vehicle.to_on);
    held.slice(1).forEach((row, i) => {
      expect(row.from_on).toBe(held[i]?.to_on);
    });
    for (const { person_id, entity_id } of held)
      expect([people.has(person_id), entities.has(entity_id)].filter(Boolean)).toHaveLength(1);
  }
});
