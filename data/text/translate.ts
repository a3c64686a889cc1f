import { IntlMessageFormat } from 'intl-messageformat';
import type { Lang } from '../model/format';
import { messages } from './index';

export type Params = Record<string, string | number>;

const compiled = new Map<string, IntlMessageFormat>();

/** A sentence in one language. An unknown key shows itself, so that a missing one is seen in review. */
export const translate = (lang: Lang, key: string, params?: Params): string => {
  const message = messages[key]?.[lang];
  if (message === undefined) return key;
  if (!message.includes('{')) return message;
  const id = `${lang}:${key}`;
  const format = compiled.get(id) ?? new IntlMessageFormat(message, lang === 'zh' ? 'zh-CN' : 'en');
  compiled.set(id, format);
  return String(format.format(params));
};
