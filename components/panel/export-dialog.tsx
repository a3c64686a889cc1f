'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import {
  type ExportAsk,
  type ExportFormat,
  type ExportPurpose,
  type ExportWhat,
  exportNoteLength,
  exportPurposes,
  formatsOf,
} from '@/data/model/export';
import { Button } from '../base/button';
import { downloadFile } from '../base/download';
import { Popup } from '../base/popup';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './export-dialog.module.css';
import { ReportAdd } from './report-add';

/** A refusal of the server, told by its code. */
class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const codeOf = (error: unknown): string => (error instanceof Refused ? error.code : 'unavailable');

/** Gets the file and hands it to the browser; its number. */
const fetchFile = async (wish: ExportAsk): Promise<string> => {
  const response = await fetch('/api/export', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-screen': 'mid' },
    body: JSON.stringify(wish),
  });
  if (!response.ok) throw new Refused(((await response.json()) as { code?: string }).code ?? 'unavailable');
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'export';
  downloadFile(name, await response.blob());
  return response.headers.get('x-export-number') ?? name;
};

type ChoicesProps<Value extends string> = {
  label: string;
  value: Value | null;
  values: readonly Value[];
  word: (value: Value) => ReactNode;
  onChoose: (value: Value) => void;
};

const Choices = <Value extends string>({ label, value, values, word, onChoose }: ChoicesProps<Value>) => {
  const name = useId();
  return (
    <fieldset className={styles.choices}>
      <legend>{label}</legend>
      {values.map((each) => (
        <label key={each}>
          <input type="radio" name={name} value={each} checked={each === value} onChange={() => onChoose(each)} />
          <span>{word(each)}</span>
        </label>
      ))}
    </fieldset>
  );
};

/** Says what is missing where this server cannot print. */
const Printing = () => {
  const api = useTRPC();
  const { t } = useText();
  const { data: canPrint } = useQuery(api.report.canPrint.queryOptions());
  return canPrint === false && <p role="alert">{t('report.noBrowser')}</p>;
};

type ExportDialogProps = { what: ExportWhat; panel: string; title: string; caution?: string; onClose: () => void };

/** What the file is for, and as what: nothing leaves without it (导出用途). */
export const ExportDialog = ({ what, panel, title, caution, onClose }: ExportDialogProps) => {
  const { t, lang } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const [format, setFormat] = useState<ExportFormat>(formatsOf[what.kind][0] ?? 'csv');
  const [purpose, setPurpose] = useState<ExportPurpose | null>(null);
  const [note, setNote] = useState('');
  const take = useMutation({
    mutationFn: fetchFile,
    onSuccess: () => client.invalidateQueries(api.export.list.pathFilter()),
  });
  const isReady = purpose !== null && (purpose !== 'other' || note.trim().length >= 2) && !take.isPending;
  const submit = () => {
    if (isReady) take.mutate({ what, panel, format, lang, purpose, note });
  };
  return (
    <Popup title={title} isOpen onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Choices
          label={t('export.purposeLabel')}
          value={purpose}
          values={exportPurposes}
          word={(each) => t(`export.purpose.${each}`)}
          onChoose={setPurpose}
        />
        <label className={styles.note}>
          <span>{t('export.note')}</span>
          <input
            className={styles.input}
            value={note}
            maxLength={exportNoteLength}
            placeholder={t('export.noteHint')}
            onChange={(change) => setNote(change.target.value)}
          />
        </label>
        <Choices
          label={t('export.format')}
          value={format}
          values={formatsOf[what.kind]}
          word={(each) => t(`export.format.${each}`)}
          onChoose={setFormat}
        />
        {format === 'pdf' && <Printing />}
        <p className={styles.kept}>
          {t('export.kept')} {caution}
        </p>
        <p className={styles.end}>
          <span role="status" data-exported={take.data} data-failed={take.isError || undefined}>
            {take.isPending && t('export.taking')}
            {take.isError && t(`common.problem.${codeOf(take.error)}`)}
            {take.data && t('export.taken', { number: take.data })}
          </span>
          <Button kind="primary" type="submit" aria-disabled={!isReady}>
            {t('export.take')}
          </Button>
        </p>
      </form>
      {what.kind === 'figures' && <ReportAdd asks={what.asks} title={t(`panel.${panel}.title`)} />}
    </Popup>
  );
};
