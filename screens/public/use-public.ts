'use client';

import { Told } from '@/components/feed/plain-page';
import type { Progress, PublicForm, PublicReport } from '@/data/model/intake';
import type { HomeGrade, Slip, SlipAsk } from '@/data/model/rental';
import type { PassMove, PassTold } from '@/data/model/volunteer';

/** An answer that says yes; else what it says instead. */
const accepted = async (answer: Response): Promise<Response> => {
  if (answer.ok) return answer;
  const told: { code?: string; reason?: string } = await answer.json().catch(() => ({}));
  throw new Told(told.code ?? 'unavailable', told.reason ?? null);
};

const call = async <T>(path: string, body?: unknown): Promise<T> => {
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  return (await accepted(await fetch(`/api/public/${path}`, { cache: 'no-store', ...post }))).json();
};

export const askForm = () => call<PublicForm>('form');
export const sendReport = (report: PublicReport) => call<{ receipt: string; number: string }>('report', report);
export const askProgress = (receipt: string) => call<Progress>(`report/${encodeURIComponent(receipt)}`);
export const sendRating = (receipt: string, rating: number) =>
  call<Progress>(`report/${encodeURIComponent(receipt)}`, { rating });

export const askGrade = (code: string) => call<HomeGrade>('home/grade', { code });
export const askSlip = (ask: SlipAsk) => call<Slip>('home/slip', ask);

export const takeStep = (move: PassMove) => call<PassTold>('volunteer/move', move);

/** Tells what the holder of a pass is told, now and whenever it changes; ends as the line ends. */
export const followPass = async (
  secret: string,
  onTold: (told: PassTold) => void,
  signal: AbortSignal,
): Promise<void> => {
  const post = { method: 'POST', body: JSON.stringify({ secret }) };
  const { body } = await accepted(await fetch('/api/public/volunteer', { cache: 'no-store', signal, ...post }));
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    const last = lines.findLast((line) => line !== '');
    if (last) onTold(JSON.parse(last));
  }
};

/** Receipts this browser got, the newest first: nobody else's device shows them. */
const keptName = 'gridhall-receipts';
const most = 10;

export const readReceipts = (): string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptName) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
};

export const keepReceipt = (receipt: string): void =>
  localStorage.setItem(
    keptName,
    JSON.stringify([receipt, ...readReceipts().filter((one) => one !== receipt)].slice(0, most)),
  );
