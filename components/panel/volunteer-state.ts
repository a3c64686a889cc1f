import type { VolunteerCall } from '@/data/model/volunteer';

/** Where a call stands at an instant (epoch ms): its word is `volunteer.<state>`. */
export const stateOfCall = (
  { cancelledAt, startsAt, endsAt }: VolunteerCall,
  at: number,
): 'cancelled' | 'coming' | 'running' | 'over' => {
  if (cancelledAt !== null) return 'cancelled';
  if (at < Date.parse(startsAt)) return 'coming';
  return at < Date.parse(endsAt) ? 'running' : 'over';
};
