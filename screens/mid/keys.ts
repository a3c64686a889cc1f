import { deskPages } from '@/data/model/view';

/** Something a key does on the desk; the help page lists all in this order. */
export type KeyAction =
  | 'search'
  | 'tabs'
  | 'go'
  | 'rows'
  | 'enter'
  | 'dispatch'
  | 'up'
  | 'play'
  | 'step'
  | 'layers'
  | 'table'
  | 'fullScreen'
  | 'cast'
  | 'explain'
  | 'solo'
  | 'help';

type Key = {
  action: KeyAction;
  /** As a reader sees them. */
  shown: readonly string[];
  /** As `useShortcut` names them; empty = a panel listens itself. */
  names: readonly string[];
};

/** Letter after G by page. */
export const goKeys: Readonly<Record<(typeof deskPages)[number], string>> = {
  analyst: 'a',
  desk: 'd',
  explorer: 'e',
  assess: 'r',
  dispute: 'm',
  campaign: 'c',
  control: 'n',
  standby: 's',
  field: 'f',
  address: 'l',
  verify: 'v',
  care: 'h',
  theme: 'i',
  recut: 'b',
  audit: 'u',
  account: 'o',
  catalog: 't',
};

/** Digit of each of the first ten pages, the tenth by 0. */
export const tabKeys = deskPages.slice(0, 10).map((_, i) => String((i + 1) % 10));

/** Every key of the desk (快捷键): what is listened for and what the help page shows are one list. */
export const keys: readonly Key[] = [
  { action: 'search', shown: ['Ctrl K', '/'], names: [] },
  { action: 'tabs', shown: tabKeys, names: tabKeys },
  {
    action: 'go',
    shown: deskPages.map((page) => `G ${goKeys[page].toUpperCase()}`),
    names: deskPages.map((page) => `g ${goKeys[page]}`),
  },
  { action: 'rows', shown: ['J', 'K'], names: [] },
  { action: 'dispatch', shown: ['A', 'R', 'B'], names: [] },
  { action: 'enter', shown: ['Enter'], names: ['enter'] },
  { action: 'up', shown: ['Esc', '↑'], names: ['escape', 'arrowup'] },
  { action: 'play', shown: ['Space'], names: [] },
  { action: 'step', shown: ['←', '→'], names: [] },
  { action: 'layers', shown: ['L'], names: ['l'] },
  { action: 'table', shown: ['T'], names: ['t'] },
  { action: 'fullScreen', shown: ['F'], names: ['f'] },
  { action: 'cast', shown: ['Shift C'], names: ['shift+c'] },
  { action: 'explain', shown: ['I'], names: [] },
  { action: 'solo', shown: ['Alt'], names: [] },
  { action: 'help', shown: ['?'], names: ['?'] },
];

type Handler = (press: KeyboardEvent, name: string) => boolean | undefined;

/** Handlers by key name, as `useShortcut` takes them. */
export const handlersFor = (
  actions: Partial<Record<KeyAction, Handler>>,
): Record<string, (press: KeyboardEvent) => boolean | undefined> =>
  Object.fromEntries(
    keys.flatMap(({ action, names }) => {
      const handler = actions[action];
      return handler ? names.map((name) => [name, (press: KeyboardEvent) => handler(press, name)] as const) : [];
    }),
  );
