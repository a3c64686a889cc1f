'use client';

import { FileUp } from 'lucide-react';
import { useState } from 'react';
import styles from './file-pick.module.css';

type FilePickProps = {
  label: string;
  /** What the button says; a browser's own speaks the language of the browser. */
  words: string;
  /** Types taken, as `accept` of an input. */
  accept: string;
  onPick: (file: File | null) => void;
};

/** One file of this machine: a button, the name of the file beside it. */
export const FilePick = ({ label, words, accept, onPick }: FilePickProps) => {
  const [name, setName] = useState<string | null>(null);
  return (
    <label className={styles.pick}>
      <span className={styles.label}>{label}</span>
      <input
        className={styles.input}
        type="file"
        accept={accept}
        onChange={({ target }) => {
          const file = target.files?.[0] ?? null;
          setName(file?.name ?? null);
          onPick(file);
        }}
      />
      <span className={styles.button}>
        <FileUp aria-hidden />
        {words}
      </span>
      {name && <span>{name}</span>}
    </label>
  );
};
