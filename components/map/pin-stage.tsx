'use client';

import { type ComponentProps, useEffect, useState } from 'react';
import type { PinMap } from './pin-map';

type Loaded = { PinMap: typeof PinMap } | 'failed' | null;

/** The pin map, loaded when it is wanted; without it (no network, no WebGL) the place is set by the buttons beside it. */
export const PinStage = (props: ComponentProps<typeof PinMap>) => {
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    import('./pin-map').then(setLoaded, () => setLoaded('failed'));
  }, []);
  if (loaded === 'failed') return <p data-pin-map="failed">{props.t('intake.map.failed')}</p>;
  return loaded ? <loaded.PinMap {...props} /> : <p data-pin-map="waiting" />;
};

/** Brings the code of the map onto the device while there is a network. */
export const preloadPinMap = (): void => void import('./pin-map').catch(() => undefined);
