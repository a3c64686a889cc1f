import { type ComponentProps, type ReactNode, useState } from 'react';
import { keyOf, type Say, Told } from '@/components/feed/plain-page';
import styles from './screen.module.css';

type FieldProps = ComponentProps<'input'> & { label: string };

/** A labelled field for a finger. */
export const Field = ({ label, ...rest }: FieldProps) => (
  <label className={styles.field}>
    {label}
    <input className={styles.input} required autoCapitalize="none" spellCheck={false} {...rest} />
  </label>
);

type FormProps = {
  say: Say;
  /** Words of the one button. */
  go: string;
  name: string;
  /** What the fields say; what it throws is told above the button. */
  onGo: (values: Record<string, string>) => Promise<void>;
  children: ReactNode;
};

/** A form whose refusal is told in words, and whose fields stay as they are then. */
export const Form = ({ say: { t }, go, name, onGo, children }: FormProps) => {
  const [failed, setFailed] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (form: HTMLFormElement) => {
    setBusy(true);
    setFailed(null);
    try {
      await onGo(Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value)])));
    } catch (error) {
      setFailed(error);
    }
    setBusy(false);
  };
  return (
    <form
      className={styles.form}
      data-form={name}
      onSubmit={(submit) => {
        submit.preventDefault();
        void send(submit.currentTarget);
      }}
    >
      {children}
      {failed !== null && (
        <p className={styles.failed} role="alert">
          {t(keyOf(failed), failed instanceof Told ? failed.params : {})}
        </p>
      )}
      <button type="submit" className={styles.main} disabled={isBusy}>
        {go}
      </button>
    </form>
  );
};
