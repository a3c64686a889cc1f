import type { Panel } from '../panel/panel';

/** Every panel of the product; also the list the gallery and its tests walk. */
export const panels: readonly Panel[] = [];

/** The panel of a key; a layout that names an unknown one is a programming error. */
export const panelByKey = (key: string): Panel => {
  const panel = panels.find((candidate) => candidate.key === key);
  if (!panel) throw new Error(`No panel "${key}" in the registry.`);
  return panel;
};
