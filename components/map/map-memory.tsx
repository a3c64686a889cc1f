'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { makeDrawer } from './draw';
import { type KeptPictures, keepPictures } from './kept-picture';
import { makeNamer } from './use-names';

type Memory = {
  draw: ReturnType<typeof makeDrawer>;
  name: ReturnType<typeof makeNamer>;
  pictures: KeptPictures | null;
};

const Shared = createContext<Memory | null>(null);

/**
 * Maps below it stand in for one another: what one has drawn keeps its identity in all of them, and is shown by its
 * picture where another would draw the same.
 */
export const MapMemory = ({ children }: { children: ReactNode }) => {
  const [pictures] = useState(keepPictures);
  const [memory] = useState<Memory>(() => ({ draw: makeDrawer(), name: makeNamer(), pictures }));
  useEffect(() => pictures.clear, [pictures]);
  return <Shared value={memory}>{children}</Shared>;
};

/** What a map remembers: with the others of a `MapMemory`, else by itself and without pictures. */
export const useMapMemory = (): Memory => {
  const [own] = useState<Memory>(() => ({ draw: makeDrawer(), name: makeNamer(), pictures: null }));
  return useContext(Shared) ?? own;
};
