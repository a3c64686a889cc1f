import { z } from 'zod';
import { EventStatus, eventStatuses } from '../model/event';
import { Role } from '../model/scope';

const Transitions = z.object({
  moves: z.record(EventStatus, z.array(EventStatus)),
  /** `S10>S20` → roles that may make the move. */
  roles: z.record(z.string(), z.array(Role).min(1)),
  clocks: z.record(z.string(), z.array(EventStatus)),
  stopped: z.array(EventStatus),
  /** Statuses whose time may be given back when they are left. */
  given_back: z.array(EventStatus),
});
const AddressCode = z.object({
  segments: z.array(z.object({ length: z.number().int().positive() })),
  buildingLength: z.number().int(),
  dwellingLength: z.number().int(),
});

/** Faults of the rules kept as data: the allowed moves of an event and the segments of an address code. */
export const checkRules = (transitions: unknown, addressCode: unknown): string[] => {
  const faults: string[] = [];
  const moves = Transitions.safeParse(transitions);
  if (!moves.success) faults.push(`event-transitions.json: ${z.prettifyError(moves.error)}`);
  else {
    const reached = new Set(Object.values(moves.data.moves).flat());
    const lost = eventStatuses.filter((status) => status !== 'S10' && !reached.has(status));
    const made = Object.entries(moves.data.moves).flatMap(([from, to]) => to.map((status) => `${from}>${status}`));
    const held = Object.keys(moves.data.roles);
    const uneven = [...made.filter((move) => !held.includes(move)), ...held.filter((move) => !made.includes(move))];
    if (uneven.length > 0) faults.push(`event-transitions.json: moves and roles differ in ${uneven.join(' ')}.`);
    if (lost.length > 0) faults.push(`event-transitions.json: nothing leads to ${lost.join(' ')}.`);
  }
  const address = AddressCode.safeParse(addressCode);
  if (!address.success) return [...faults, `address-code.json: ${z.prettifyError(address.error)}`];
  const lengths = address.data.segments.map((segment) => segment.length);
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  if (whole !== address.data.dwellingLength || whole - (lengths.at(-1) ?? 0) !== address.data.buildingLength)
    faults.push('address-code.json: the segments do not add up to the building and dwelling lengths.');
  return faults;
};
