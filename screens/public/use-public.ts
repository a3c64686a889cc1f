'use client';

import { Told } from '@/components/feed/plain-page';
import type { Progress, PublicForm, PublicReport } from '@/data/model/intake';
import type { HomeGrade, Slip, SlipAsk } from '@/data/model/rental';

const call = async <T>(path: string, body?: unknown): Promise<T> => {
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`/api/public/${path}`, { cache: 'no-store', ...post });
  if (answer.ok) return answer.json();
  const told: { code?: string; reason?: string } = await answer.json().catch(() => ({}));
  throw new Told(told.code ?? 'unavailable', told.reason ?? null);
};

export const askForm = () => call<PublicForm>('form');
export const sendReport = (report: PublicReport) => call<{ receipt: string; number: string }>('report', report);
export const askProgress = (receipt: string) => call<Progress>(`report/${encodeURIComponent(receipt)}`);
export const sendRating = (receipt: string, rating: number) =>
  call<Progress>(`report/${encodeURIComponent(receipt)}`, { rating });

export const askGrade = (code: string) => call<HomeGrade>('home/grade', { code });
export const askSlip = (ask: SlipAsk) => call<Slip>('home/slip', ask);

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
