'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../feed/text';
import { Button } from './button';
import styles from './popup.module.css';

type PopupProps = { title: ReactNode; isOpen: boolean; onClose: () => void; children: ReactNode };

/** A page that lies over the screen until it is closed; it keeps all keys. */
export const Popup = ({ title, isOpen, onClose, children }: PopupProps) => {
  const { t } = useText();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup}>
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close render={<Button kind="icon" aria-label={t('common.action.close')} />}>
              <X aria-hidden />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
