'use client';

import { formatStamp } from '@/components/base/format';
import { useText } from '@/components/feed/text';
import { useUploads } from '@/components/feed/upload-provider';
import type { CollectInput, QueueItem } from '@/components/feed/upload-queue';
import { useView } from '@/components/feed/view';
import styles from './screen.module.css';

/** Why the server did not take it, in a sentence. */
const useWhy = () => {
  const { t } = useText();
  return ({ code, reason }: { code: string; reason: string | null }) =>
    t(reason ? `intake.refused.${reason}` : `common.problem.${code}`);
};

/** Where a door that was collected lies, as the page of doors is told. */
const placeOf = ({ building, dwelling }: CollectInput): string =>
  dwelling === null ? `building:${building}` : `dwelling:${dwelling}`;

const Item = ({ item }: { item: QueueItem }) => {
  const { t, term, lang, installation } = useText();
  const { retry, discard } = useUploads();
  const { set } = useView();
  const why = useWhy();
  const what = {
    report: () => t('phone.report'),
    move: () => item.kind === 'move' && term('event-status', item.input.to),
    visit: () => item.kind === 'visit' && t(`verify.result.${item.input.result}`),
    care: () => item.kind === 'care' && t(`register.result.${item.input.result ?? 'away'}`),
    collect: () => item.kind === 'collect' && t('collection.queue.what', { n: item.input.items.length }),
    special: () => t('collection.special.title'),
    read: () => t('notice.read'),
    errand: () => item.kind === 'errand' && t(`errand.phone.${item.input.step}`),
  }[item.kind]();
  const at = formatStamp(new Date(item.at), installation?.timeZone ?? 'UTC', lang);
  return (
    <li className={styles.item} data-item={item.key} data-refused={item.refused?.code}>
      <h3>{item.title}</h3>
      <p>
        {[what, at, item.photos.length > 0 ? t('intake.nPhotos', { n: item.photos.length }) : '']
          .filter(Boolean)
          .join(' · ')}
      </p>
      {item.refused && (
        <>
          <p className={styles.why}>{why(item.refused)}</p>
          <div className={styles.pair}>
            {item.kind === 'collect' ? (
              <button
                type="button"
                className={styles.second}
                data-look=""
                onClick={() => set({ page: 'collect', selection: placeOf(item.input) })}
              >
                {t('collection.queue.look')}
              </button>
            ) : (
              <button type="button" className={styles.second} onClick={() => void retry(item)}>
                {t('phone.queue.retry')}
              </button>
            )}
            <button type="button" className={styles.second} data-discard="" onClick={() => void discard(item.key)}>
              {t('phone.queue.discard')}
            </button>
          </div>
        </>
      )}
    </li>
  );
};

/** What this device has written and the server has not taken: nothing waits unseen. */
export const Queue = () => {
  const { t } = useText();
  const { items, isSending } = useUploads();
  return (
    <>
      <h2 className={styles.heading}>
        {t('phone.queue')} <small>{t('phone.queue.n', { n: items.length })}</small>
      </h2>
      <p className={styles.sub} role="status">
        {t(items.length === 0 ? 'phone.queue.none' : isSending ? 'phone.queue.sending' : 'phone.queue.waits')}
      </p>
      <ul className={styles.tasks}>
        {items.map((item) => (
          <Item key={item.key} item={item} />
        ))}
      </ul>
    </>
  );
};
