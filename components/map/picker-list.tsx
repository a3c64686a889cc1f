'use client';

import { useText } from '../feed/text';
import { useView } from '../feed/view';
import { layers as registry } from '../layers';
import type { Layer } from './layer';
import { groupOf, layerGroups } from './layer-group';
import styles from './picker.module.css';

export type PickerProps = {
  /** Layers shown when the View names none: the same list the stage has. */
  layers: readonly string[];
};

const coverOf = new Map(registry.map(({ key, covers }) => [key, covers]));

/** Keys after a layer is switched: ground and buildings carry one colour at a time. */
export const switchLayer = (shown: readonly string[], key: string): string[] => {
  if (shown.includes(key)) return shown.filter((other) => other !== key);
  const covers = coverOf.get(key);
  return [...shown.filter((other) => !covers || coverOf.get(other) !== covers), key];
};

/** Layers of the stage as a list of switches under headings, built from the registry; the choice stands in the View. */
export const PickerList = ({ layers: own }: PickerProps) => {
  const { t } = useText();
  const { view, set } = useView();
  const shown = view.layers ?? own;
  const item = ({ key, minZoom }: Layer) => (
    <label key={key} className={styles.item}>
      <input type="checkbox" checked={shown.includes(key)} onChange={() => set({ layers: switchLayer(shown, key) })} />
      <span>{t(`map.layer.${key}`)}</span>
      {minZoom > 0 && <span className={styles.note}>z ≥ {minZoom}</span>}
    </label>
  );
  return (
    <fieldset className={styles.list} data-picker="">
      <legend className={styles.title}>{t('map.layers')}</legend>
      {layerGroups.map((group) => {
        const members = registry.filter(({ key }) => groupOf(key) === group);
        return (
          members.length > 0 && (
            <fieldset key={group} className={styles.group}>
              <legend className={styles.heading}>{t(`map.group.${group}`)}</legend>
              {members.map(item)}
            </fieldset>
          )
        );
      })}
    </fieldset>
  );
};
