'use client';

import { useEffect, useRef } from 'react';

const offKey = 'gridhall-single-keys';

/** Whether keys without Ctrl act; people who dictate or use switch control turn them off (WCAG 2.1.4). */
export const areSingleKeysOn = (): boolean => {
  try {
    return window.localStorage.getItem(offKey) !== 'off';
  } catch {
    return true;
  }
};

export const setSingleKeys = (isOn: boolean): void => {
  window.localStorage.setItem(offKey, isOn ? 'on' : 'off');
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.tagName === 'TEXTAREA' ||
    target.tagName === 'SELECT' ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio'));

/** An open dialog keeps all keys, also while nothing in it has the focus. */
const isInPopup = (target: EventTarget | null): boolean =>
  (target instanceof Element && target.closest('[role="menu"],[role="listbox"],[role="dialog"]') !== null) ||
  document.querySelector('[role="dialog"][data-open]') !== null;

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Name of a key press: `j`, `enter`, `shift+c`, `mod+k` (Ctrl or ⌘). Shift is named with letters alone: `?` needs it anyway. */
export const nameOfKey = (press: Press): string => {
  const key = press.key.toLowerCase();
  const shift = press.shiftKey && /^[a-z]$/.test(key) ? 'shift+' : '';
  return `${press.ctrlKey || press.metaKey ? 'mod+' : ''}${press.altKey ? 'alt+' : ''}${shift}${key}`;
};

/** Time between the two keys of a sequence such as `g a`. */
const sequenceMs = 1_500;

/**
 * Keys of the whole screen; `g a` = G, then A. A handler that returns false leaves the key to others. Fields (Escape leaves them), menus
 * and dialogs keep their own keys; a focused button keeps Enter and Space.
 */
export const useShortcut = (handlers: Record<string, (press: KeyboardEvent) => boolean | undefined>): void => {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    let last = { name: '', at: 0 };
    const onKey = (press: KeyboardEvent) => {
      const own = nameOfKey(press);
      const both = press.timeStamp - last.at < sequenceMs ? `${last.name} ${own}` : own;
      if (!press.repeat && !isTyping(press.target)) last = { name: own, at: press.timeStamp };
      const name = both in latest.current ? both : own;
      const handler = latest.current[name];
      if (!handler || press.defaultPrevented || isInPopup(press.target)) return;
      const isPlain = !name.startsWith('mod+');
      const isOnControl = press.target instanceof Element && press.target.closest('button,a,input,[role="slider"]');
      if (isPlain && isTyping(press.target)) {
        if (name === 'escape' && press.target instanceof HTMLElement) press.target.blur();
        return;
      }
      if (isPlain && name !== 'escape' && !areSingleKeysOn()) return;
      if (isOnControl && ['enter', ' ', 'arrowleft', 'arrowright'].includes(name)) return;
      if (handler(press) !== false) press.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
};
