'use client';

import { useState } from 'react';
import { Checkbox } from '@/components/base/checkbox';
import { Popup } from '@/components/base/popup';
import { areSingleKeysOn, setSingleKeys } from '@/components/base/shortcut';
import { useText } from '@/components/feed/text';
import styles from './help.module.css';
import { keys } from './keys';

/** Keys of the desk, and the switch that turns single keys off. */
export const Help = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const { t } = useText();
  const [isOn, setOn] = useState(areSingleKeysOn);
  const choose = (next: boolean) => {
    setSingleKeys(next);
    setOn(next);
  };
  return (
    <Popup title={t('mid.help.title')} isOpen={isOpen} onClose={onClose}>
      <dl className={styles.keys}>
        {keys.map(({ action, shown }) => (
          <div key={action} data-key={action}>
            <dt>
              {shown.map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dt>
            <dd>{t(`mid.help.${action}`)}</dd>
          </div>
        ))}
      </dl>
      <Checkbox className={styles.switch} isChecked={isOn} label={t('mid.help.single')} onChange={choose}>
        <span>{t('mid.help.single')}</span>
      </Checkbox>
    </Popup>
  );
};
