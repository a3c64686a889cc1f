import type { View } from '@/data/model/view';
import type { Hit } from './search-recent';

/** Looking at a thing closely enough to see the building. */
const closeZoom = 16.5;

/** What a choice does besides changing the View: open a page of another screen, or a command of the screen. */
export type Choice = { patch: Partial<View> } | { href: string } | { command: string };

const selectable: readonly Hit['kind'][] = ['block', 'building', 'dwelling', 'event', 'entity', 'asset', 'beach'];

const cameraAt = ({ kind, position }: Hit): Pick<View, 'camera'> | object => {
  if (!position) return {};
  const [lng, lat] = position;
  const pitch = kind === 'building' || kind === 'dwelling' ? 45 : 0;
  return { camera: { lng, lat, zoom: closeZoom, pitch, bearing: 0 } };
};

const commandPatch: Record<string, Partial<View>> = {
  live: { at: null },
  clear: { filters: [] },
  top: { division: null, selection: null, camera: null },
};

/**
 * What choosing a hit does: a division is entered, a thing selected and brought into sight, a metric or a layer put on
 * the map. `layers` = those the map shows now.
 */
export const choiceOf = (hit: Hit, layers: readonly string[]): Choice => {
  const { kind, code } = hit;
  if (kind === 'division') return { patch: { division: code, selection: null, camera: null } };
  if (kind === 'metric') return { patch: { metric: code } };
  if (kind === 'layer') return { patch: { layers: [...new Set([...layers, code])] } };
  if (kind === 'page') return { patch: { page: code } };
  if (kind === 'scene') return { href: `/big?v=${code}` };
  if (kind === 'command') return commandPatch[code] ? { patch: commandPatch[code] } : { command: code };
  return { patch: { ...(selectable.includes(kind) ? { selection: `${kind}:${code}` } : {}), ...cameraAt(hit) } };
};
