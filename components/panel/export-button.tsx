'use client';

import { Download } from 'lucide-react';
import { createContext, useContext, useState } from 'react';
import type { ExportWhat } from '@/data/model/export';
import { Button } from '../base/button';
import { useText } from '../feed/text';
import { ExportDialog } from './export-dialog';

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

/** What the panel around hands out; null = nothing. */
export const PanelExportContext = createContext<{ what: ExportWhat; panel: string } | null>(null);

/** The export of the panel around, where there is one. */
export const PanelExport = () => {
  const exported = useContext(PanelExportContext);
  return exported && <ExportButton {...exported} isIcon />;
};
