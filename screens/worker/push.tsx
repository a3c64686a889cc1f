'use client';

import { useEffect, useState } from 'react';
import { useText } from '@/components/feed/text';
import { useTRPCClient } from '@/components/feed/trpc';
import styles from './screen.module.css';

type State = 'none' | 'off' | 'on' | 'refused';

const registered = async (): Promise<ServiceWorkerRegistration | null> =>
  'serviceWorker' in navigator && 'PushManager' in window
    ? ((await navigator.serviceWorker.getRegistration()) ?? null)
    : null;

const stateOf = async (): Promise<State> => {
  const registration = await registered();
  if (!registration) return 'none';
  if (Notification.permission === 'denied') return 'refused';
  return (await registration.pushManager.getSubscription()) ? 'on' : 'off';
};

/** Lets this device buzz when its post is told something (消息推送); the list in the product is there either way. */
export const Push = ({ department }: { department: string | null }) => {
  const { t } = useText();
  const client = useTRPCClient();
  const [state, setState] = useState<State>('none');
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    stateOf().then(setState, () => setState('none'));
  }, []);
  if (state === 'none') return null;
  const turn = async () => {
    const registration = await registered();
    const old = await registration?.pushManager.getSubscription();
    if (old) {
      await client.notice.unsubscribePush.mutate({ endpoint: old.endpoint });
      await old.unsubscribe();
    } else if (registration && (await Notification.requestPermission()) === 'granted') {
      const applicationServerKey = await client.notice.pushKey.query();
      const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
      const { endpoint = '', keys = {} } = made.toJSON();
      await client.notice.subscribePush.mutate({
        ...{ department, endpoint, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' } },
      });
    }
  };
  const press = () =>
    turn()
      .then(
        () => setFailed(false),
        () => setFailed(true),
      )
      .then(stateOf)
      .then(setState);
  return (
    <div className={styles.pair}>
      <button
        type="button"
        className={styles.second}
        data-push={state}
        disabled={state === 'refused'}
        onClick={() => void press()}
      >
        {t(`phone.push.${state}`)}
      </button>
      <p role="status">{hasFailed && t('phone.push.failed')}</p>
    </div>
  );
};
