'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useEffect, useMemo, useState } from 'react';
import { encode } from 'uqr';
import { useText } from '@/components/feed/text';
import { useTRPCClient } from '@/components/feed/trpc';
import { linkTimes } from '@/data/model/cast';
import styles from './link.module.css';
import { useWallLink } from './wall-link';

/** A code is replaced while it still holds. */
const renewMs = linkTimes.codeMs - 10_000;
const againMs = 5_000;

/** The code that pairs with this wall now; null while it shows none. */
const useCode = (isShown: boolean): string | null => {
  const client = useTRPCClient();
  const { key } = useWallLink();
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    setCode(null);
    if (!key || !isShown) return;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = async () => {
      const fresh = await client.wall.code.mutate({ key }).catch(() => null);
      if (!isCurrent) return;
      setCode(fresh?.code ?? null);
      timer = setTimeout(() => void renew(), fresh ? renewMs : againMs);
    };
    void renew();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, key, isShown]);
  return code;
};

/** QR code as one path of squares of 1, two modules of rest around it. */
const useQr = (text: string | null) =>
  useMemo(() => {
    if (text === null) return null;
    const { data, size } = encode(text, { ecc: 'M', border: 2 });
    const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
    return { path, size };
  }, [text]);

/**
 * Corner of a wall nobody conducts: QR and six digits to join it by. `?pair=off` or the key P takes it away; pictures
 * (`still`) and a clock that stands still have none.
 */
export const PairCorner = ({ isIdle }: { isIdle: boolean }) => {
  const { t } = useText();
  const { state } = useWallLink();
  const [pair, setPair] = useQueryState('pair', parseAsStringLiteral(['on', 'off'] as const));
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'p' || key === 'P') void setPair((now) => (now === 'off' ? null : 'off'));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [setPair]);
  const isWanted = pair === 'on' || (pair !== 'off' && isIdle);
  const isShown = isWanted && state !== null && state.conductor === null;
  const code = useCode(isShown);
  const qr = useQr(code && `${window.location.origin}/small?pair=${code}`);
  if (!isShown || !code || !qr) return null;
  return (
    <aside className={styles.pair} data-pair="" data-map-cover="" aria-label={t('link.pair.title')}>
      <svg viewBox={`0 0 ${qr.size} ${qr.size}`} shapeRendering="crispEdges" aria-hidden="true">
        <rect width={qr.size} height={qr.size} fill="#fff" />
        <path d={qr.path} fill="#000" />
      </svg>
      <span>
        <span className={styles.caption}>{t('link.pair.title')}</span>
        <b data-pair-code="">
          {code.slice(0, 3)} {code.slice(3)}
        </b>
      </span>
    </aside>
  );
};
