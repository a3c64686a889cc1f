'use client';

import { useShortcut } from '@/components/base/shortcut';
import { useView } from '@/components/feed/view';
import { partsOf } from '@/components/panel/question';
import { deskPageOf } from '@/data/model/desk-page';
import { deskPages, type View } from '@/data/model/view';
import { goKeys, handlersFor, tabKeys } from './keys';
import { goTo, usePlaceTrail } from './place-trail';

/** Close enough to see a building's storeys. */
const buildingCamera = { zoom: 17.5, pitch: 45, bearing: 0 };

/** Esc and up climb one step, Enter descends into what is selected. */
const useDrill = () => {
  const { view, set } = useView();
  const { steps, position, root } = usePlaceTrail();
  const selected = partsOf(view.selection);
  const climb = () => {
    const above = steps.at(-2);
    if (selected && !['block', 'building', 'dwelling'].includes(selected.kind)) return void set({ selection: null });
    if (selected && above && ['block', 'building'].includes(above.kind))
      return void set(goTo(above.kind, above.code, root));
    if (selected) return void set({ selection: null });
    return above ? void set(goTo(above.kind, above.code, root)) : false;
  };
  const descend = () => {
    if (!selected) return false;
    if (selected.kind === 'division') return void set({ division: selected.code, selection: null, camera: null });
    if (selected.kind === 'event') return void document.querySelector<HTMLElement>('[data-detail]')?.focus();
    if (!position) return false;
    const [lng, lat] = position;
    const near = selected.kind === 'block' ? { zoom: 16.5, pitch: 0, bearing: 0 } : buildingCamera;
    return void set({ camera: { lng, lat, ...near } });
  };
  return { climb, descend };
};

/** Page a key names: its digit, or the letter after G. */
const pageOfKey = (name: string) =>
  deskPages.find((page, i) => name === tabKeys[i] || name === `g ${goKeys[page]}`) ?? null;

const toggleFullScreen = (): undefined => {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen();
  return undefined;
};

const press = (selector: string): boolean | undefined => {
  const target = document.querySelector<HTMLElement>(selector);
  if (!target) return false;
  target.focus();
  target.click();
  return undefined;
};

/** Keys of the whole desk. */
export const useKeys = ({ onHelp, onTable }: { onHelp: () => void; onTable: () => void }) => {
  const { view, set } = useView();
  const { climb, descend } = useDrill();
  const go = (_press: KeyboardEvent, name: string): undefined => {
    const page = pageOfKey(name);
    if (page && page !== deskPageOf(view).page) set(pagePatch(page));
    return undefined;
  };
  useShortcut(
    handlersFor({
      tabs: go,
      go,
      up: ({ target }, name) => (name === 'escape' || target === document.body ? climb() : false),
      enter: descend,
      layers: () => void document.querySelector<HTMLInputElement>('[data-picker] input')?.focus(),
      table: () => void onTable(),
      fullScreen: toggleFullScreen,
      cast: () => press('[data-cast-menu] button'),
      help: () => void onHelp(),
    }),
  );
};

/** Another page frames the place anew; the first needs no name in the URL. */
export const pagePatch = (page: (typeof deskPages)[number]): Partial<View> => ({
  page: page === deskPages[0] ? null : page,
  camera: null,
});
