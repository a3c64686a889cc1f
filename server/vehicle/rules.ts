import { canSeeResidents, type Role, type Scope } from '@/data/model/scope';

type Caller = Pick<Scope, 'screen' | 'role'>;

/** Posts that work with the people of their community and grid, nobody above. */
const closest: readonly Role[] = ['R4', 'R5'];

/** Whether the caller may be told of vehicles one by one, their plates masked; never on a wall. */
export const maySeeVehicles = (scope: Caller): boolean => canSeeResidents(scope);

/** Whether the caller may be told which person holds a vehicle (人车关联). */
export const mayLinkHolders = (scope: Caller): boolean => maySeeVehicles(scope) && closest.includes(scope.role);

/** Plate with its middle hidden. */
export const maskPlate = ({ region, tail }: { region: string; tail: string }): string => `${region}·**${tail}`;

/** Parts of a plate that are told. */
export const platePartsOf = (plate: string): { region: string; tail: string } => ({
  region: [...plate].slice(0, 2).join(''),
  tail: plate.slice(-3),
});
