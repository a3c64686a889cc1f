'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from '../base/button';
import { Popup } from '../base/popup';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import { FieldFacts } from './field-facts';

/** What a field on a card is, over the screen (数据项可查); `hasPage`: the catalogue and the explorer are pages of the screen. */
const Told = ({ id, hasPage, onClose }: { id: string; hasPage: boolean; onClose: () => void }) => {
  const api = useTRPC();
  const { t, lang } = useText();
  const { set } = useView();
  const { data, error } = useQuery(api.catalog.byId.queryOptions({ id }));
  const go = (patch: Parameters<typeof set>[0]) => {
    set(patch);
    onClose();
  };
  return (
    <Popup title={data ? `${data.table[lang]} · ${data[lang]}` : ''} isOpen onClose={onClose}>
      {error && <p role="status">{t(`common.problem.${problemOf(error)}`)}</p>}
      {data && (
        <article data-field-glass={id}>
          <FieldFacts field={data} onMetric={hasPage ? (metric) => go({ page: 'explorer', metric }) : null} />
          {hasPage && (
            <p>
              <Button data-open-catalog="" onClick={() => go({ page: 'catalog', selection: `catalog:${id}` })}>
                {t('catalog.open')}
              </Button>
            </p>
          )}
        </article>
      )}
    </Popup>
  );
};

/** A press on the words of any field tells what it is. */
export const FieldGlass = ({ hasPage }: { hasPage: boolean }) => {
  const [id, setId] = useState<string | null>(null);
  useEffect(() => {
    const tell = ({ target }: MouseEvent) => {
      const named = target instanceof Element ? target.closest<HTMLElement>('[data-catalog]') : null;
      if (named) setId(named.dataset.catalog ?? null);
    };
    document.addEventListener('click', tell);
    return () => document.removeEventListener('click', tell);
  }, []);
  return id === null ? null : <Told id={id} hasPage={hasPage} onClose={() => setId(null)} />;
};
