'use client';

import { useAnchors } from '@/components/map/anchor';
import styles from './link.module.css';
import { useWallLink } from './wall-link';

/** Ring where the conductor points on the map; no label. Stands inside the map of the stage. */
export const Pointer = () => {
  const { pointer } = useWallLink();
  const [at] = useAnchors(pointer ? [pointer] : []) ?? [];
  if (!at) return null;
  return <span className={styles.pointer} data-pointer="" style={{ left: at.x, top: at.y }} aria-hidden="true" />;
};
