'use client';

import { useText } from '../feed/text';
import { useView } from '../feed/view';
import { layers as registry } from '../layers';
import styles from './picker.module.css';

export type PickerProps = {
  /** Layers shown when the View names none: the same list the stage has. */
  layers: readonly string[];
};

/** Layers of the stage as a list of switches, built from the registry; the choice stands in the View. */
export const PickerList = ({ layers: own }: PickerProps) => {
  const { t } = useText();
  const { view, set } = useView();
  const shown = view.layers ?? own;
  const toggle = (key: string) => {
    const isShown = shown.includes(key);
    set({ layers: isShown ? shown.filter((other) => other !== key) : [...shown, key] });
  };
  return (
    <fieldset className={styles.list} data-picker="">
      <legend className={styles.title}>{t('map.layers')}</legend>
      {registry.map(({ key, minZoom }) => (
        <label key={key} className={styles.item}>
          <input type="checkbox" checked={shown.includes(key)} onChange={() => toggle(key)} />
          <span>{t(`map.layer.${key}`)}</span>
          {minZoom > 0 && <span className={styles.note}>z ≥ {minZoom}</span>}
        </label>
      ))}
    </fieldset>
  );
};
