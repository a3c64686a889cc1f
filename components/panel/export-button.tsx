'use client';

import { Download, FilePlus } from 'lucide-react';
import { createContext, memo, useContext, useState } from 'react';
import type { ExportWhat } from '@/data/model/export';
import { Button } from '../base/button';
import { Popup } from '../base/popup';
import { useDrill } from '../feed/drill';
import { useText } from '../feed/text';
import { ExportDialog } from './export-dialog';
import { blocksOf, ReportAdd } from './report-add';

type ExportButtonProps = {
  what: ExportWhat;
  /** Key of the panel the figures stand in; its title names the file. */
  panel: string;
  /** Words said beside it: only the first rows go. */
  caution?: string;
  isIcon?: boolean;
};

/** Asks what a file is for, then hands it out (导出). */
export const ExportButton = ({ what, panel, caution, isIcon = false }: ExportButtonProps) => {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const name = t('export.buttonOf', { what: t(`panel.${panel}.title`) });
  // a file would hold what is, not what the screen shows
  if (useDrill() !== null) return null;
  return (
    <>
      <Button
        kind={isIcon ? 'icon' : 'quiet'}
        aria-label={isIcon ? name : undefined}
        title={isIcon ? name : undefined}
        aria-haspopup="dialog"
        data-export={panel}
        onClick={() => setOpen(true)}
      >
        <Download aria-hidden />
        {!isIcon && t('export.button')}
      </Button>
      {isOpen && <ExportDialog {...{ what, panel, caution }} title={name} onClose={() => setOpen(false)} />}
    </>
  );
};

type ReportButtonProps = Pick<ExportButtonProps, 'what' | 'panel'>;

/** Puts what a panel asks into a report of one's own (加入报告); nothing where a report cannot tell it. */
export const ReportButton = ({ what, panel }: ReportButtonProps) => {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const asks = what.kind === 'figures' ? what.asks : [];
  if (blocksOf(asks).length === 0) return null;
  const title = t(`panel.${panel}.title`);
  const name = t('report.addOf', { what: title });
  return (
    <>
      <Button
        kind="icon"
        aria-label={name}
        title={name}
        aria-haspopup="dialog"
        data-report={panel}
        onClick={() => setOpen(true)}
      >
        <FilePlus aria-hidden />
      </Button>
      {isOpen && (
        <Popup title={name} isOpen onClose={() => setOpen(false)}>
          <ReportAdd {...{ asks, title }} />
        </Popup>
      )}
    </>
  );
};

/** What the panel around hands out; null = nothing. */
export const PanelExportContext = createContext<{ what: ExportWhat; panel: string } | null>(null);

/** The export of the panel around and its way into a report, where there are any. */
export const PanelExport = memo(() => {
  const exported = useContext(PanelExportContext);
  if (!exported) return null;
  return (
    <>
      <ReportButton {...exported} />
      <ExportButton {...exported} isIcon />
    </>
  );
});
