'use client';

import { useEffect, useState } from 'react';
import { readOwn, writeOwn } from '@/components/feed/worker-store';

/**
 * What the server said, kept on this device; without a network what it said last. Undefined until the device has been
 * asked; null = it was told nothing yet.
 */
export const useKept = <Told>(name: string, post: string, told: Told | undefined): Told | null | undefined => {
  const [kept, setKept] = useState<Told | null | undefined>(undefined);
  useEffect(() => {
    readOwn<Told>(name, post).then(setKept, () => setKept(null));
  }, [name, post]);
  useEffect(() => {
    if (told) void writeOwn(name, post, told).catch(() => undefined);
  }, [told, name, post]);
  return told ?? kept;
};
