'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/base/button';
import { Checkbox } from '@/components/base/checkbox';
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
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup}>
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{t('mid.help.title')}</Dialog.Title>
            <Dialog.Close render={<Button kind="icon" aria-label={t('common.action.close')} />}>
              <X aria-hidden />
            </Dialog.Close>
          </div>
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
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
